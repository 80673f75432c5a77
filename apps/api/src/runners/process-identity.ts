import { readFile } from "node:fs/promises";

/**
 * Who a process is, beyond its number, on Linux: the boot of the machine and the tick at which the process started. Its
 * number may be given to another process later, but not in the same tick.
 */

/** Since the boot, in clock ticks; the 22nd field of `/proc/PID/stat`, counted behind the program's name (proc(5)). */
const START_TICKS = 19;
const STATE = 0;

/** Of this boot, `BOOT-ID/TICKS`; null when there is no such process, or only what is left of one that ended (a zombie). */
export async function processIdentity(pid: number): Promise<string | null> {
  const stat = await readOrNull(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name is in brackets and may hold anything, brackets too.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = fields[START_TICKS];
  if (ticks === undefined || fields[STATE] === "Z" || fields[STATE] === "X") return null;
  return `${await bootId()}/${ticks}`;
}

/** Names this boot of this machine. */
export async function bootId(): Promise<string> {
  return (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
}

/** When a process started, epoch seconds, to a second or so; null when there is none. */
export async function processStartedAt(pid: number): Promise<number | null> {
  const identity = await processIdentity(pid);
  if (identity === null) return null;
  const bootedAt = /^btime (\d+)$/m.exec(await readFile("/proc/stat", "utf8"))?.[1];
  const ticks = identity.split("/")[1];
  return Number(bootedAt) + Number(ticks) / TICKS_PER_SECOND;
}

/** Of user space, whatever the kernel's own clock does. */
const TICKS_PER_SECOND = 100;

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH")) return null;
    throw error;
  }
}
