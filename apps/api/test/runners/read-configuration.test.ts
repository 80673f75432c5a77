import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CommandRefusal } from "../../src/runners/command-refusal.js";
import { completeProfile } from "../../src/runners/complete-profile.js";
import { checkSafeRoot, ModulesError } from "../../src/runners/module-loaders.js";
import { readRunnerConfiguration } from "../../src/runners/read-configuration.js";

const read = (profile: object, loader: object) =>
  readRunnerConfiguration(
    {
      path: "settings.yaml",
      sections: {
        RUNNER_CONFIGURATION: { PROFILES: { HERE: { RUNNER_TYPE: "LOCAL", ...profile } } },
        RUNNERS: { LOCAL: { MODULE_LOADERS: loader } },
      },
    },
    { home: "/home/as", agentSocket: null },
  );
const request = (modules: string) => ({
  ...{ runnerType: null, moduleLoader: null, modules },
  ssh: { host: null, username: null, port: null },
});

test.each(["CONDA", "VENV"] as const)("folders of %s have a safe root, as it is written", (loader) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "runner-settings-")));
  mkdirSync(join(folder, "real"));
  symlinkSync(join(folder, "real"), join(folder, "linked"));
  const root = join(folder, "linked");
  const configuration = read({ MODULE_LOADER_TYPE: loader }, { [loader]: { SAFE_ROOT_PATH: root } });
  rmSync(folder, { recursive: true });
  const { safeRoot } = configuration.local.moduleLoaders[loader];
  expect(safeRoot).toBe(root);
  const chosen = (path: string) => completeProfile(configuration, "HERE", request(path)).environment;
  expect(() => checkSafeRoot(chosen(`${root}/env`), { safeRoot })).not.toThrow();
  for (const path of ["/env", `${root}-not/env`, root, `${root}/`, "//", "/"])
    expect(() => checkSafeRoot(chosen(path), { safeRoot })).toThrow(ModulesError);
  for (const path of [`${root}/../env`, `${root}/a\nb`, "~/env", "./env"])
    expect(() => chosen(path)).toThrow(CommandRefusal);
});

test.each(["CONDA", "VENV"] as const)("without a safe root users choose no folder for %s", (loader) => {
  const configuration = read({ MODULE_LOADER_TYPE: loader }, {});
  const { environment, userChoseModules } = completeProfile(configuration, "HERE", request("/env"));
  expect(userChoseModules).toBe(true);
  const { safeRoot } = configuration.local.moduleLoaders[loader];
  expect(() => checkSafeRoot(environment, { safeRoot })).toThrow(/SAFE_ROOT_PATH/);
});

test.each(["CONDA", "VENV"] as const)(
  "a profile's folder for %s outside of the safe root stops the start",
  (loader) => {
    const profile = { MODULE_LOADER_TYPE: loader, MODULES: "/srv/env" };
    expect(() => read(profile, { [loader]: { SAFE_ROOT_PATH: "/opt" } })).toThrow(
      /PROFILES.HERE.MODULES: "\/srv\/env" lies outside/,
    );
    expect(() => read(profile, { [loader]: { SAFE_ROOT_PATH: "/srv" } })).not.toThrow();
    expect(() => read(profile, {})).not.toThrow();
  },
);

test("other loaders have no safe root: it would be without effect", () => {
  expect(() => read({}, { LMOD: { SAFE_ROOT_PATH: "/opt" } })).toThrow(/LMOD.SAFE_ROOT_PATH is unknown/);
});

test("a mistake names file and key", () => {
  expect(() => read({}, { VENV: { ENABELD: true } })).toThrow(
    "settings.yaml: RUNNERS.LOCAL.MODULE_LOADERS.VENV.ENABELD is unknown",
  );
});
