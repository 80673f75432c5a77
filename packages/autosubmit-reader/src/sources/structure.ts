import type { Structure, StructureEdge } from "../records.js";
import type { Experiment } from "../site/site.js";
import type { TableSource } from "../tables/table-source.js";
import { withTables } from "../tables/with-tables.js";
import { withLiveJobList } from "./live-job-list.js";
import { type Fields, type ReadOptions, readRecords, requiredText } from "./row-fields.js";

interface StructureRow {
  e_from: string;
  e_to: string;
}

const STRUCTURE_FIELDS: Fields<StructureRow> = { e_from: requiredText, e_to: requiredText };
const NAME_FIELDS: Fields<{ name: string }> = { name: requiredText };
const TABLE = "experiment_structure";

/**
 * The job graph (formats reference §2.4, §2.9): from 4.2's job list when that is the live one, else from
 * `structure_<expid>.db`, else from its old place. Edges keep their order. Null when none of them has a row: the graph is
 * unknown then, which is not a graph without edges.
 *
 * differs: self edges, by which Autosubmit names a job without edges, are no edges (§6.21); a missing database is null.
 * @throws AutosubmitReadError `SOURCE_BUSY`, `SOURCE_CORRUPT`, `SOURCE_UNREADABLE`, `SOURCE_TOO_LARGE`
 */
export async function readStructure(experiment: Experiment, options: ReadOptions = {}): Promise<Structure | null> {
  const live = await withLiveJobList(experiment, (tables) => readLiveStructure(tables, options));
  if (live !== null) return live;
  for (const database of ["structure", "old-structure"] as const) {
    const location = { database, expid: experiment.expid };
    const rows = await withTables(experiment.site, location, (tables) => readEdges(tables, options));
    if (rows !== null && rows.length > 0) return separateSelfEdges(rows);
  }
  return null;
}

function readEdges(tables: TableSource, options: ReadOptions): Promise<StructureRow[]> {
  return readRecords(tables, { table: TABLE }, STRUCTURE_FIELDS, options);
}

/** 4.2 stores no self edges: a job without edges is only found among the jobs. */
async function readLiveStructure(tables: TableSource, options: ReadOptions): Promise<Structure> {
  const { edges, isolated } = separateSelfEdges(await readEdges(tables, options));
  const jobs = await readRecords(tables, { table: "jobs" }, NAME_FIELDS, options);
  const known = new Set([...edges.flatMap(({ from, to }) => [from, to]), ...isolated]);
  return { edges, isolated: [...isolated, ...jobs.map(({ name }) => name).filter((name) => !known.has(name))] };
}

/** Names with edges are only looked for among the self edges, which are few: a set of all names is slow to build. */
function separateSelfEdges(rows: readonly StructureRow[]): Structure {
  const edges: StructureEdge[] = [];
  const isolated = new Set<string>();
  for (const { e_from: from, e_to: to } of rows) {
    if (from === to) isolated.add(from);
    else edges.push({ from, to });
  }
  if (isolated.size > 0) {
    for (const { from, to } of edges) {
      isolated.delete(from);
      isolated.delete(to);
    }
  }
  return { edges, isolated: [...isolated] };
}
