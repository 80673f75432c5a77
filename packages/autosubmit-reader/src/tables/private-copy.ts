import { constants } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SourceBusyError } from "../errors.js";
import { copyFile } from "../site/file-calls.js";
import { fingerprintFile } from "../site/fingerprint.js";

/** A copy of a database in a folder that only this process can enter. */
export interface PrivateCopy {
  path: string;
  remove(): Promise<void>;
}

const ATTEMPTS = 5;

/**
 * Copies a database in WAL mode and its log. SQLite cannot read one without creating files beside it, and those would
 * belong to this process's user and lock Autosubmit's user out.
 * @throws SourceBusyError when the files never stood still
 */
export async function copyWithLog(path: string): Promise<PrivateCopy> {
  const folder = await mkdtemp(join(tmpdir(), "autosubmit-reader-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  const target = join(folder, "copy.db");
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const before = await fingerprint(path);
      await copyFile(path, target, constants.COPYFILE_FICLONE);
      if (before[1] !== null) await copyFile(`${path}-wal`, `${target}-wal`, constants.COPYFILE_FICLONE);
      const after = await fingerprint(path);
      if (before[0] === after[0] && before[1] === after[1]) return { path: target, remove };
    }
    throw new SourceBusyError(`${path} was being written during ${ATTEMPTS} attempts to read it`, { path });
  } catch (error) {
    await remove();
    throw error;
  }
}

function fingerprint(path: string): Promise<(string | null)[]> {
  return Promise.all([fingerprintFile(path), fingerprintFile(`${path}-wal`)]);
}
