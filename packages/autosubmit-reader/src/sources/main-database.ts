import { SourceMissingError } from "../errors.js";
import type { ExperimentDetailsRecord, ExperimentRecord } from "../records.js";
import type { Experiment, Site } from "../site/site.js";
import type { TableSource } from "../tables/table-source.js";
import { withTables } from "../tables/with-tables.js";
import { type Fields, type ReadOptions, readRecords, requiredInteger, requiredText, text } from "./row-fields.js";

const EXPERIMENT_FIELDS: Fields<ExperimentRecord> = {
  id: requiredInteger,
  name: requiredText,
  description: text,
  autosubmit_version: text,
};
const DETAILS_FIELDS: Fields<ExperimentDetailsRecord> = {
  exp_id: requiredInteger,
  user: text,
  created: text,
  model: text,
  branch: text,
  hpc: text,
};

/**
 * The experiment's row of the main database (formats reference §2.1); null when it has none, which an experiment with a
 * folder may have. Of several rows the first counts, as in the reference.
 * @throws SourceMissingError when there is no main database
 * @throws AutosubmitReadError `SOURCE_BUSY`, `SOURCE_CORRUPT`, `SOURCE_UNREADABLE`, `SOURCE_TOO_LARGE`
 */
export async function readExperiment(
  experiment: Experiment,
  options: ReadOptions = {},
): Promise<ExperimentRecord | null> {
  return withMainDatabase(experiment.site, (tables) => findExperiment(tables, experiment.expid, options));
}

/** Every experiment of the site by rising id, also those whose folder is gone (§6.26). @throws as `readExperiment` */
export async function listExperiments(site: Site, options: ReadOptions = {}): Promise<ExperimentRecord[]> {
  const query = { table: "experiment", orderBy: [{ column: "id" }] };
  return withMainDatabase(site, (tables) => readRecords(tables, query, EXPERIMENT_FIELDS, options));
}

/**
 * What the workers found out about the experiment (§2.1). Null when they did not yet, or the experiment has no row. Of
 * several rows the last one counts: tables without a primary key exist.
 * @throws as `readExperiment`
 */
export async function readExperimentDetails(
  experiment: Experiment,
  options: ReadOptions = {},
): Promise<ExperimentDetailsRecord | null> {
  return withMainDatabase(experiment.site, async (tables) => {
    const found = await findExperiment(tables, experiment.expid, options);
    if (found === null) return null;
    const query = { table: "details", where: [{ column: "exp_id", is: "=", value: found.id } as const] };
    return (await readRecords(tables, query, DETAILS_FIELDS, options)).at(-1) ?? null;
  });
}

/** What the workers found out about every experiment, in the order of the table. @throws as `readExperiment` */
export async function listExperimentDetails(site: Site, options: ReadOptions = {}): Promise<ExperimentDetailsRecord[]> {
  return withMainDatabase(site, (tables) => readRecords(tables, { table: "details" }, DETAILS_FIELDS, options));
}

async function findExperiment(
  tables: TableSource,
  expid: string,
  options: ReadOptions,
): Promise<ExperimentRecord | null> {
  const query = {
    table: "experiment",
    where: [{ column: "name", is: "=", value: expid } as const],
    orderBy: [{ column: "id" }],
    limit: 1,
  };
  return (await readRecords(tables, query, EXPERIMENT_FIELDS, options))[0] ?? null;
}

async function withMainDatabase<T>(site: Site, read: (tables: TableSource) => Promise<T>): Promise<T> {
  // Wrapped, because a read may give null itself.
  const found = await withTables(site, { database: "main" }, async (tables) => ({ value: await read(tables) }));
  if (found !== null) return found.value;
  const { main, folder } = site.tables.place;
  throw new SourceMissingError(`There is no main database ${main}`, { path: folder ?? main });
}
