import { and, asc, between, eq } from "drizzle-orm";
import type { Database } from "../database.js";
import { experimentTable } from "../schema/experiment.js";

/** An experiment that Autosubmit has registered (formats reference §2.1). It may have no folder (any more). */
export interface RegisteredExperiment {
  id: number;
  /** The expid. */
  name: string;
  description: string | null;
  /** The version that created it; the configuration tells which one runs it. */
  autosubmitVersion: string | null;
}

/** Experiments by number, both ends included. */
export interface ExperimentRange {
  first: number;
  last: number;
}

export interface ExperimentRepository {
  /** All experiments, or those of a range, in ascending order of their numbers. */
  list(range?: ExperimentRange): Promise<RegisteredExperiment[]>;
  /** Their numbers alone, ascending. */
  listIds(): Promise<number[]>;
  /** The experiment of that expid, or null. */
  find(expid: string): Promise<RegisteredExperiment | null>;
}

/** `experiment` of the main database; there is nothing here that writes. */
export function experimentRepository(main: Database): ExperimentRepository {
  const { id, name } = experimentTable;
  return {
    list: (range) =>
      main.read(async (queries) =>
        queries
          .select()
          .from(experimentTable)
          .where(range ? and(between(id, range.first, range.last)) : undefined)
          .orderBy(asc(id)),
      ),
    listIds: () =>
      main.read(async (queries) => {
        const rows = await queries.select({ id }).from(experimentTable).orderBy(asc(id));
        return rows.map((row) => row.id);
      }),
    find: (expid) =>
      main.read(async (queries) => {
        const [row] = await queries.select().from(experimentTable).where(eq(name, expid)).orderBy(asc(id)).limit(1);
        return row ?? null;
      }),
  };
}
