// npm run bundle: a folder for each app that holds everything it needs but Node, packed into dist-bundles. The native
// modules are those of this machine: a bundle runs on the same system, processor and Node major version.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, giveUp, prepareTools, quietEnvironment, root, run } from "./bootstrap.mjs";

const pnpm = join(root, "tools/pnpm/node_modules/pnpm/bin/pnpm.cjs");
const APPS = ["api", "workers"];
const target = `${process.platform}-${process.arch}-node${process.versions.node.split(".")[0]}`;

/** Never needed to run: what compiling left behind, a database that only tests use, and types. */
const LEFT_OUT = [/^@electric-sql\+/, /^@types\+/];
const COMPILER_OUTPUT = ["obj", "obj.target", "sqlite3.a", "test_extension.node"];

/** @returns the folder, ready to be packed */
async function makeFolder(app, into) {
  const { name, version } = JSON.parse(readFileSync(join(root, "apps", app, "package.json"), "utf8"));
  const folder = join(into, `autosubmit-${app}-${version}`);
  const args = [
    "--filter",
    name,
    "--prod",
    "--prefer-offline",
    "--config.inject-workspace-packages=true",
    "deploy",
    folder,
  ];
  // Its own output only when it fails: progress bars of pnpm help nobody here.
  const status = await run(process.execPath, [pnpm, "--loglevel=error", ...args], { env: quietEnvironment });
  if (status !== 0) giveUp(`The dependencies of ${name} could not be gathered; the lines above say why.`);
  leaveOut(folder);
  for (const [from, to] of [
    ["LICENSE", "LICENSE"],
    ["deploy", "deploy"],
    ["docs/operations.md", "docs/operations.md"],
  ])
    cpSync(join(root, from), join(folder, to), { recursive: true });
  writeFileSync(join(folder, "BUNDLE"), `${name} ${version} for ${target}\n`);
  return { folder, file: `autosubmit-${app}-${version}-${target}.tar.gz` };
}

function leaveOut(folder) {
  const store = join(folder, "node_modules/.pnpm");
  for (const entry of readdirSync(store)) {
    if (LEFT_OUT.some((pattern) => pattern.test(entry))) rmSync(join(store, entry), { recursive: true });
    if (!entry.startsWith("better-sqlite3@")) continue;
    const release = join(store, entry, "node_modules/better-sqlite3/build/Release");
    for (const name of COMPILER_OUTPUT) rmSync(join(release, name), { recursive: true, force: true });
  }
}

/** The same bytes for the same content, as far as tar can tell. */
async function pack({ folder, file }, into, destination) {
  const path = join(destination, file);
  const same = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0"];
  const status = await run("tar", [
    "--create",
    "--gzip",
    "--file",
    path,
    ...same,
    "--directory",
    into,
    folder.slice(into.length + 1),
  ]);
  if (status !== 0) giveUp(`${file} could not be packed.`);
  const digest = createHash("sha256").update(readFileSync(path)).digest("hex");
  writeFileSync(`${path}.sha256`, `${digest}  ${file}\n`);
  console.log(path);
}

const destination = process.argv[2] ?? join(root, "dist-bundles");
await prepareTools();
await build();
if (!existsSync(destination)) mkdirSync(destination, { recursive: true });
const into = mkdtempSync(join(tmpdir(), "bundle-"));
try {
  for (const app of APPS) await pack(await makeFolder(app, into), into, destination);
} finally {
  rmSync(into, { recursive: true, force: true });
}
