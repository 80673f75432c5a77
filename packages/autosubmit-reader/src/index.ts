export {
  AutosubmitReadError,
  ExperimentNotFoundError,
  type ReadErrorCode,
  type ReadErrorDetails,
  SourceBusyError,
  SourceCorruptError,
  SourceMissingError,
  UnsafePathError,
  UnsupportedFormatError,
} from "./errors.js";
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
export { fingerprintFile } from "./site/fingerprint.js";
export { createSite, type OpenSiteOptions, openSite } from "./site/open-site.js";
export { type ExperimentPaths, experimentPaths, isExpid } from "./site/paths.js";
export type { Experiment, Site, SiteEnvironment } from "./site/site.js";
export { FIXED_NAMES, type SiteSettings } from "./site/site-settings.js";
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
