import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The views of one experiment and of the site that between them read every source. */
export function everyView(expid: string): string[] {
  const experiment = `/v4/experiments/${expid}`;
  return [
    ...["", "/status", "/jobs", "/jobs?view=quick", "/wrappers", "/filesystem-config", "/performance", "/runs"].map(
      (view) => experiment + view,
    ),
    ...["/logs", "/eta", "/jobs-history", "/info"].map((view) => experiment + view),
    ...["tree", "graph", "quick", "summary", "stats", "expinfo", "expcount", "runs", "cconfig", "performance"].map(
      (view) => `/v3/${view}/${expid}`,
    ),
    ...[`/v3/pklinfo/${expid}/0`, `/v3/pkltreeinfo/${expid}/0`, `/v3/logrun/${expid}`, "/v3/running/", "/v3/search/a"],
    ...["/v4/experiments", "/v4/workers", "/health/ready"],
  ];
}

/** A folder that ends with the test's file. */
export function faultFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `faults-${name}-`));
}

/** What may be found in a file's place, besides a file. */
export const ODD_THINGS: Record<string, (path: string) => undefined | Server> = {
  "a pipe that nobody writes": (path) => void execFileSync("mkfifo", [path]),
  "a link to an endless device": (path) => void symlinkSync("/dev/zero", path),
  "a folder": (path) => void mkdirSync(path),
  "a link to itself": (path) => void symlinkSync(path, path),
  "a link to nowhere": (path) => void symlinkSync("/nowhere/at/all", path),
  "a socket": (path) => createServer().listen(path),
  "a file of zeros": (path) => void writeFileSync(path, Buffer.alloc(100_000)),
  "an empty file": (path) => void writeFileSync(path, ""),
};

/** Puts something else in a file's place for the length of `work`. */
export async function replaced<T>(path: string, thing: (path: string) => undefined | Server, work: () => Promise<T>) {
  const kept = `${path}.kept-aside`;
  renameSync(path, kept);
  const server = thing(path);
  try {
    return await work();
  } finally {
    server?.close();
    rmSync(path, { recursive: true, force: true });
    renameSync(kept, path);
  }
}
