import { writeFile } from "node:fs/promises";
import { describeApi } from "./describe-api.js";

/**
 * Writes the API's description as JSON.
 * @param out a file; null for standard output
 */
export async function writeDescription(out: string | null): Promise<void> {
  const text = `${JSON.stringify(await describeApi(), null, 2)}\n`;
  if (out === null) {
    process.stdout.write(text);
    return;
  }
  try {
    await writeFile(out, text);
  } catch (error) {
    // A folder that is not there, no right to write: for whoever typed the command.
    process.stderr.write(`autosubmit-api: ${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
