// The same tests of the repositories as for SQLite, in PostgreSQL.
import { usePostgres } from "./postgres-system.js";

usePostgres();

await import("../repositories/audit-entries.test.js");
await import("../repositories/experiment-statuses.test.js");
await import("../repositories/event-journal.test.js");
await import("../repositories/named-leases.test.js");
await import("../repositories/runner-processes.test.js");
await import("../repositories/user-preferences.test.js");
await import("../repositories/worker-cycles.test.js");
await import("../repositories/worker-records.test.js");
await import("../repositories/worker-tasks.test.js");
