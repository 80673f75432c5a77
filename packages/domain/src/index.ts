export { compareConfigurations } from "./configuration/compare-configurations.js";
export { processingElements } from "./configuration/processing-elements.js";
export { jobPlatform, sectionSettings } from "./configuration/settings.js";
export {
  decideExperimentStatus,
  heartbeatOf,
  type StatusEvidence,
  type StatusHeartbeat,
  type StatusVerdict,
  statusEvidence,
} from "./experiment-status.js";
export {
  type ExperimentFilter,
  type ExperimentOrder,
  type ExperimentRow,
  joinExperiments,
  type ListedExperiment,
  searchExperiments,
} from "./experiments/search-experiments.js";
export { type DateMemberGroup, groupByDateAndMember } from "./graph-layout/date-member-groups.js";
export { dotSource, readDotPositions } from "./graph-layout/dot.js";
export { layoutInLayers } from "./graph-layout/layered-layout.js";
export { layerJobs } from "./graph-layout/layers.js";
export { type Positions, storedPositions } from "./graph-layout/positions.js";
export { layoutBySpectrum } from "./graph-layout/spectral-layout.js";
export { type AttemptFilter, type FilteredColumns, isOpenAttempt, matchesAttempt } from "./history/attempt-filter.js";
export {
  type AttemptColumns,
  HISTORY_ATTEMPT_COLUMNS,
  type HistoryAttempt,
  isOfSection,
  readHistoryAttempt,
} from "./history/history-attempt.js";
export { buildJobHistory, type JobHistoryEntry, type JobHistoryInput } from "./history/job-history.js";
export { countJobsByStatus, type JobCounts } from "./job-counts.js";
export { buildCategoryTree, CATEGORY_LEVELS, type CategoryTree } from "./jobs/category-tree.js";
export { type CalendarDay, chunkDays } from "./jobs/chunk-dates.js";
export { type EtaRefusal, estimateSection, type SectionEta } from "./jobs/eta.js";
export {
  buildExperimentJobs,
  type ExperimentJobs,
  type JobSources,
  type JobView,
  jobsThatNeedTotalStats,
} from "./jobs/experiment-jobs.js";
export { freshWrappers } from "./jobs/fresh-wrappers.js";
export {
  buildJobDetail,
  JOB_DETAIL_COLUMNS,
  type JobDetail,
  type JobDetailAttempt,
  type JobDetailSources,
} from "./jobs/job-detail.js";
export { type JobFilter, type JobPredicate, jobPredicate } from "./jobs/job-filter.js";
export { buildJobGraph, childCount, childrenOf, type JobGraph, parentCount, parentsOf } from "./jobs/job-graph.js";
export { type JobPositions, jobPositions } from "./jobs/job-positions.js";
export type { JobSettings } from "./jobs/job-settings.js";
export { type Clock, type JobTimes, jobTimes, needsTotalStats } from "./jobs/job-times.js";
export {
  buildJobTree,
  type DateFolder,
  type JobTree,
  type MemberFolder,
  type SectionFolder,
  type WrapperFolder,
} from "./jobs/job-tree.js";
export { JOB_ATTEMPT_COLUMNS, type JobAttempt, lastAttempts, lastAttemptsInOrder } from "./jobs/last-attempts.js";
export { type Page, pageOf, type Stretch, stretchAfter } from "./jobs/paging.js";
export {
  buildRunTree,
  jobsInFlight,
  RUN_ATTEMPT_COLUMNS,
  type RunAttempt,
  type RunDateFolder,
  type RunFolder,
  type RunJob,
  type RunTree,
  type RunTreeSources,
} from "./jobs/run-tree.js";
export type { StatusTally } from "./jobs/status-tally.js";
export { type JobsSummary, type SummarisedJob, summariseJobs } from "./jobs/summary.js";
export { indexWrappers, NO_WRAPPERS, type Wrapper, type Wrappers, wrapperId } from "./jobs/wrappers.js";
export { type Attempt, newestSeries, readAttempts, wasActiveAfter } from "./metrics/attempts.js";
export { type JobConsumption, type JobRequest, summariseAttempts, wallclockHours } from "./metrics/consumption.js";
export { durations } from "./metrics/durations.js";
export { coreHoursPerYear, footprintGrams, joulesPerYear, type PlatformFootprint } from "./metrics/efficiency.js";
export { FORMULAS, type Formula, type MetricName } from "./metrics/formulas.js";
export { roundHalfEven, sumExactly } from "./metrics/numbers.js";
export { type ExcludedJob, OUTLIER_SCORE, type OutlierSeparation, separateOutliers } from "./metrics/outliers.js";
export {
  averagePostSeconds,
  type ChunkLength,
  type JobDurations,
  type JobSpeedInput,
  jobAsypd,
  jobSypd,
  yearsPerChunk,
} from "./metrics/simulated-years.js";
export {
  type ExplainedMetric,
  explainPerformance,
  type PerformanceExplanation,
} from "./performance/explain-performance.js";
export type { JobExclusion, JobSet, JobSetName } from "./performance/job-sets.js";
export {
  measurePerformance,
  type PerformanceInput,
  type PerformanceView,
  type RealSpan,
} from "./performance/measure-performance.js";
export type { MissingShare, MissingValueReason } from "./performance/missing-values.js";
export type { PerformanceFigures } from "./performance/performance-figures.js";
export { performanceJobs } from "./performance/performance-jobs.js";
export type { PerformancePlatform } from "./performance/platform-factors.js";
export {
  type FormulaVersion,
  type PerformanceJob,
  type Simulation,
  type SimulationFigures,
  simulationFigures,
  yearsOf,
} from "./performance/simulation.js";
export { activeFirst, buildQuickView, type QuickView } from "./quick-view.js";
export { measureRuns, type RunView } from "./runs/measure-runs.js";
export {
  type JobStatistics,
  type StatisticsFilter,
  type StatisticsInput,
  type StatisticsJob,
  type StatisticsSummary,
  type StatisticsView,
  summariseStatistics,
} from "./statistics/summarise-statistics.js";
export { durationText, isoInstant, isoTime } from "./times.js";
