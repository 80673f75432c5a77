import { AutosubmitReadError, ExperimentNotFoundError, systemErrorCode } from "../errors.js";
import { stat } from "../site/file-calls.js";
import type { Experiment } from "../site/site.js";

/** What the experiment's folder itself tells (formats reference §2.1). */
export interface ExperimentFolder {
  /** User id of its owner. */
  ownerId: number;
  /** Epoch seconds. Autosubmit and the reference take it for the time of creation; it moves when the folder's entries do. */
  changedAt: number;
  /** Epoch seconds of the last listing and of the last change of an entry. */
  accessedAt: number;
  modifiedAt: number;
}

const ABSENT = new Set(["ENOENT", "ENOTDIR"]);

/**
 * Looks at the experiment's folder.
 * @throws ExperimentNotFoundError when there is none: the experiment was archived or deleted
 * @throws AutosubmitReadError `SOURCE_UNREADABLE`
 */
export async function readExperimentFolder(experiment: Experiment): Promise<ExperimentFolder> {
  const { expid, paths } = experiment;
  try {
    const found = await stat(paths.folder);
    if (!found.isDirectory()) throw new ExperimentNotFoundError(expid, paths.folder);
    const { uid, ctimeMs, atimeMs, mtimeMs } = found;
    return { ownerId: uid, changedAt: ctimeMs / 1000, accessedAt: atimeMs / 1000, modifiedAt: mtimeMs / 1000 };
  } catch (cause) {
    if (cause instanceof AutosubmitReadError) throw cause;
    const code = systemErrorCode(cause);
    if (ABSENT.has(code ?? "")) throw new ExperimentNotFoundError(expid, paths.folder);
    const details = { expid, path: paths.folder, cause };
    throw new AutosubmitReadError("SOURCE_UNREADABLE", `${paths.folder} cannot be looked at (${code})`, details);
  }
}
