import { hostname } from "node:os";
import type { RunnerProcess } from "@autosubmit-api/db";
import type { ProcessHandle } from "./command-host.js";
import { processIdentity, processStartedAt } from "./process-identity.js";

/** A row is written within moments of the start of its process. */
const TOLERANCE_SECONDS = 10;

/**
 * The process of a row that the reference implementation wrote, which knows only its number: it is the one if it started when
 * the row was written. Null otherwise: it ended, and its number may be another's.
 */
export async function findReferenceRun({ id, pid, created }: RunnerProcess): Promise<ProcessHandle | null> {
  const startedAt = await processStartedAt(pid);
  const identity = await processIdentity(pid);
  if (startedAt === null || identity === null) return null;
  if (!(Math.abs(startedAt - Date.parse(created) / 1000) <= TOLERANCE_SECONDS)) return null;
  return { runId: `reference-${String(id)}`, pid, startedAt: `${hostname()}/${identity}`, outputPath: null };
}
