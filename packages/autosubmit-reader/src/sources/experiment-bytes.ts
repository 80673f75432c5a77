import { stat } from "../site/file-calls.js";
import type { Experiment } from "../site/site.js";

/**
 * How many bytes views of a whole experiment have to read: its job list, in whichever of its places, and its history. A hint
 * for planning, at the cost of four looks; what cannot be looked at counts nothing, since reading it will tell what is
 * wrong. 0 when there is nothing: it never ran.
 */
export async function readExperimentBytes({ expid, paths, site }: Experiment): Promise<number> {
  const databases = ["job-list-pickle", "job-list", "job-data"] as const;
  const sizes = await Promise.all([
    orNothing(stat(paths.jobListPickle).then(({ size }) => size)),
    ...databases.map((database) => orNothing(site.tables.sizeBytes({ database, expid }))),
  ]);
  return sizes.reduce((sum, size) => sum + size, 0);
}

function orNothing(size: Promise<number>): Promise<number> {
  return size.catch(() => 0);
}
