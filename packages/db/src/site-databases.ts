import { type Backend, backendOf } from "./backend.js";
import type { DatabasePlaces } from "./database-files.js";
import type { Patience } from "./patience.js";
import { type AuditRepository, auditRepository } from "./repositories/audit-entries.js";
import { type DetailsRepository, detailsRepository } from "./repositories/details.js";
import { type EventJournalRepository, eventJournalRepository } from "./repositories/event-journal.js";
import { type ExperimentStatusRepository, experimentStatusRepository } from "./repositories/experiment-statuses.js";
import { type ExperimentRepository, experimentRepository } from "./repositories/experiments.js";
import { type NamedLeaseRepository, namedLeaseRepository } from "./repositories/named-leases.js";
import { type RunnerProcessRepository, runnerProcessRepository } from "./repositories/runner-processes.js";
import { type UserPreferencesRepository, userPreferencesRepository } from "./repositories/user-preferences.js";
import { type WebhookRepository, webhookRepository } from "./repositories/webhooks.js";
import { type WorkerCycleRepository, workerCycleRepository } from "./repositories/worker-cycles.js";
import { type WorkerRecordRepository, workerRecordRepository } from "./repositories/worker-records.js";
import { type WorkerTaskRepository, workerTaskRepository } from "./repositories/worker-tasks.js";
import type { DatabaseName } from "./schema/migrated-tables.js";

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
  readonly webhooks: WebhookRepository;
}

const DEFAULT_PATIENCE_MS = 10_000;

/** The databases of a site. Opens nothing yet; `migrate` creates what is missing. */
export function siteDatabases(places: DatabasePlaces, patience: Partial<Patience> = {}): SiteDatabases {
  return databasesOf(backendOf(places), patience);
}

/** The databases of a site in a given system. */
export function databasesOf(backend: Backend, patience: Partial<Patience> = {}): SiteDatabases {
  const open = (name: DatabaseName) => backend.open(name, { patienceMs: DEFAULT_PATIENCE_MS, ...patience });
  const main = open("main");
  const api = open("api");
  const events = open("events");
  return {
    experiments: experimentRepository(main),
    details: detailsRepository(main),
    statuses: experimentStatusRepository(open("status"), main),
    userPreferences: userPreferencesRepository(api),
    runnerProcesses: runnerProcessRepository(open("runners")),
    audit: auditRepository(api),
    workerTasks: workerTaskRepository(api),
    workerCycles: workerCycleRepository(api),
    workerRecords: workerRecordRepository(api),
    eventJournal: eventJournalRepository(events),
    namedLeases: namedLeaseRepository(events),
    webhooks: webhookRepository(events),
  };
}
