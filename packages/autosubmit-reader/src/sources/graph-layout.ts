import type { GraphLayoutRecord } from "../records.js";
import type { Experiment } from "../site/site.js";
import { withTables } from "../tables/with-tables.js";
import { type Fields, type ReadOptions, readRecords, requiredNumber, requiredText } from "./row-fields.js";

const FIELDS: Fields<GraphLayoutRecord> = { job_name: requiredText, x: requiredNumber, y: requiredNumber };

/**
 * The stored coordinates of the graph drawing in row order, as stored (formats reference §2.5).
 * None when the drawing was never computed.
 * @throws AutosubmitReadError `SOURCE_BUSY`, `SOURCE_CORRUPT`, `SOURCE_UNREADABLE`, `SOURCE_TOO_LARGE`
 */
export async function readGraphLayout(experiment: Experiment, options: ReadOptions = {}): Promise<GraphLayoutRecord[]> {
  const location = { database: "graph-layout", expid: experiment.expid } as const;
  const rows = await withTables(experiment.site, location, (tables) =>
    readRecords(tables, { table: "experiment_graph_draw" }, FIELDS, options),
  );
  return rows ?? [];
}
