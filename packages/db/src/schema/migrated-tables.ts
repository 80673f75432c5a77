import { auditEntriesTable } from "./audit-entries.js";
import { detailsTable } from "./details.js";
import { experimentStatusTable } from "./experiment-status.js";
import { journalBoundsTable } from "./journal-bounds.js";
import { journalEventsTable } from "./journal-events.js";
import { namedLeasesTable } from "./named-leases.js";
import { runnerProcessesTable } from "./runner-processes.js";
import { userPreferencesTable } from "./user-preferences.js";
import { watchedStatesTable } from "./watched-states.js";
import { webhookDeliveriesTable } from "./webhook-deliveries.js";
import { webhookPositionsTable } from "./webhook-positions.js";
import { workerCyclesTable } from "./worker-cycles.js";
import { workerFailuresTable } from "./worker-failures.js";
import { workerFingerprintsTable } from "./worker-fingerprints.js";
import { workerLeasesTable } from "./worker-leases.js";
import { workerTasksTable } from "./worker-tasks.js";

/**
 * The tables that migrations create, by database. `experiment` is missing on purpose: only Autosubmit creates it.
 * `main` and `status` are files that Autosubmit shares.
 */
export const MIGRATED_TABLES = {
  main: [detailsTable],
  status: [experimentStatusTable],
  api: [
    userPreferencesTable,
    workerTasksTable,
    workerCyclesTable,
    workerLeasesTable,
    workerFailuresTable,
    workerFingerprintsTable,
    auditEntriesTable,
  ],
  runners: [runnerProcessesTable],
  events: [
    journalEventsTable,
    journalBoundsTable,
    watchedStatesTable,
    namedLeasesTable,
    webhookPositionsTable,
    webhookDeliveriesTable,
  ],
} as const;

export type DatabaseName = keyof typeof MIGRATED_TABLES;

export const DATABASE_NAMES = Object.keys(MIGRATED_TABLES) as DatabaseName[];
