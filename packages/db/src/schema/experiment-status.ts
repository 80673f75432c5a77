import { type Dialect, sqliteDialect } from "../dialect.js";

/**
 * Whether an experiment runs, in `as_times.db` (formats reference §2.2). Written by Autosubmit, which sets RUNNING when
 * `autosubmit run` starts, and by `update-experiment-status`. Autosubmit reads rows by position: no column may be added.
 */
export const buildExperimentStatus = ({ table, int, text }: Dialect) =>
  table("experiment_status", {
    expId: int("exp_id").primaryKey(),
    name: text("name").notNull(),
    status: text("status").notNull(),
    secondsDiff: int("seconds_diff").notNull(),
    modified: text("modified").notNull(),
  });

export const experimentStatusTable = buildExperimentStatus(sqliteDialect);
