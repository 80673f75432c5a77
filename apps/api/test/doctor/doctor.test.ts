import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWorkspace } from "@autosubmit-api/fixtures";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { runCommand } from "../support/run-command.js";

let root: string;
let environment: Record<string, string>;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "api-doctor-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const { configurationFile } = writeWorkspace({ root, experiments: [{ expid: "a000", jobs: 10 }] });
  environment = { AUTOSUBMIT_CONFIGURATION: configurationFile, PROTECTION_LEVEL: "NONE", TZ: "UTC" };
});

/** Findings by subject: their states and details. */
async function examine(variables: Record<string, string> = {}) {
  const { status, stdout, stderr } = await runCommand(["doctor"], root, { ...environment, ...variables });
  expect(stderr).toBe("");
  const found = (subject: string) => stdout.split("\n").find((line) => line.slice(9).startsWith(subject)) ?? "";
  return { status, stdout, found };
}

describe("the doctor", () => {
  test("finds a site that was migrated in order", async () => {
    await runCommand(["migrate"], root, environment);
    const { status, stdout, found } = await examine();
    expect(stdout).toContain("0 problems");
    expect(status).toBe(0);
    expect(found("main database")).toMatch(/^ok .* 1 experiment$/);
    for (const database of ["main", "status", "api", "runners"]) expect(found(`database ${database}`)).toMatch(/^ok /);
    expect(found("workers")).toMatch(/^warning .*no worker has run yet/);
  });

  test("says what to do about settings that are dangerous", async () => {
    const { stdout, found } = await examine({ HOST: "0.0.0.0", AS_API_TRUST_PROXY: "true", SECRET_KEY: "short" });
    expect(found("protection")).toMatch(/^warning /);
    expect(found("proxy headers")).toMatch(/^warning /);
    expect(found("secrets")).toMatch(/^warning .*SECRET_KEY has 5 bytes/);
    expect(stdout).toContain("-> everybody who reaches the port may read");
    expect(stdout).not.toContain("short ");
  });

  test("ends with status 1 for settings that start refuses", async () => {
    const { status, found } = await examine({ PORT: "eighty" });
    expect(status).toBe(1);
    expect(found("settings")).toMatch(/^problem .*PORT must be/);
  });

  test("ends with status 1 for experiments that cannot be reached", async () => {
    writeFileSync(join(root, ".autosubmitrc"), `[local]\npath = ${root}/gone\n[database]\npath = ${root}\n`);
    const { status, found } = await examine();
    expect(status).toBe(1);
    expect(found("experiments")).toMatch(/^problem .*gone cannot be read \(ENOENT\)/);
  });

  test("ends with status 1 for a database that is damaged", async () => {
    await runCommand(["migrate"], root, environment);
    truncateSync(join(root, "autosubmit_api.db"), 5_000);
    const { status, stdout } = await examine();
    expect(status).toBe(1);
    expect(stdout).toMatch(/^problem .*autosubmit_api\.db/m);
  });
});
