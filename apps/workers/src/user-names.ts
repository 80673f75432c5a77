import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";

/** Directory servers answer in milliseconds, or not at all. */
const LOOK_UP_TIMEOUT_MS = 5_000;

/** Looks up login names; each user id once. */
export interface UserNames {
  /** The login name of that user id; empty when it has none. @throws Error when it cannot be looked up */
  nameOf(userId: number): Promise<string>;
}

/** Asks `id`, which knows the users of directory services too; where there is no such program, `/etc/passwd`. */
export function userNames(program = "id", passwd = "/etc/passwd"): UserNames {
  const known = new Map<number, Promise<string>>();
  return {
    nameOf(userId) {
      const found = known.get(userId) ?? lookUp(program, passwd, userId);
      known.set(userId, found);
      return found;
    },
  };
}

async function lookUp(program: string, passwd: string, userId: number): Promise<string> {
  const outcome = await run(program, ["-nu", String(userId)]);
  if (outcome.code === 0) return outcome.output.trim();
  if (outcome.code === "ENOENT") return nameIn(await readFile(passwd, "utf8"), userId);
  // `id` ends with 1 when there is no such user.
  if (outcome.code === 1) return "";
  throw new Error(`The owner's name cannot be looked up: ${program} -nu ${userId} failed (${outcome.code})`);
}

function run(program: string, args: string[]): Promise<{ code: number | string; output: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: LOOK_UP_TIMEOUT_MS, killSignal: "SIGKILL" }, (error, output) => {
      resolve({ code: error === null ? 0 : (error.code ?? error.signal ?? "unknown"), output });
    });
  });
}

function nameIn(passwd: string, userId: number): string {
  const entries = passwd.split("\n").map((line) => line.split(":"));
  return entries.find(([, , id]) => id === String(userId))?.[0] ?? "";
}
