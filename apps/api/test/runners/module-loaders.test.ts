import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Command, CommandHost } from "../../src/runners/command-host.js";
import type { ModuleLoaderType } from "../../src/runners/configuration.js";
import {
  checkModules,
  checkSafeRoot,
  loadModules,
  ModulesError,
  resolveModules,
} from "../../src/runners/module-loaders.js";
import { INJECTIONS } from "./injection-corpus.js";

const command: Command = { argv: ["autosubmit", "run", "a000"], stdin: null };
const choice = (loader: ModuleLoaderType, ...modules: string[]) => ({ loader, modules });

let folder: string;
let root: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "module-loaders-")));
  root = join(folder, "safe");
  for (const place of ["safe/venv/bin", "outside/bin", "safe-not/bin", "safe/linked/bin"])
    mkdirSync(join(folder, place), { recursive: true });
  for (const place of ["safe/venv", "outside", "safe-not"]) {
    writeFileSync(join(folder, place, "bin/autosubmit"), "#!/bin/sh\nprintf '%s\\0' \"$@\"\n");
    chmodSync(join(folder, place, "bin/autosubmit"), 0o755);
  }
  symlinkSync(join(folder, "outside"), join(root, "escape"));
  symlinkSync(join(root, "venv"), join(folder, "entrance"));
  symlinkSync(join(folder, "outside/bin/autosubmit"), join(root, "linked/bin/autosubmit"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** This machine, as far as looking up paths goes. */
const host: Pick<CommandHost, "run"> = {
  run: async ({ argv: [program, ...words] }) => {
    const { status, stdout, stderr } = spawnSync(program, words, { encoding: "utf8" });
    return { exitCode: status, signal: null, stdout, stderr, truncated: false, timedOut: false };
  },
};

describe("what a loader takes", () => {
  test.each<[ModuleLoaderType, string[]]>([
    ["NO_MODULE", []],
    ["LMOD", ["autosubmit"]],
    ["LMOD", ["autosubmit/4.1.17-foss-2021b", "Python/3.11", "spack@0.21", "gcc:12", "libstdc++"]],
    ["CONDA", ["autosubmit-4.1"]],
    ["CONDA", ["/opt/conda/envs/autosubmit"]],
    ["VENV", ["/opt/environments/with a blank"]],
  ])("%s takes %j", (loader, modules) => {
    expect(() => checkModules({ loader, modules })).not.toThrow();
  });

  test.each<[ModuleLoaderType, string[]]>([
    ["LMOD", []],
    ["LMOD", ["/tmp/modulefile"]],
    ["LMOD", ["autosubmit/../../../tmp/modulefile"]],
    ["LMOD", ["./modulefile"]],
    ["LMOD", ["a//b"]],
    ["LMOD", ["-autosubmit"]],
    ["LMOD", [""]],
    ["LMOD", ["a b"]],
    ["LMOD", Array.from({ length: 65 }, (_, index) => `m${index}`)],
    ["CONDA", []],
    ["CONDA", ["a", "b"]],
    ["CONDA", ["-n"]],
    ["CONDA", ["../envs/a"]],
    ["CONDA", ["/opt/conda/envs/../a"]],
    ["VENV", []],
    ["VENV", ["relative"]],
    ["VENV", ["~/venv"]],
    ["VENV", ["/opt/../etc"]],
    ["VENV", ["/opt/./venv"]],
    ["VENV", ["/opt/a\nb"]],
    ["VENV", ["/opt/a", "/opt/b"]],
  ])("%s refuses %j", (loader, modules) => {
    expect(() => checkModules({ loader, modules })).toThrow(ModulesError);
    expect(() => loadModules({ loader, modules }, command)).toThrow(ModulesError);
  });

  test("what is refused is shown shortened and escaped", () => {
    expect(() => checkModules(choice("LMOD", `\u001b${"x".repeat(500)}`))).toThrow(/^"\\u001bx{79}…" is not the name/);
  });
});

describe("the command in its environment", () => {
  test("NO_MODULE leaves it as it is", () => {
    expect(loadModules(choice("NO_MODULE"), command)).toBe(command);
  });

  test.each<ModuleLoaderType>(["VENV", "CONDA"])(
    "%s with a folder runs the program in it, without a shell",
    (loader) => {
      const loaded = loadModules(choice(loader, "/opt/env"), { argv: ["autosubmit", "$(x)"], stdin: "y\n" });
      expect(loaded).toEqual({ argv: ["/opt/env/bin/autosubmit", "$(x)"], stdin: "y\n" });
    },
  );

  test("LMOD runs one login shell, which hands over every word unchanged", () => {
    expect(runWith('module() { echo "module $*" >>LOG; }', choice("LMOD", "a/1", "b"), TEXTS)).toEqual({
      words: TEXTS,
      log: "module load a/1 b\n",
    });
  });

  test("LMOD does not run the command when a module cannot be loaded", () => {
    expect(runWith("module() { return 1; }", choice("LMOD", "a"), ["x"]).words).toEqual([]);
  });

  test("CONDA with a name activates the environment and hands over every word unchanged", () => {
    const conda = `conda() { :; }; CONDA_EXE=$HOME/conda`;
    expect(runWith(conda, choice("CONDA", "as-4.1"), TEXTS)).toEqual({
      words: TEXTS,
      log: "conda shell.posix activate as-4.1\nactivated\n",
    });
  });

  test("CONDA does not run the command when the environment cannot be activated, or conda is not there", () => {
    expect(runWith("CONDA_EXE=/bin/false", choice("CONDA", "a"), ["x"]).words).toEqual([]);
    expect(runWith("", choice("CONDA", "a"), ["x"]).words).toEqual([]);
  });
});

const TEXTS = INJECTIONS.map(({ text }) => text).filter(
  (text) => !text.includes("\0") && !/\p{Surrogate}/u.test(text) && text.length < 10_000,
);

/** Runs a loaded command in a home folder whose login profile is `profile`; what the program was given, and the log. */
function runWith(profile: string, modules: ReturnType<typeof choice>, words: readonly string[]) {
  const home = mkdtempSync(join(folder, "home-"));
  const log = join(home, "log");
  writeFileSync(log, "");
  writeFileSync(join(home, ".bash_profile"), `${profile.replaceAll("LOG", log)}\n`);
  writeFileSync(join(home, "conda"), `#!/bin/sh\necho "conda $*" >>${log}\necho "echo activated >>${log}"\n`);
  chmodSync(join(home, "conda"), 0o755);
  const dump = join(root, "venv/bin/autosubmit");
  const { argv } = loadModules(modules, { argv: [dump, ...words], stdin: null });
  const [program, ...rest] = argv;
  const { stdout } = spawnSync(program, rest, { cwd: home, env: { HOME: home, PATH: "/usr/bin:/bin" } });
  const log_ = execFileSync("cat", [log], { encoding: "utf8" });
  return { words: stdout.toString().split("\0").slice(0, -1), log: log_ };
}

describe("the safe root", () => {
  const resolved = (...modules: string[]) =>
    resolveModules(choice("VENV", ...modules), { safeRoot: root }, host, "autosubmit");

  test("names are not looked up", async () => {
    const named = choice("CONDA", "autosubmit");
    expect(await resolveModules(named, { safeRoot: null }, host, "autosubmit")).toBe(named);
  });

  test("a folder inside is taken, also through a link from elsewhere", async () => {
    const expected = choice("VENV", join(root, "venv"));
    expect(await resolved(join(root, "venv"))).toEqual(expected);
    expect(await resolved(join(folder, "entrance"))).toEqual(expected);
  });

  test.each(["escape", "linked", "../outside", "../safe-not", ".", "missing"])("%s is refused", async (name) => {
    await expect(resolved(`${root}/${name}`)).rejects.toThrow(ModulesError);
  });

  test("a folder outside, or with a root's name as its beginning, is refused", async () => {
    await expect(resolved(join(folder, "outside"))).rejects.toThrow(/lies outside/);
    await expect(resolved(join(folder, "safe-not"))).rejects.toThrow(/lies outside/);
  });

  test("no folder is taken where no root is configured", async () => {
    await expect(
      resolveModules(choice("VENV", join(root, "venv")), { safeRoot: null }, host, "autosubmit"),
    ).rejects.toThrow(/SAFE_ROOT_PATH/);
    expect(() => checkSafeRoot(choice("CONDA", "/opt/env"), { safeRoot: null })).toThrow(/SAFE_ROOT_PATH/);
  });

  test("what is plainly outside is refused without asking the host", () => {
    expect(() => checkSafeRoot(choice("VENV", "/opt/env"), { safeRoot: "/opt/envs" })).toThrow(ModulesError);
    expect(() => checkSafeRoot(choice("VENV", "/opt/envs"), { safeRoot: "/opt/envs" })).toThrow(ModulesError);
    expect(() => checkSafeRoot(choice("VENV", "/opt/envs/a"), { safeRoot: "/opt/envs/" })).not.toThrow();
    expect(() => checkSafeRoot(choice("VENV", "/a"), { safeRoot: "/" })).not.toThrow();
  });
});
