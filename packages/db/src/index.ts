export {
  type DatabaseFiles,
  type DatabasePlaces,
  type DatabaseSettings,
  databaseFiles,
  databaseFolders,
  databasePlaces,
  type PostgresDatabasePlace,
} from "./database-files.js";
export { DatabaseError, type DatabaseErrorCode } from "./errors.js";
export { graphLayoutRepository } from "./graph-layouts.js";
export type { CopiedTable, ImportTarget } from "./import/copy-table.js";
export { listSqliteTables, type TableImport, tableImport } from "./import/import-tables.js";
export type { SqliteTable } from "./import/sqlite-tables.js";
export { type MigrateOptions, type MigrationReport, migrate } from "./migrate.js";
export type { Patience } from "./patience.js";
export type {
  AuditEntry,
  AuditFilter,
  AuditKind,
  AuditOutcome,
  AuditRepository,
  NewAuditEntry,
} from "./repositories/audit-entries.js";
export type { DetailsRepository, ExperimentDetails } from "./repositories/details.js";
export type {
  EventJournalRepository,
  JournalBounds,
  JournalEvent,
  NewJournalEvent,
  StateChange,
  WatchedState,
} from "./repositories/event-journal.js";
export type { ExperimentStatusRepository, StatusChange, StoredStatus } from "./repositories/experiment-statuses.js";
export type { ExperimentRange, ExperimentRepository, RegisteredExperiment } from "./repositories/experiments.js";
export type { DrawnJob, GraphLayoutRepository } from "./repositories/graph-layouts.js";
export type { NamedLeaseRepository } from "./repositories/named-leases.js";
export type {
  NewRunnerProcess,
  RunnerProcess,
  RunnerProcessChange,
  RunnerProcessRepository,
} from "./repositories/runner-processes.js";
export type { UserPreferences, UserPreferencesRepository } from "./repositories/user-preferences.js";
export type { FailedAttempt, WebhookDelivery, WebhookRepository } from "./repositories/webhooks.js";
export type {
  Claim,
  CycleCounts,
  CyclePart,
  FinishedPart,
  StartCycle,
  WorkerCycle,
  WorkerCycleRepository,
} from "./repositories/worker-cycles.js";
export type { ExperimentFailure, TaskFindings, WorkerRecordRepository } from "./repositories/worker-records.js";
export type { TaskOverview, TaskPlan, WorkerTaskRepository } from "./repositories/worker-tasks.js";
export type { DatabaseName } from "./schema/migrated-tables.js";
export { type SiteDatabases, siteDatabases } from "./site-databases.js";
