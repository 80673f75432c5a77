import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "@autosubmit-api/settings";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config/config.js";
import { temporaryFolder } from "../support/temporary-site.js";

function withFile(yaml: string) {
  const path = join(temporaryFolder(), "settings.yaml");
  writeFileSync(path, yaml);
  return { path, read: () => readConfig({ AS_API_CONFIG_FILE: path }) };
}

describe("readConfig", () => {
  it("goes without a settings file", () => {
    const config = readConfig({ HOME: temporaryFolder(), TZ: "Europe/Madrid" });
    expect(config).toMatchObject({ logLevel: "info", timeZone: "Europe/Madrid", disabled: false, runOnStart: false });
    expect(config.tasks.TASK_POPDET).toEqual({ enabled: true, schedule: null, experimentTimeoutMs: null });
    expect(config.sharing).toEqual({ leaseMs: 60_000, tickMs: 5_000, readers: 2, experimentsPerReader: 8 });
  });

  it("reads the file in the home folder", () => {
    const HOME = temporaryFolder();
    writeFileSync(join(HOME, ".autosubmit_api.yaml"), "BACKGROUND_TASKS: {TASK_POPDET: {ENABLED: false}}");
    expect(readConfig({ HOME }).tasks.TASK_POPDET.enabled).toBe(false);
    expect(readConfig({ HOME, AS_API_CONFIG_FILE: "~/.autosubmit_api.yaml" }).tasks.TASK_POPDET.enabled).toBe(false);
  });

  it("reads intervals, cron expressions and time-outs, and leaves the API's sections alone", () => {
    const { tasks, sharing } = withFile(`
BACKGROUND_TASKS:
  TASK_STTSUPDTR: {INTERVAL: 2, EXPERIMENT_TIMEOUT: 90}
  TASK_POPDET: {CRON: "30 4 * * *"}
  TASK_POPGRPH:
WORKERS: {LEASE: 30, READERS: 4}
RUNNER_CONFIGURATION: {PROFILES: {mine: {RUNNER_TYPE: SSH}}}
`).read();
    expect(tasks).toEqual({
      TASK_STTSUPDTR: { enabled: true, schedule: { kind: "interval", minutes: 2 }, experimentTimeoutMs: 90_000 },
      TASK_POPDET: { enabled: true, schedule: { kind: "cron", expression: "30 4 * * *" }, experimentTimeoutMs: null },
      TASK_POPGRPH: { enabled: true, schedule: null, experimentTimeoutMs: null },
    });
    expect(sharing).toMatchObject({ leaseMs: 30_000, readers: 4, tickMs: 5_000 });
  });

  it.each([
    ["BACKGROUND_TASKS: {TASK_POPDTE: {}}", "BACKGROUND_TASKS.TASK_POPDTE is unknown"],
    ["BACKGROUND_TASKS: {TASK_POPDET: {INTERVALL: 5}}", "BACKGROUND_TASKS.TASK_POPDET.INTERVALL is unknown"],
    [
      "BACKGROUND_TASKS: {TASK_POPDET: {INTERVAL: soon}}",
      'TASK_POPDET.INTERVAL must be a number of minutes greater than 0, not "soon"',
    ],
    [
      "BACKGROUND_TASKS: {TASK_POPDET: {INTERVAL: 0}}",
      "TASK_POPDET.INTERVAL must be a number of minutes greater than 0, not 0",
    ],
    ["BACKGROUND_TASKS: {TASK_POPDET: {ENABLED: maybe}}", 'TASK_POPDET.ENABLED must be true or false, not "maybe"'],
    ["BACKGROUND_TASKS: {TASK_POPDET: {CRON: every day}}", "TASK_POPDET.CRON must be a cron expression"],
    ["BACKGROUND_TASKS: {TASK_POPDET: {CRON: 0 0 30 2 *}}", "TASK_POPDET.CRON must be a cron expression"],
    ["BACKGROUND_TASKS: {TASK_POPDET: {CRON: 0 4 * * *, INTERVAL: 5}}", "TASK_POPDET: give either INTERVAL or CRON"],
    ["BACKGROUND_TASKS: [1]", "BACKGROUND_TASKS must be a mapping"],
    ["WORKERS: {LEASES: 5}", "WORKERS.LEASES is unknown"],
    ["- a\n- b", "the file must be a mapping"],
    ["a: [", "settings.yaml: "],
  ])("names file and key of the mistake in %s", (yaml, message) => {
    const { path, read } = withFile(yaml);
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(message);
    expect(read).toThrow(path);
  });

  it("names the variable of a mistake", () => {
    const HOME = temporaryFolder();
    expect(() => readConfig({ HOME, AS_API_CONFIG_FILE: "/no/such/file" })).toThrow(
      "AS_API_CONFIG_FILE: /no/such/file cannot be read (ENOENT)",
    );
    expect(() => readConfig({ HOME, DISABLE_BACKGROUND_TASKS: "maybe" })).toThrow(
      'DISABLE_BACKGROUND_TASKS must be True or False, not "maybe"',
    );
    expect(() => readConfig({ HOME, LOG_LEVEL: "loud" })).toThrow("LOG_LEVEL must be one of");
    expect(() => readConfig({ HOME, TZ: "Mars/Olympus" })).toThrow("TZ must be the name of a time zone");
  });

  it.each(["True", "T", "true"])("takes %s for true as the reference does", (text) => {
    const config = readConfig({
      HOME: "/nowhere",
      DISABLE_BACKGROUND_TASKS: text,
      RUN_BACKGROUND_TASKS_ON_START: text,
    });
    expect(config).toMatchObject({ disabled: true, runOnStart: true });
  });
});
