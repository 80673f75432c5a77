export {
  AutosubmitReadError,
  ExperimentNotFoundError,
  type ReadErrorCode,
  type ReadErrorDetails,
  SourceBusyError,
  SourceCorruptError,
  SourceMissingError,
  SourceUnavailableError,
  UnsafePathError,
  UnsupportedFormatError,
} from "./errors.js";
export type { ConfigFloat, ConfigMap, ConfigOpaque, ConfigValue } from "./formats/config/config-value.js";
export { comparableConfiguration, configurationAnswer } from "./formats/config/configuration-answers.js";
export {
  type ConfigurationDialect,
  type ConfigurationFacts,
  type ConfiguredWrapper,
  emptyConfigurationFacts,
  type PlatformSettings,
  type SectionSettings,
} from "./formats/config/configuration-facts.js";
export { parseDate, parseDateList, parseMemberList } from "./formats/config/date-lists.js";
export { configurationJson } from "./formats/config/plain.js";
export { parsePythonJson } from "./formats/config/python-json.js";
export { maskSecrets } from "./formats/config/secrets.js";
export { compressedVariants, stripCompression } from "./formats/logs/compressed-name.js";
export { indexJobLogs, type JobLogNames, type JobLogs } from "./formats/logs/job-logs.js";
export type { DecodeEnd, LogCompression } from "./formats/logs/log-decoder.js";
export { parseTotalStats, type TotalStatsRecord } from "./formats/logs/total-stats.js";
export { type ParsedJobList, type ParseJobListOptions, parseJobListPickle } from "./formats/pickle/job-list.js";
export { PickleTruncatedError } from "./formats/pickle/machine.js";
export { type UnpickleOptions, unpickle } from "./formats/pickle/unpickle.js";
export type { OpaqueValue, PickleValue } from "./formats/pickle/values.js";
export { parseAutosubmitTimestamp } from "./formats/timestamps.js";
export { takeKeptMemory } from "./kept-memory.js";
export type {
  ExperimentDetailsRecord,
  ExperimentRecord,
  ExperimentRunRecord,
  ExperimentStatusRecord,
  GraphLayoutRecord,
  JobDataRecord,
  JobList,
  JobListFormat,
  JobProblem,
  JobRecord,
  NaiveDateTime,
  Structure,
  StructureEdge,
  UserMetricRecord,
  WrapperJobRecord,
  WrapperJobs,
} from "./records.js";
export { type FileCallWatch, makeFileCallsHere, type OpenedFile } from "./site/file-calls.js";
export { fingerprintFile } from "./site/fingerprint.js";
export { createSite, type OpenSiteOptions, openSite } from "./site/open-site.js";
export { type ExperimentPaths, experimentPaths, findExpidOfPath, isExpid } from "./site/paths.js";
export type { Experiment, Site, SiteEnvironment } from "./site/site.js";
export { FIXED_NAMES, type SiteSettings } from "./site/site-settings.js";
export { findUserName } from "./site/user-name.js";
export { findRunLog, listRecoveryLogs, type RecoveryLog } from "./sources/command-logs.js";
export {
  type ConfigurationFactsReading,
  type LoadedConfiguration,
  loadConfiguration,
  readConfigurationFacts,
} from "./sources/configuration.js";
export {
  type ConfigurationCache,
  type ConfigurationCacheOptions,
  type ConfigurationSummary,
  createConfigurationCache,
} from "./sources/configuration-cache.js";
export { areFilesUnchanged, type ConfigurationFile } from "./sources/configuration-files.js";
export {
  type ActivityReading,
  type ExperimentActivity,
  type ReadActivityOptions,
  type RunLogActivity,
  readExperimentActivity,
} from "./sources/experiment-activity.js";
export { readExperimentBytes } from "./sources/experiment-bytes.js";
export { type ExperimentFolder, readExperimentFolder } from "./sources/experiment-folder.js";
export {
  type RunCounts,
  type RunSummary,
  readExperimentRun,
  readExperimentRuns,
  readLastExperimentRun,
  readLastRunCounts,
  readRunSummaries,
} from "./sources/experiment-runs.js";
export { listExperimentStatuses, readExperimentStatus } from "./sources/experiment-status.js";
export { readGraphLayout } from "./sources/graph-layout.js";
export {
  iterateJobData,
  type JobDataColumn,
  type JobDataColumns,
  type JobDataOptions,
  type JobDataPage,
  readCompletedJobData,
  readJobAttempts,
  readJobDataPage,
  readLastJobData,
  readRunJobData,
} from "./sources/job-data.js";
export { fingerprintJobList, type ReadJobListOptions, readJobList } from "./sources/job-list.js";
export { readTableStatuses } from "./sources/job-list-table.js";
export { readJobListTime } from "./sources/job-list-time.js";
export { readJobLogs, readTotalStats, type TotalStatsFiles } from "./sources/job-marker-files.js";
export { type JobRelatives, readJobRelatives } from "./sources/job-relatives.js";
export {
  findJobLog,
  findLog,
  isLogName,
  type LogFile,
  type LogFolder,
  listLogNames,
  logFolderPath,
  type OpenLog,
  openLog,
  withLog,
} from "./sources/log-files.js";
export {
  findNamedLog,
  isJobLogKind,
  type LogAttempt,
  type LogKind,
  type LogNameFacts,
  listLogs,
  type NamedLog,
  readLogAttempts,
} from "./sources/log-list.js";
export {
  listExperimentDetails,
  listExperiments,
  readExperiment,
  readExperimentDetails,
} from "./sources/main-database.js";
export { type LineRule, type LogTailText, readTailOfLog, tailRemark } from "./sources/read-log.js";
export {
  type LineIndex,
  type LineRequest,
  type LogLines,
  type LogStretch,
  readLogBytes,
  readLogLines,
} from "./sources/read-log-lines.js";
export type { ReadOptions, RowProblem } from "./sources/row-fields.js";
export { readStructure } from "./sources/structure.js";
export { listUserMetricRuns, readUserMetrics } from "./sources/user-metrics.js";
export { type ReadWrapperJobsOptions, readWrapperJobs } from "./sources/wrapper-jobs.js";
export type {
  ExperimentDatabase,
  SqlValue,
  TableCondition,
  TableLocation,
  TableProvider,
  TableQuery,
  TableRow,
  TableSource,
} from "./tables/table-source.js";
