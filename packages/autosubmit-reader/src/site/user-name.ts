import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
/** A directory service that does not answer must not hold up a request for long. */
const TIMEOUT_MS = 5_000;
/** Names hardly ever change; a new user is known within this time. */
const REMEMBERED_MS = 600_000;

const known = new Map<number, { name: Promise<string | null>; askedAt: number }>();

/**
 * The login name of a user id, as this machine knows it (files, LDAP, …); null for an id that it does not know. Asked of
 * `id`, which knows every source of users, and remembered for ten minutes.
 */
export function findUserName(userId: number): Promise<string | null> {
  const remembered = known.get(userId);
  if (remembered !== undefined && performance.now() - remembered.askedAt < REMEMBERED_MS) return remembered.name;
  const name = askForName(userId);
  known.set(userId, { name, askedAt: performance.now() });
  return name;
}

async function askForName(userId: number): Promise<string | null> {
  if (!Number.isSafeInteger(userId) || userId < 0) return null;
  try {
    const { stdout } = await run("id", ["-nu", String(userId)], { timeout: TIMEOUT_MS });
    return stdout.trim() || null;
  } catch (error) {
    // `id` ends with a status when it knows no such user; it may also be absent or too slow: the name is not known then.
    if (error instanceof Error) return null;
    throw error;
  }
}
