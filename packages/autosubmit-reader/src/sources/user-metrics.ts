import type { UserMetricRecord } from "../records.js";
import type { Experiment } from "../site/site.js";
import type { TableCondition } from "../tables/table-source.js";
import { withTables } from "../tables/with-tables.js";
import {
  type Fields,
  parseInteger,
  type ReadOptions,
  readRecords,
  requiredInteger,
  requiredText,
  text,
} from "./row-fields.js";

const TABLE = "user_metrics";
const FIELDS: Fields<UserMetricRecord> = {
  user_metric_id: requiredInteger,
  run_id: requiredInteger,
  job_name: requiredText,
  metric_name: requiredText,
  metric_value: requiredText,
  modified: text,
};

/**
 * The metrics that jobs reported, of one run or of all, in the order of their ids (formats reference §2.7). None when no
 * job ever reported one, which most experiments' never do.
 *
 * differs: a row with a NULL is left out and reported; the reference fails.
 * @throws AutosubmitReadError `SOURCE_BUSY`, `SOURCE_CORRUPT`, `SOURCE_UNREADABLE`, `SOURCE_TOO_LARGE`
 */
export async function readUserMetrics(
  experiment: Experiment,
  runId: number | null = null,
  options: ReadOptions = {},
): Promise<UserMetricRecord[]> {
  const where: TableCondition[] = runId === null ? [] : [{ column: "run_id", is: "=", value: runId }];
  const query = { table: TABLE, where, orderBy: [{ column: "user_metric_id" }] };
  const location = { database: "user-metrics", expid: experiment.expid } as const;
  return (await withTables(experiment.site, location, (tables) => readRecords(tables, query, FIELDS, options))) ?? [];
}

/** The numbers of the runs that have metrics, newest first. @throws as `readUserMetrics` */
export async function listUserMetricRuns(experiment: Experiment): Promise<number[]> {
  const location = { database: "user-metrics", expid: experiment.expid } as const;
  const rows = await withTables(experiment.site, location, (tables) =>
    tables.selectValues({ table: TABLE, columns: ["run_id"] }),
  );
  const runs = (rows ?? []).flatMap(([value]) => parseInteger(value ?? null) ?? []);
  return [...new Set(runs)].sort((a, b) => b - a);
}
