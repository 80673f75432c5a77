import { systemErrorCode } from "../errors.js";
import { stat } from "./file-calls.js";

const ABSENT = new Set(["ENOENT", "ENOTDIR"]);

/**
 * A text that changes whenever the file was replaced or written: inode, size and modification time in nanoseconds.
 * Null when there is no such file. A place that cannot be looked at (no permission, links in a circle) has that as its text:
 * reading it tells what is wrong.
 */
export async function fingerprintFile(path: string): Promise<string | null> {
  try {
    const found = await stat(path, { bigint: true });
    return `${found.ino}:${found.size}:${found.mtimeNs}`;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === null) throw error;
    return ABSENT.has(code) ? null : `failed: ${code}`;
  }
}
