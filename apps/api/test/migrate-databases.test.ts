import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { writeWorkspace } from "@autosubmit-api/fixtures";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { builtProgram } from "./support/built-program.js";

let cli: string;
beforeAll(async () => {
  cli = join(await builtProgram(), "cli.js");
}, 60_000);

const conformance = resolve(import.meta.dirname, "../../../../shared/conformance");

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "api-migrate-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function run(args: string[], configurationFile: string) {
  const program = `import(${JSON.stringify(`file://${cli}`)}).then(({ main }) => main(${JSON.stringify(args)}))`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH ?? "", HOME: "/nowhere", AUTOSUBMIT_CONFIGURATION: configurationFile },
    encoding: "utf8",
  });
  return { status, lines: stdout.split("\n").filter(Boolean), stderr };
}

const databasesOf = (root: string) => readdirSync(root).filter((name) => name.endsWith(".db"));

/** What every site must show: a check changes nothing, a migration is done once. */
function expectMigration(root: string, configurationFile: string): void {
  const before = databasesOf(root).map((name) => [name, statSync(join(root, name)).mtimeMs]);
  const check = run(["migrate", "--check"], configurationFile);
  expect(check).toMatchObject({ status: 1, stderr: "" });
  expect(check.lines).toHaveLength(5);
  expect(check.lines.filter((line) => line.includes(": would "))).not.toEqual([]);
  expect(databasesOf(root).map((name) => [name, statSync(join(root, name)).mtimeMs])).toEqual(before);

  const done = run(["migrate"], configurationFile);
  expect(done).toMatchObject({ status: 0, stderr: "" });
  expect(done.lines).toEqual(check.lines.map((line) => line.replace(": would ", ": done: ")));
  for (const args of [["migrate"], ["migrate", "--check"]]) {
    const again = run(args, configurationFile);
    expect(again).toMatchObject({ status: 0, stderr: "" });
    expect(again.lines.every((line) => line.endsWith(": up to date"))).toBe(true);
  }
}

describe("autosubmit-api migrate", { timeout: 60_000 }, () => {
  test("brings a new site up to date, once, and says what it does to which database", () => {
    const { root, configurationFile } = writeWorkspace({ root: temporaryFolder(), experiments: [{ expid: "a000" }] });
    expectMigration(root, configurationFile);
    expect(databasesOf(root)).toEqual(expect.arrayContaining(["api_runners.db", "autosubmit_api.db"]));
  });

  test.skipIf(!existsSync(conformance)).each(["reference", "synthetic"])("adopts the databases of %s", async (name) => {
    const { prepareWorkspace } = await import(pathToFileURL(join(conformance, "prepare.mjs")).href);
    const root: string = await prepareWorkspace(name, join(temporaryFolder(), "site"));
    expectMigration(root, join(root, ".autosubmitrc"));
  });

  test("without a main database, one line tells so", () => {
    const { root, configurationFile } = writeWorkspace({ root: temporaryFolder(), experiments: [] });
    rmSync(join(root, "autosubmit.db"));
    const { status, lines, stderr } = run(["migrate"], configurationFile);
    expect({ status, lines }).toEqual({ status: 1, lines: [] });
    expect(stderr).toMatch(/^autosubmit-api: There is no Autosubmit database .*\n$/);
    expect(existsSync(join(root, "autosubmit_api.db"))).toBe(false);
  });

  test("takes no options of start, nor start its own", () => {
    expect(run(["migrate", "--port", "1"], "/nowhere")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("migrate does not take --port"),
    });
    expect(run(["start", "--check"], "/nowhere")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("start does not take --check"),
    });
  });
});
