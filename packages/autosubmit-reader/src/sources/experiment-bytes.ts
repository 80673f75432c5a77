import { stat } from "node:fs/promises";
import type { Experiment } from "../site/site.js";

/**
 * How many bytes views of a whole experiment have to read: its job list, in whichever of its places, and its history. A hint
 * for planning, at the cost of four `stat` calls; what cannot be looked at counts nothing, since reading it will tell what is
 * wrong. 0 when there are no such files: it never ran, or its tables are in no file.
 */
export async function readExperimentBytes({ paths }: Experiment): Promise<number> {
  const files = [paths.jobListPickle, paths.jobListPickleDb, paths.jobListDb, paths.jobDataDb];
  const sizes = await Promise.all(files.map(sizeOf));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
