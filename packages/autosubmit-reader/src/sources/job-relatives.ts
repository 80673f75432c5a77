import type { Experiment } from "../site/site.js";
import type { TableSource } from "../tables/table-source.js";
import { withTables } from "../tables/with-tables.js";
import { withLiveJobList } from "./live-job-list.js";
import { type Fields, readRecords, requiredText } from "./row-fields.js";

/** Names of the jobs that one job waits for, and of those that wait for it, each in the order of the database. */
export interface JobRelatives {
  parents: string[];
  children: string[];
}

const FROM: Fields<{ e_from: string }> = { e_from: requiredText };
const TO: Fields<{ e_to: string }> = { e_to: requiredText };
const TABLE = "experiment_structure";

/**
 * What the job graph says of one job, without reading the whole graph: from where `readStructure` takes it. Null when the
 * graph is unknown; two empty lists for a job that it does not name. A job is not its own relative.
 * @throws AutosubmitReadError `SOURCE_BUSY`, `SOURCE_CORRUPT`, `SOURCE_UNREADABLE`, `SOURCE_TOO_LARGE`
 */
export async function readJobRelatives(experiment: Experiment, jobName: string): Promise<JobRelatives | null> {
  const live = await withLiveJobList(experiment, (tables) => findRelatives(tables, jobName));
  if (live !== null) return live;
  for (const database of ["structure", "old-structure"] as const) {
    const location = { database, expid: experiment.expid };
    const found = await withTables(experiment.site, location, async (tables) =>
      (await isEmpty(tables)) ? null : findRelatives(tables, jobName),
    );
    if (found !== null) return found;
  }
  return null;
}

async function isEmpty(tables: TableSource): Promise<boolean> {
  return (await tables.selectValues({ table: TABLE, columns: ["e_from"], limit: 1 })).length === 0;
}

async function findRelatives(tables: TableSource, jobName: string): Promise<JobRelatives> {
  const toJob = { table: TABLE, where: [{ column: "e_to", is: "=", value: jobName }] } as const;
  const fromJob = { table: TABLE, where: [{ column: "e_from", is: "=", value: jobName }] } as const;
  const parents = (await readRecords(tables, toJob, FROM)).map((row) => row.e_from);
  const children = (await readRecords(tables, fromJob, TO)).map((row) => row.e_to);
  return { parents: others(parents, jobName), children: others(children, jobName) };
}

function others(names: readonly string[], own: string): string[] {
  return [...new Set(names)].filter((name) => name !== own);
}
