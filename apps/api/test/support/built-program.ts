import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const apiFolder = fileURLToPath(new URL("../..", import.meta.url));
const repository = join(apiFolder, "../..");
/** Inside `node_modules`, so that what stays outside the bundle is found from there, and git does not see it. */
const builds = join(apiFolder, "node_modules/.cache/test-builds");
const tsup = join(repository, "node_modules/tsup/dist/cli-default.js");
const run = promisify(execFile);
const KEPT_MS = 3_600_000;

/**
 * The folder of this app's build, as it is from the present sources: made once for all test files that need it, since
 * threads cannot load TypeScript.
 */
export async function builtProgram(): Promise<string> {
  const folder = join(builds, fingerprintOfSources());
  if (existsSync(folder)) return folder;
  mkdirSync(builds, { recursive: true });
  removeOldBuilds();
  const unfinished = `${folder}-${process.pid}`;
  await run(process.execPath, [tsup, "--out-dir", unfinished, "--silent"], { cwd: apiFolder });
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another test file's process was faster with the same sources.
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

function fingerprintOfSources(): string {
  const hash = createHash("sha1");
  const roots = ["apps/api/src", "apps/api/tsup.config.ts", "pnpm-lock.yaml"].map((path) => join(repository, path));
  const packages = readdirSync(join(repository, "packages")).map((name) => join(repository, "packages", name, "src"));
  for (const root of [...roots, ...packages]) for (const file of filesBelow(root)) hash.update(file);
  return hash.digest("hex").slice(0, 16);
}

function filesBelow(path: string): string[] {
  const found = statSync(path);
  if (!found.isDirectory()) return [`${path} ${found.size} ${found.mtimeMs}\n`];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

function removeOldBuilds(): void {
  for (const name of readdirSync(builds)) {
    const path = join(builds, name);
    if (Date.now() - statSync(path).mtimeMs > KEPT_MS) rmSync(path, { recursive: true, force: true });
  }
}
