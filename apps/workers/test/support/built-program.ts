import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../..", import.meta.url));
const repository = join(folder, "../..");
/** Inside `node_modules`, so that what stays outside the bundle is found from there, and git does not see it. */
const builds = join(folder, "node_modules/.cache/test-builds");
const KEPT_MS = 3_600_000;

/**
 * The folder of the workers' build from the present sources, for tests with real processes: made once for all test files
 * that need it.
 */
export function builtProgram(): string {
  const finished = join(builds, fingerprintOfSources());
  if (existsSync(finished)) return finished;
  mkdirSync(builds, { recursive: true });
  for (const name of readdirSync(builds)) {
    const path = join(builds, name);
    if (Date.now() - statSync(path).mtimeMs > KEPT_MS) rmSync(path, { recursive: true, force: true });
  }
  const unfinished = `${finished}-${process.pid}`;
  const tsup = join(repository, "node_modules/tsup/dist/cli-default.js");
  execFileSync(process.execPath, [tsup, "--silent", "--out-dir", unfinished], { cwd: folder });
  try {
    renameSync(unfinished, finished);
  } catch (error) {
    // Another test file's process was faster with the same sources.
    if (!existsSync(finished)) throw error;
    rmSync(unfinished, { recursive: true, force: true });
  }
  return finished;
}

function fingerprintOfSources(): string {
  const hash = createHash("sha1");
  const packages = readdirSync(join(repository, "packages")).map((name) => join("packages", name, "src"));
  const roots = ["apps/workers/src", "apps/workers/tsup.config.ts", "pnpm-lock.yaml", ...packages];
  for (const root of roots) for (const file of filesBelow(join(repository, root))) hash.update(file);
  return hash.digest("hex").slice(0, 16);
}

function filesBelow(path: string): string[] {
  const found = statSync(path);
  if (!found.isDirectory()) return [`${path} ${found.size} ${found.mtimeMs}\n`];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}
