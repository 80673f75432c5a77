import type { Stats } from "node:fs";
import { AutosubmitReadError, systemErrorCode } from "../errors.js";
import { stat } from "../site/file-calls.js";
import type { Experiment } from "../site/site.js";

/** System errors that mean that nothing of the name is there; nothing can have a name that is too long. */
const ABSENT = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG"]);

/**
 * What `look` finds at a path of the experiment; null when there is nothing.
 * @param done completes "cannot be …": `looked at`, `listed`, `opened`
 * @throws AutosubmitReadError `SOURCE_UNREADABLE` when the system refuses
 */
export async function unlessAbsent<T>(
  experiment: Experiment,
  path: string,
  done: string,
  look: (path: string) => Promise<T>,
): Promise<T | null> {
  try {
    return await look(path);
  } catch (cause) {
    const code = systemErrorCode(cause);
    if (ABSENT.has(code ?? "")) return null;
    throw unreadable(experiment, path, `cannot be ${done} (${code})`, cause);
  }
}

/** What is at a path, links followed; null when there is nothing. @param look `lstat` for links themselves @throws as `unlessAbsent` */
export function lookAt(
  experiment: Experiment,
  path: string,
  look: (path: string) => Promise<Stats> = stat,
): Promise<Stats | null> {
  return unlessAbsent(experiment, path, "looked at", look);
}

/** The error that something of the experiment is there and cannot be read. @param what completes the path's sentence */
export function unreadable(experiment: Experiment, path: string, what: string, cause?: unknown): AutosubmitReadError {
  return new AutosubmitReadError("SOURCE_UNREADABLE", `${path} ${what}`, { expid: experiment.expid, path, cause });
}
