import { sql } from "drizzle-orm";
import { type Dialect, sqliteDialect } from "../dialect.js";

/**
 * One run of a task over all experiments, in `autosubmit_api.db`. Written by the workers. A task has at most one cycle
 * that is not finished; several workers may work on it.
 */
export const buildWorkerCycles = ({ table, int, instant, text, autoId, uniqueIndex }: Dialect) =>
  table(
    "worker_cycles",
    {
      id: autoId("id"),
      task: text("task").notNull(),
      startedAt: instant("started_at").notNull(),
      startedBy: text("started_by").notNull(),
      finishedAt: instant("finished_at"),
      /** Experiments of the site when the cycle started. */
      experiments: int("experiments").notNull(),
      /** Experiments whose sources were looked at, read in full, whose row was written, and that failed. */
      examined: int("examined").notNull(),
      read: int("read").notNull(),
      changed: int("changed").notNull(),
      failed: int("failed").notNull(),
    },
    (cycle) => [uniqueIndex("worker_cycles_open").on(cycle.task).where(sql`finished_at is null`)],
  );

export const workerCyclesTable = buildWorkerCycles(sqliteDialect);
