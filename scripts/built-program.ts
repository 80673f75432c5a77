import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = join(dirname(fileURLToPath(import.meta.url)), "..");
const tsup = join(repository, "node_modules/tsup/dist/cli-default.js");
const KEPT_MS = 3_600_000;

/**
 * The folder of an app's build, as it is from the present sources, for tests with real threads and processes, which cannot
 * load TypeScript. Made once for all test files that need it.
 * @param app the app's folder, such as `apps/api`
 */
export function builtProgramOf(app: "apps/api" | "apps/workers"): string {
  const folder = join(repository, app);
  // Inside `node_modules`, so that what stays outside the bundle is found from there, and git does not see it.
  const builds = join(folder, "node_modules/.cache/test-builds");
  const finished = join(builds, fingerprintOfSources(app));
  if (existsSync(finished)) return finished;
  mkdirSync(builds, { recursive: true });
  removeOldBuilds(builds);
  const unfinished = `${finished}-${process.pid}`;
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

function fingerprintOfSources(app: string): string {
  const hash = createHash("sha1");
  const packages = readdirSync(join(repository, "packages")).map((name) => join("packages", name, "src"));
  const roots = [`${app}/src`, `${app}/tsup.config.ts`, "pnpm-lock.yaml", ...packages];
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

function removeOldBuilds(builds: string): void {
  for (const name of readdirSync(builds)) {
    const path = join(builds, name);
    if (Date.now() - statSync(path).mtimeMs > KEPT_MS) rmSync(path, { recursive: true, force: true });
  }
}
