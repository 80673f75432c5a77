// Packs the built package as it would be published and checks the tarball: publint, attw, what its code and its types
// import, and that it works where it is installed. Needs `dist`; asks no registry.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packageFolder = join(dirname(fileURLToPath(import.meta.url)), "..");
const root = join(packageFolder, "../..");
const pnpm = join(root, "tools/pnpm/node_modules/pnpm/bin/pnpm.cjs");
const IMPORT = /(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*["']([^"'.][^"']*)["']/g;

/** Runs a program, shows its output when it fails, and gives what it printed. */
function run(title, program, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: "utf8",
    cwd: packageFolder,
    ...options,
  });
  if (status === 0) {
    console.log(`ok   ${title}`);
    return stdout;
  }
  console.error(`FAIL ${title}\n${error?.message ?? ""}${stdout}${stderr}`);
  process.exit(1);
}

function check(title, problems) {
  if (problems.length > 0) {
    console.error(`FAIL ${title}\n${problems.join("\n")}`);
    process.exit(1);
  }
  console.log(`ok   ${title}`);
}

/** Packages that the files of a folder import, as `file: package`. */
function importsOf(folder, ending) {
  const files = readdirSync(folder).filter((name) => name.endsWith(ending));
  return files.flatMap((name) =>
    [...readFileSync(join(folder, name), "utf8").matchAll(IMPORT)].map(([, specifier]) => ({ name, specifier })),
  );
}

function packageName(specifier) {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

const work = mkdtempSync(join(tmpdir(), "autosubmit-reader-package-"));
try {
  run("pack", process.execPath, [pnpm, "pack", "--pack-destination", work]);
  const tarball = join(work, readdirSync(work).find((name) => name.endsWith(".tgz")) ?? "none");
  run("publint", process.execPath, [join(root, "node_modules/publint/src/cli.js"), tarball, "--strict"]);
  const attw = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
  run("attw", process.execPath, [attw, tarball, "--profile", "esm-only"]);

  // Installed as npm would: its own files from the tarball, its dependencies beside it.
  const installed = join(work, "node_modules/autosubmit-reader");
  mkdirSync(installed, { recursive: true });
  run("unpack", "tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const dependencies = Object.keys(manifest.dependencies ?? {});
  for (const name of dependencies) {
    const place = join(work, "node_modules", name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(packageFolder, "node_modules", name), place);
  }

  const dist = join(installed, "dist");
  const known = new Set([...builtinModules, ...dependencies]);
  const unknown = importsOf(dist, ".js").filter(
    ({ specifier }) => !specifier.startsWith("node:") && !known.has(packageName(specifier)),
  );
  check(
    "code imports declared dependencies only",
    unknown.map(({ name, specifier }) => `${name}: ${specifier}`),
  );
  // Whoever uses the package has @types/node at most.
  const typed = importsOf(dist, ".d.ts").filter(({ specifier }) => !specifier.startsWith("node:"));
  check(
    "types import nothing",
    typed.map(({ name, specifier }) => `${name}: ${specifier}`),
  );

  const script = "import { openSite } from 'autosubmit-reader'; console.log(typeof openSite);";
  run("import", process.execPath, ["--input-type=module", "-e", script], { cwd: work });
  run("command", process.execPath, [join(installed, manifest.bin["autosubmit-reader"]), "--help"], { cwd: work });
} finally {
  rmSync(work, { recursive: true, force: true });
}
