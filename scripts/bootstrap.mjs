// Makes a fresh clone ready to run: the pinned pnpm, the dependencies of the lock file, the builds.
// Needs Node and npm only. Each step is skipped when its result is already there.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const pnpm = join(root, "tools/pnpm/node_modules/pnpm/bin/pnpm.cjs");
const installStamp = join(root, "node_modules/.installed-for");
const OLDEST_NODE = [20, 19];

/** Ends the process with one plain line. */
export function giveUp(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

/** Runs a program with its output shown; resolves to its exit status. Never through a shell. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], ...options });
    child.on("error", reject);
    child.on("close", (status, signal) => resolve(signal ? 128 : status));
  });
}

/** The environment for tools that would otherwise report home or ask questions; turbo looks for pnpm on the path. */
export const quietEnvironment = {
  ...process.env,
  PATH: [join(root, "tools/pnpm/node_modules/.bin"), process.env.PATH].join(delimiter),
  TURBO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
  CI: "true",
};

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const tooOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  if (tooOld) giveUp(`Node ${OLDEST_NODE.join(".")} or newer is needed; this is ${process.versions.node}.`);
}

/** npm itself, as a Node program where npm started us, so that no shell is needed to find it. */
function npmCommand() {
  const script = process.env.npm_execpath;
  return script?.endsWith(".js") ? [process.execPath, [script]] : ["npm", []];
}

async function installPnpm() {
  const wanted = JSON.parse(readFileSync(join(root, "tools/pnpm/package.json"), "utf8")).dependencies.pnpm;
  const manifest = join(root, "tools/pnpm/node_modules/pnpm/package.json");
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).version === wanted) return;
  console.log(`Installing pnpm ${wanted} into tools/pnpm …`);
  const [program, args] = npmCommand();
  const status = await run(program, [
    ...args,
    "ci",
    "--prefix",
    join(root, "tools/pnpm"),
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ]);
  if (status !== 0) giveUp("pnpm could not be installed: is the npm registry reachable?");
}

/** Manifests that decide what must be installed, and what a native module was built for. */
function installFingerprint() {
  const hash = createHash("sha256");
  const folders = ["apps", "packages"].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(parent, name)),
  );
  const files = ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"];
  for (const folder of [...folders, "fixtures", "bench"]) files.push(join(folder, "package.json"));
  for (const file of files.filter((name) => existsSync(join(root, name)))) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return `${hash.digest("hex")} ${process.platform}-${process.arch}-abi${process.versions.modules}\n`;
}

/** better-sqlite3 is compiled at install time; this tells early, and in words, when that did not work. */
function nativeModulesLoad() {
  try {
    const load = createRequire(join(root, "packages/db/package.json"));
    new (load("better-sqlite3"))(":memory:").close();
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

async function installDependencies() {
  const fingerprint = installFingerprint();
  if (existsSync(installStamp) && readFileSync(installStamp, "utf8") === fingerprint) return;
  console.log("Installing dependencies (the first time compiles SQLite: about a minute) …");
  const status = await run(process.execPath, [pnpm, "install", "--frozen-lockfile", "--reporter=append-only"], {
    env: quietEnvironment,
  });
  if (status !== 0) giveUp("Dependencies could not be installed; the lines above say why.");
  if (!nativeModulesLoad()) {
    giveUp(
      "better-sqlite3 does not load: install python3, make and g++ (Debian: apt-get install python3 make g++), delete node_modules and try again.",
    );
  }
  mkdirSync(dirname(installStamp), { recursive: true });
  writeFileSync(installStamp, fingerprint);
}

/** Everything that must be there before anything of this repository can be built or tested. */
export async function prepareTools() {
  checkNode();
  await installPnpm();
  await installDependencies();
}

/** Runs a program that a dependency of the root package provides. */
export function runTool(name, args, options = {}) {
  return run(process.execPath, [pnpm, "exec", name, ...args], { env: quietEnvironment, ...options });
}

/** Builds what changed since the last build. */
export async function build() {
  console.log("Building …");
  const status = await runTool("turbo", ["run", "build", "--output-logs=errors-only", "--log-order=grouped"]);
  if (status !== 0) giveUp("The build failed; the lines above say where.");
}
