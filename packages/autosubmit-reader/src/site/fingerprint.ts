import { stat } from "node:fs/promises";
import { systemErrorCode } from "../errors.js";

const ABSENT = new Set(["ENOENT", "ENOTDIR"]);

/**
 * A text that changes whenever the file was replaced or written: inode, size and modification time in nanoseconds.
 * Null when there is no such file; other failures (no permission, say) are thrown as they are.
 */
export async function fingerprintFile(path: string): Promise<string | null> {
  try {
    const found = await stat(path, { bigint: true });
    return `${found.ino}:${found.size}:${found.mtimeNs}`;
  } catch (error) {
    if (ABSENT.has(systemErrorCode(error) ?? "")) return null;
    throw error;
  }
}
