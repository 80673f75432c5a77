import { type Dialect, sqliteDialect } from "../dialect.js";

/**
 * What the sources of an experiment looked like when a task last read it, in `autosubmit_api.db`. Written by the
 * workers; losing it costs one full cycle.
 */
export const buildWorkerFingerprints = ({ table, int, text, primaryKey }: Dialect) =>
  table(
    "worker_fingerprints",
    {
      task: text("task").notNull(),
      expId: int("exp_id").notNull(),
      /** The task's own notation. */
      fingerprint: text("fingerprint").notNull(),
    },
    (row) => [primaryKey({ columns: [row.task, row.expId] })],
  );

export const workerFingerprintsTable = buildWorkerFingerprints(sqliteDialect);
