import type { ExperimentRunRecord } from "../records.js";
import type { Experiment } from "../site/site.js";
import { withTables } from "../tables/with-tables.js";
import {
  type Fields,
  integer,
  integerOrZero,
  type ReadOptions,
  type RowQuery,
  readRecords,
  requiredInteger,
  text,
} from "./row-fields.js";

const FIELDS: Fields<ExperimentRunRecord> = {
  run_id: requiredInteger,
  created: text,
  modified: text,
  start: integer,
  finish: integer,
  chunk_unit: text,
  chunk_size: integer,
  completed: integerOrZero,
  total: integerOrZero,
  failed: integerOrZero,
  queuing: integerOrZero,
  running: integerOrZero,
  submitted: integerOrZero,
  suspended: integerOrZero,
  metadata: text,
};

/**
 * The runs of an experiment by rising number, from `job_data_<expid>.db` of any schema version (formats reference §2.3).
 * None when the experiment never ran: no database, or one of a version without runs.
 * @throws AutosubmitReadError `SOURCE_BUSY`, `SOURCE_CORRUPT`, `SOURCE_UNREADABLE`, `SOURCE_TOO_LARGE`
 */
export function readExperimentRuns(experiment: Experiment, options: ReadOptions = {}): Promise<ExperimentRunRecord[]> {
  return readRuns(experiment, { orderBy: [{ column: "run_id" }] }, options);
}

/** The run of that number; null when there is none. @throws as `readExperimentRuns` */
export async function readExperimentRun(
  experiment: Experiment,
  runId: number,
  options: ReadOptions = {},
): Promise<ExperimentRunRecord | null> {
  const rows = await readRuns(experiment, { where: [{ column: "run_id", is: "=", value: runId }], limit: 1 }, options);
  return rows[0] ?? null;
}

/** How many jobs of a run are in which status, as its row says; jobs of other statuses are in `total` alone. */
export type RunCounts = Pick<
  ExperimentRunRecord,
  "run_id" | "total" | "completed" | "submitted" | "queuing" | "running" | "failed" | "suspended"
>;

const { run_id, total, completed, submitted, queuing, running, failed, suspended } = FIELDS;
const COUNT_FIELDS: Fields<RunCounts> = { run_id, total, completed, submitted, queuing, running, failed, suspended };

/**
 * The counts of the run of the highest number, without its configuration, which is long; null when the experiment never
 * ran. @throws as `readExperimentRuns`
 */
export async function readLastRunCounts(experiment: Experiment, options: ReadOptions = {}): Promise<RunCounts | null> {
  const query = { table: "experiment_run", orderBy: [{ column: "run_id", descending: true }], limit: 1 };
  const location = { database: "job-data", expid: experiment.expid } as const;
  const rows = await withTables(experiment.site, location, (tables) =>
    readRecords(tables, query, COUNT_FIELDS, options),
  );
  return rows?.[0] ?? null;
}

/** A run without its configuration. */
export type RunSummary = RunCounts & Pick<ExperimentRunRecord, "start" | "finish">;

const { start, finish } = FIELDS;
const SUMMARY_FIELDS: Fields<RunSummary> = { ...COUNT_FIELDS, start, finish };

/** The runs from that number on, by rising number, without their configurations, which are long. @throws as `readExperimentRuns` */
export async function readRunSummaries(
  experiment: Experiment,
  firstRunId: number,
  options: ReadOptions = {},
): Promise<RunSummary[]> {
  const query: RowQuery = {
    table: "experiment_run",
    where: [{ column: "run_id", is: ">=", value: firstRunId }],
    orderBy: [{ column: "run_id" }],
  };
  const location = { database: "job-data", expid: experiment.expid } as const;
  const rows = await withTables(experiment.site, location, (tables) =>
    readRecords(tables, query, SUMMARY_FIELDS, options),
  );
  return rows ?? [];
}

/** The run of the highest number; null when the experiment never ran. @throws as `readExperimentRuns` */
export async function readLastExperimentRun(
  experiment: Experiment,
  options: ReadOptions = {},
): Promise<ExperimentRunRecord | null> {
  const rows = await readRuns(experiment, { orderBy: [{ column: "run_id", descending: true }], limit: 1 }, options);
  return rows[0] ?? null;
}

async function readRuns(
  experiment: Experiment,
  query: Omit<RowQuery, "table">,
  options: ReadOptions,
): Promise<ExperimentRunRecord[]> {
  const location = { database: "job-data", expid: experiment.expid } as const;
  const rows = await withTables(experiment.site, location, (tables) =>
    readRecords(tables, { table: "experiment_run", ...query }, FIELDS, options),
  );
  return rows ?? [];
}
