import { between, eq } from "drizzle-orm";
import type { Database, Queries } from "../database.js";
import { detailsTable } from "../schema/details.js";
import { experimentTable } from "../schema/experiment.js";
import type { ExperimentRange } from "./experiments.js";

/** Owner, creation and configuration facts of an experiment (formats reference §2.1). */
export interface ExperimentDetails {
  expId: number;
  /** Login name of the folder's owner; empty when it has none. */
  user: string;
  /** When the experiment's folder was made, in one of Autosubmit's notations (formats reference §2.1). */
  created: string;
  /** Project origin and branch; `NA` for projects that are neither git nor Subversion. */
  model: string;
  branch: string;
  /** The main platform as the configuration writes it; may be empty. */
  hpc: string;
}

export interface DetailsRepository {
  /** The details of experiments that have some, at most one each, in no order. */
  list(range?: ExperimentRange): Promise<ExperimentDetails[]>;
  /** The details of the experiment of that number, or null. */
  find(expId: number): Promise<ExperimentDetails | null>;
  /**
   * Replaces the details of these experiments, all or none, leaving one row each where there were several. Experiments
   * that were deleted meanwhile get none.
   * @returns how many were stored
   */
  replace(details: readonly ExperimentDetails[]): Promise<number>;
}

/** `details` of the main database, with or without a primary key. */
export function detailsRepository(main: Database): DetailsRepository {
  return {
    list: (range) =>
      main.read(async (queries) => {
        const rows = await queries
          .select()
          .from(detailsTable)
          .where(range ? between(detailsTable.expId, range.first, range.last) : undefined);
        return [...new Map(rows.map((row) => [row.expId, row])).values()];
      }),
    find: (expId) =>
      main.read(async (queries) => {
        const rows = await queries.select().from(detailsTable).where(eq(detailsTable.expId, expId));
        return rows.at(-1) ?? null;
      }),
    replace: async (details) => {
      if (details.length === 0) return 0;
      return main.write(async (queries) => {
        let stored = 0;
        for (const row of details) stored += await replaceOne(queries, row);
        return stored;
      });
    },
  };
}

async function replaceOne(queries: Queries, details: ExperimentDetails): Promise<number> {
  const [experiment] = await queries
    .select({ id: experimentTable.id })
    .from(experimentTable)
    .where(eq(experimentTable.id, details.expId));
  if (!experiment) return 0;
  await queries.delete(detailsTable).where(eq(detailsTable.expId, details.expId));
  await queries.insert(detailsTable).values(details);
  return 1;
}
