import { sqliteDatabase } from "./database.js";
import type { DatabaseFiles } from "./database-files.js";
import type { Patience } from "./patience.js";
import { type AuditRepository, auditRepository } from "./repositories/audit-entries.js";
import { type DetailsRepository, detailsRepository } from "./repositories/details.js";
import { type EventJournalRepository, eventJournalRepository } from "./repositories/event-journal.js";
import { type ExperimentStatusRepository, experimentStatusRepository } from "./repositories/experiment-statuses.js";
import { type ExperimentRepository, experimentRepository } from "./repositories/experiments.js";
import { type NamedLeaseRepository, namedLeaseRepository } from "./repositories/named-leases.js";
import { type RunnerProcessRepository, runnerProcessRepository } from "./repositories/runner-processes.js";
import { type UserPreferencesRepository, userPreferencesRepository } from "./repositories/user-preferences.js";
import { type WorkerCycleRepository, workerCycleRepository } from "./repositories/worker-cycles.js";
import { type WorkerRecordRepository, workerRecordRepository } from "./repositories/worker-records.js";
import { type WorkerTaskRepository, workerTaskRepository } from "./repositories/worker-tasks.js";

/** Everything that is stored about a site as a whole. Every function may throw a `DatabaseError`. */
export interface SiteDatabases {
  readonly experiments: ExperimentRepository;
  readonly details: DetailsRepository;
  readonly statuses: ExperimentStatusRepository;
  readonly userPreferences: UserPreferencesRepository;
  readonly runnerProcesses: RunnerProcessRepository;
  readonly audit: AuditRepository;
  readonly workerTasks: WorkerTaskRepository;
  readonly workerCycles: WorkerCycleRepository;
  readonly workerRecords: WorkerRecordRepository;
  readonly eventJournal: EventJournalRepository;
  readonly namedLeases: NamedLeaseRepository;
}

const DEFAULT_PATIENCE_MS = 10_000;

/** The databases of a site that keeps them in SQLite files. Opens nothing yet; `migrate` creates what is missing. */
export function siteDatabases(files: DatabaseFiles, patience: Partial<Patience> = {}): SiteDatabases {
  const open = (path: string) => sqliteDatabase(path, { patienceMs: DEFAULT_PATIENCE_MS, ...patience });
  const main = open(files.main);
  const api = open(files.api);
  const events = open(files.events);
  return {
    experiments: experimentRepository(main),
    details: detailsRepository(main),
    statuses: experimentStatusRepository(open(files.status), main),
    userPreferences: userPreferencesRepository(api),
    runnerProcesses: runnerProcessRepository(open(files.runners)),
    audit: auditRepository(api),
    workerTasks: workerTaskRepository(api),
    workerCycles: workerCycleRepository(api),
    workerRecords: workerRecordRepository(api),
    eventJournal: eventJournalRepository(events),
    namedLeases: namedLeaseRepository(events),
  };
}
