export { EXPERIMENT_STATUSES, type ExperimentStatus } from "./experiment-status.js";
export { JOB_STATUS_CODES, JOB_STATUS_NAMES, type JobStatusName, jobStatusCode, jobStatusName } from "./job-status.js";
export {
  ErrorV4,
  type ErrorV4Body,
  Home,
  type HomeBody,
  NotFound,
  type NotFoundBody,
  nullableInteger,
  nullableText,
  RouteIndex,
  type RouteIndexBody,
  ValidationError,
  type ValidationErrorBody,
  v3ErrorFields,
} from "./wire/common.js";
export {
  ConfigurationV3,
  type ConfigurationV3Body,
  ExperimentInfoV3,
  type ExperimentInfoV3Body,
  ExperimentV4,
  type ExperimentV4Body,
  FilesystemConfigurationV4,
  type FilesystemConfigurationV4Body,
  RunConfigurationV4,
  type RunConfigurationV4Body,
} from "./wire/experiments.js";
export {
  JobAttemptV4,
  type JobAttemptV4Body,
  JobHistoryV3,
  type JobHistoryV3Body,
  JobsHistoryV4,
  type JobsHistoryV4Body,
  RunsV3,
  type RunsV3Body,
  RunsV4,
  type RunsV4Body,
  UserMetricsRunsV4,
  type UserMetricsRunsV4Body,
  UserMetricsV4,
  type UserMetricsV4Body,
} from "./wire/history.js";
export {
  ExperimentCountV3,
  type ExperimentCountV3Body,
  JobsV4,
  type JobsV4Body,
  JobV4,
  type JobV4Body,
  QuickV3,
  type QuickV3Body,
  WrappersV4,
  type WrappersV4Body,
} from "./wire/jobs.js";
export {
  MetricV4,
  type MetricV4Body,
  PerformanceV3,
  type PerformanceV3Body,
  PerformanceV4,
  type PerformanceV4Body,
  type SimulationV3Body,
} from "./wire/performance.js";
export { JsonObject, Nullable, Reference } from "./wire/schema.js";
export { StatisticsV3, type StatisticsV3Body } from "./wire/statistics.js";
