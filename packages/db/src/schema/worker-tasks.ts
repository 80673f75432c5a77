import { type Dialect, sqliteDialect } from "../dialect.js";

/** What the workers intend with each task, in `autosubmit_api.db`. Written by the workers, read by `GET /v4/workers`. */
export const buildWorkerTasks = ({ table, int, instant, text }: Dialect) =>
  table("worker_tasks", {
    task: text("task").primaryKey(),
    /** 1 or 0. */
    enabled: int("enabled").notNull(),
    /** For people: `every 5 minutes` or a cron expression. */
    schedule: text("schedule").notNull(),
    nextRunAt: instant("next_run_at"),
    updatedAt: instant("updated_at").notNull(),
    updatedBy: text("updated_by").notNull(),
  });

export const workerTasksTable = buildWorkerTasks(sqliteDialect);
