import { type Dialect, sqliteDialect } from "../dialect.js";

/** Experiments that a task cannot handle at present, in `autosubmit_api.db`. Written by the workers; gone once it can. */
export const buildWorkerFailures = ({ table, int, instant, text, primaryKey }: Dialect) =>
  table(
    "worker_failures",
    {
      task: text("task").notNull(),
      expId: int("exp_id").notNull(),
      expid: text("expid").notNull(),
      message: text("message").notNull(),
      firstFailedAt: instant("first_failed_at").notNull(),
      failedAt: instant("failed_at").notNull(),
      /** Cycles in a row. */
      times: int("times").notNull(),
    },
    (failure) => [primaryKey({ columns: [failure.task, failure.expId] })],
  );

export const workerFailuresTable = buildWorkerFailures(sqliteDialect);
