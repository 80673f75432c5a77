import type { ExperimentDetails } from "@autosubmit-api/db";
import { isoInstant } from "@autosubmit-api/domain";
import { parseTimestamp, type TimeZone } from "@autosubmit-api/shared-types";
import {
  areFilesUnchanged,
  type ConfigurationFile,
  type Experiment,
  ExperimentNotFoundError,
  findUserName,
  loadConfiguration,
  readExperimentFolder,
} from "autosubmit-reader";
import type { RangeRecorder, TaskReading, WorkerTask } from "../worker-task.js";

/** What an experiment's folder and configuration tell. */
export interface DetailsFinding {
  /** Login name of the folder's owner; null when it has none. */
  user: string | null;
  /** When the folder last changed, epoch seconds. */
  changedAt: number;
  model: string;
  branch: string;
  hpc: string;
}

/** All that a finding was made from. */
interface DetailsFingerprint {
  user: string | null;
  changedAt: number;
  files: readonly ConfigurationFile[];
}

const NOTHING: TaskReading<DetailsFinding> = { finding: null, fingerprint: null, inFull: false };

/**
 * Keeps `details` true: owner, creation, model, branch and main platform of every experiment that has a folder (formats
 * reference §2.1; the reference's `details_updater.py`). Experiments that were archived or whose configuration cannot be
 * loaded keep the row they had. Configurations are loaded only when one of their files has changed.
 *
 * differs: a creation never moves to a later time. The folder's change time, which is all there is to go by, moves whenever
 * an entry of it comes or goes, and when a site is copied or restored; the reference follows it each time.
 * differs: an owner without a name (an account that was removed) does not replace the name that is stored.
 */
export const updateExperimentDetails: WorkerTask<DetailsFinding> = {
  id: "TASK_POPDET",
  name: "update-experiment-details",
  purpose: "owner, creation, model, branch and platform",
  intervalMinutes: 240,
  experimentTimeoutMs: 60_000,

  async read(experiment, { fingerprint }) {
    const folder = await folderOf(experiment);
    if (folder === null) return NOTHING;
    const known = fingerprint === null ? null : (JSON.parse(fingerprint) as DetailsFingerprint);
    const isSame = known?.user === folder.user && known.changedAt === folder.changedAt;
    if (isSame && (await areFilesUnchanged(known.files))) return { ...NOTHING, fingerprint };
    const { facts, files } = await loadConfiguration(experiment);
    const { model, branch, mainPlatform } = facts;
    return {
      finding: { ...folder, model, branch, hpc: mainPlatform },
      fingerprint: JSON.stringify({ ...folder, files } satisfies DetailsFingerprint),
      inFull: true,
    };
  },

  async openRange({ databases, timeZone }, range): Promise<RangeRecorder<DetailsFinding>> {
    const stored = new Map((await databases.details.list(range)).map((row) => [row.expId, row]));
    return {
      // A row that is gone, because a database was restored, must be made again.
      trusted: ({ id }, fingerprint) => (stored.has(id) ? fingerprint : null),
      async store(findings) {
        const rows = findings.map(({ experiment: { id }, finding }): ExperimentDetails => {
          const { user, changedAt, model, branch, hpc } = finding;
          const created = earlierOf(stored.get(id)?.created, changedAt, timeZone);
          return { expId: id, user: user ?? stored.get(id)?.user ?? "", created, model, branch, hpc };
        });
        const changed = rows.filter((row) => !isEqual(row, stored.get(row.expId)));
        await databases.details.replace(changed);
        return changed.map(({ expId }) => expId);
      },
    };
  },
};

/** Null for an experiment that was archived or deleted. */
async function folderOf(experiment: Experiment): Promise<{ user: string | null; changedAt: number } | null> {
  try {
    const { ownerId, changedAt } = await readExperimentFolder(experiment);
    return { user: await findUserName(ownerId), changedAt };
  } catch (error) {
    if (error instanceof ExperimentNotFoundError) return null;
    throw error;
  }
}

/** The stored time as it is written, when it is earlier than the folder's change time; else that. */
function earlierOf(stored: string | undefined, changedAt: number, timeZone: TimeZone): string {
  const storedAt = stored === undefined ? null : parseTimestamp(stored, timeZone);
  if (stored !== undefined && storedAt !== null && storedAt <= changedAt) return stored;
  return isoInstant(changedAt, timeZone) ?? "";
}

function isEqual(row: ExperimentDetails, stored: ExperimentDetails | undefined): boolean {
  return (
    stored !== undefined &&
    row.user === stored.user &&
    row.created === stored.created &&
    row.model === stored.model &&
    row.branch === stored.branch &&
    row.hpc === stored.hpc
  );
}
