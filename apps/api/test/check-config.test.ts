import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWorkspace } from "@autosubmit-api/fixtures";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "./support/run-command.js";

let root: string;
let environment: Record<string, string>;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "api-check-config-"));
  const { configurationFile } = writeWorkspace({ root, experiments: [{ expid: "a000", jobs: 10 }] });
  writeFileSync(join(root, ".env"), "PORT=8099\nAS_API_ROOT_PATH=/from-file\nSECRET_KEY=hush-file\n");
  environment = { AUTOSUBMIT_CONFIGURATION: configurationFile, PROTECTION_LEVEL: "NONE" };
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const lineOf = (stdout: string, variable: string) =>
  stdout
    .split("\n")
    .find((line) => line.startsWith(`${variable} `))
    ?.split(/\s{2,}/);

describe("check-config", () => {
  test("tells what holds and where it comes from, in the units of the variables", async () => {
    const given = { ...environment, AS_API_ROOT_PATH: "/given", AS_API_RENDER_TIMEOUT_SECONDS: "600" };
    const { status, stdout, stderr } = await runCommand(["check-config", "--host", "::1"], root, given);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(lineOf(stdout, "HOST")).toEqual(["HOST", "::1", "option"]);
    expect(lineOf(stdout, "PORT")).toEqual(["PORT", "8099", ".env file"]);
    expect(lineOf(stdout, "AS_API_ROOT_PATH")).toEqual(["AS_API_ROOT_PATH", "/given", "environment"]);
    expect(lineOf(stdout, "AS_API_RENDER_TIMEOUT_SECONDS")?.slice(1)).toEqual(["600", "environment"]);
    expect(lineOf(stdout, "AS_API_SHUTDOWN_TIMEOUT_SECONDS")?.slice(1)).toEqual(["10", "default"]);
    expect(lineOf(stdout, "AS_API_SOURCE_CACHE_MB")?.slice(1)).toEqual(["512", "default"]);
    expect(stdout).toContain(environment.AUTOSUBMIT_CONFIGURATION);
  });

  test("says only that secrets are set", async () => {
    const { stdout } = await runCommand(["check-config"], root, { ...environment, AS_API_SECRET_TOKEN: "hush-given" });
    expect(lineOf(stdout, "SECRET_KEY")).toEqual(["SECRET_KEY", "set", ".env file"]);
    expect(lineOf(stdout, "AS_API_SECRET_TOKEN")).toEqual(["AS_API_SECRET_TOKEN", "set", "environment"]);
    expect(stdout).not.toContain("hush");
  });

  test("points at names that nothing reads", async () => {
    const { status, stdout } = await runCommand(["check-config"], root, { ...environment, AS_API_RENDER_THREAD: "2" });
    expect(status).toBe(0);
    expect(stdout).toContain("AS_API_RENDER_THREAD is set, but nothing reads it; is AS_API_RENDER_THREADS meant?");
  });

  test.each([
    [{ PORT: "eighty" }, "PORT must be a whole number"],
    [{ AUTOSUBMIT_CONFIGURATION: "/etc" }, "/etc"],
    [{ AS_API_CONFIG_FILE: "/nowhere.yaml" }, "AS_API_CONFIG_FILE: /nowhere.yaml cannot be read (ENOENT)"],
    [{ AS_API_METRICS: "token" }, "AS_API_METRICS_TOKEN is not set"],
  ])("refuses %j in one line", async (wrong, reason) => {
    const { status, stderr } = await runCommand(["check-config"], root, { ...environment, ...wrong });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^autosubmit-api: [^\n]+\n$/);
    expect(stderr).toContain(reason);
  });
});
