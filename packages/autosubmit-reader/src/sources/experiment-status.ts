import type { ExperimentStatusRecord } from "../records.js";
import type { Experiment, Site } from "../site/site.js";
import { withTables } from "../tables/with-tables.js";
import { readExperiment } from "./main-database.js";
import {
  type Fields,
  integer,
  type ReadOptions,
  type RowQuery,
  readRecords,
  requiredInteger,
  text,
} from "./row-fields.js";

const FIELDS: Fields<ExperimentStatusRecord> = {
  exp_id: requiredInteger,
  name: text,
  status: text,
  seconds_diff: integer,
  modified: text,
};

/**
 * The experiment's row of `as_times.db` (formats reference §2.2), found by the id that the main database gives it, since
 * the stored name may be an old one (§6.27). Null when there is no row, or no status database yet.
 * @throws SourceMissingError when there is no main database
 * @throws AutosubmitReadError `SOURCE_BUSY`, `SOURCE_CORRUPT`, `SOURCE_UNREADABLE`, `SOURCE_TOO_LARGE`
 */
export async function readExperimentStatus(
  experiment: Experiment,
  options: ReadOptions = {},
): Promise<ExperimentStatusRecord | null> {
  const found = await readExperiment(experiment, options);
  if (found === null) return null;
  const rows = await readStatuses(
    experiment.site,
    { where: [{ column: "exp_id", is: "=", value: found.id }] },
    options,
  );
  return rows.at(-1) ?? null;
}

/** Every row of the status database by rising id, also those of experiments that are gone. @throws as above */
export function listExperimentStatuses(site: Site, options: ReadOptions = {}): Promise<ExperimentStatusRecord[]> {
  return readStatuses(site, { orderBy: [{ column: "exp_id" }] }, options);
}

async function readStatuses(
  site: Site,
  query: Omit<RowQuery, "table">,
  options: ReadOptions,
): Promise<ExperimentStatusRecord[]> {
  const rows = await withTables(site, { database: "status" }, (tables) =>
    readRecords(tables, { table: "experiment_status", ...query }, FIELDS, options),
  );
  return rows ?? [];
}
