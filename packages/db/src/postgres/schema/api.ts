import { postgresDialect } from "../../dialect.js";
import { buildAuditEntries } from "../../schema/audit-entries.js";
import { buildUserPreferences } from "../../schema/user-preferences.js";
import { buildWorkerCycles } from "../../schema/worker-cycles.js";
import { buildWorkerFailures } from "../../schema/worker-failures.js";
import { buildWorkerFingerprints } from "../../schema/worker-fingerprints.js";
import { buildWorkerLeases } from "../../schema/worker-leases.js";
import { buildWorkerTasks } from "../../schema/worker-tasks.js";

export const userPreferencesTable = buildUserPreferences(postgresDialect);
export const workerTasksTable = buildWorkerTasks(postgresDialect);
export const workerCyclesTable = buildWorkerCycles(postgresDialect);
export const workerLeasesTable = buildWorkerLeases(postgresDialect);
export const workerFailuresTable = buildWorkerFailures(postgresDialect);
export const workerFingerprintsTable = buildWorkerFingerprints(postgresDialect);
export const auditEntriesTable = buildAuditEntries(postgresDialect);
