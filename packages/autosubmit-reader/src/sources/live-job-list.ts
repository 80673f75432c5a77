import type { Experiment } from "../site/site.js";
import type { TableSource } from "../tables/table-source.js";
import { withTables } from "../tables/with-tables.js";

/**
 * Reads from 4.2's `db/job_list.db`; null unless its `jobs` table holds a row. An experiment that was upgraded keeps the
 * files of its old version beside it, and they are stale then (formats reference §1.5).
 */
export async function withLiveJobList<T>(
  experiment: Experiment,
  read: (tables: TableSource) => Promise<T>,
): Promise<T | null> {
  return withTables(experiment.site, { database: "job-list", expid: experiment.expid }, async (tables) => {
    const first = await tables.selectValues({ table: "jobs", columns: ["name"], limit: 1 });
    return first.length === 0 ? null : read(tables);
  });
}
