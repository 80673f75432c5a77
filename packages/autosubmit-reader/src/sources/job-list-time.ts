import { AutosubmitReadError, systemErrorCode } from "../errors.js";
import { stat } from "../site/file-calls.js";
import type { Experiment } from "../site/site.js";

const ABSENT = new Set(["ENOENT", "ENOTDIR"]);

/**
 * When the job list was last written, whichever of its formats is newest; epoch seconds, null when there is none. Costs
 * three looks at files, or at the rows that tell it.
 *
 * differs: the reference knows the pickled job list only.
 * @throws AutosubmitReadError `SOURCE_UNREADABLE`
 */
export async function readJobListTime({ expid, paths, site }: Experiment): Promise<number | null> {
  const times = await Promise.all([
    modifiedAt(expid, paths.jobListPickle),
    site.tables.modifiedAt({ database: "job-list-pickle", expid }),
    site.tables.modifiedAt({ database: "job-list", expid }),
  ]);
  return times.reduce((newest, at) => (at !== null && (newest === null || at > newest) ? at : newest), null);
}

async function modifiedAt(expid: string, path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs / 1000;
  } catch (cause) {
    const code = systemErrorCode(cause);
    if (ABSENT.has(code ?? "")) return null;
    throw new AutosubmitReadError("SOURCE_UNREADABLE", `${path} cannot be looked at (${code})`, { expid, path, cause });
  }
}
