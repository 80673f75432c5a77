import { type Dialect, sqliteDialect } from "../dialect.js";

/** Autosubmit processes that the API started, in `api_runners.db` (formats reference §2.8). Written by the API. */
export const buildRunnerProcesses = ({ table, int, text, rowId }: Dialect) =>
  table("runner_processes", {
    id: rowId("id"),
    expid: text("expid").notNull(),
    pid: int("pid").notNull(),
    status: text("status").notNull(),
    runner: text("runner").notNull(),
    moduleLoader: text("module_loader").notNull(),
    modules: text("modules").notNull(),
    created: text("created").notNull(),
    modified: text("modified").notNull(),
    runnerExtraParams: text("runner_extra_params"),
  });

export const runnerProcessesTable = buildRunnerProcesses(sqliteDialect);
