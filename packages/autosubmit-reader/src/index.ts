export {
  type ConfigurationDialect,
  type ConfigurationFacts,
  type ConfiguredWrapper,
  emptyConfigurationFacts,
  type PlatformSettings,
  type SectionSettings,
} from "./formats/config/configuration-facts.js";
export { indexJobLogs, type JobLogNames, type JobLogs } from "./formats/logs/job-logs.js";
export { parseTotalStats, type TotalStatsRecord } from "./formats/logs/total-stats.js";
export { readJobLogs, readTotalStats, type TotalStatsFiles } from "./sources/job-marker-files.js";
