import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testExperiments, writeWorkspace } from "@autosubmit-api/fixtures";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../../src/cli/run-cli.js";

let root = "";
let configurationFile = "";

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "autosubmit-reader-cli-"));
  ({ configurationFile } = writeWorkspace({ root, seed: 1, experiments: testExperiments() }));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const cli = (...args: string[]) => cliIn(root, ...args);

async function cliIn(folder: string, ...args: string[]) {
  let output = "";
  let errors = "";
  const status = await runCli(args, {
    environment: { HOME: folder },
    workingDirectory: folder,
    write: (text) => {
      output += text;
    },
    writeError: (text) => {
      errors += text;
    },
  });
  return { status, output, errors };
}
const withConfiguration = (...args: string[]) => cli(...args, "--config", configurationFile);

describe("the command line", () => {
  test("help is printed on request and when nothing is asked", async () => {
    for (const args of [["--help"], ["-h"], [], ["jobs", "--help"]]) {
      expect(await cli(...args)).toMatchObject({ status: 0, errors: "", output: expect.stringContaining("Usage:") });
    }
  });

  test.each([
    [["jbos"], "There is no command 'jbos'"],
    [["jobs"], "'jobs' needs the name of an experiment"],
    [["jobs", "a000", "a001"], "'a001' is one too many"],
    [["jobs", "a000", "--jsno"], "--jsno"],
    [["doctor", "--json"], "'doctor' has no --json"],
    [["jobs", "a000", "--config"], "--config"],
  ])("%j is not understood: status 2", async (args, named) => {
    expect(await cli(...args)).toMatchObject({ status: 2, output: "", errors: expect.stringContaining(named) });
  });

  test("what cannot be read is one plain line and status 1", async () => {
    for (const args of [
      ["jobs", "zzzz"],
      ["jobs", "../a000"],
      ["jobs", "tnil"],
    ]) {
      const { status, output, errors } = await withConfiguration(...args);
      expect([status, output]).toEqual([1, ""]);
      expect(errors).toMatch(/^autosubmit-reader: .+\n$/);
    }
    expect(await cli("jobs", "a000", "--config", "none.rc")).toMatchObject({
      status: 1,
      errors: expect.stringContaining("none.rc does not exist"),
    });
  });
});

describe("jobs", () => {
  test("a table, and a line of counts that add up", async () => {
    const { status, output, errors } = await withConfiguration("jobs", "t4117");
    expect([status, errors]).toEqual([0, ""]);
    const lines = output.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^NAME +STATUS +SECTION +DATE +MEMBER +CHUNK +SPLIT +ID$/);
    expect(lines.at(-1)).toMatch(/^\d+ jobs \(.*\d+ COMPLETED.*\), format dict$/);
    const counts = [...(lines.at(-1) ?? "").matchAll(/(\d+) [A-Z]/g)].map(([, count]) => Number(count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(lines.length - 2);
  });

  test("--json prints the whole list", async () => {
    const { status, output } = await withConfiguration("jobs", "t420", "--json");
    expect(status).toBe(0);
    const list = JSON.parse(output);
    expect(Object.keys(list).sort()).toEqual(["edges", "expid", "format", "jobs", "modifiedAt", "path", "problems"]);
    expect(list).toMatchObject({ expid: "t420", format: "table", problems: [] });
  });

  test("control characters in names cannot reach the terminal", async () => {
    const path = join(root, "t420/db/job_list.db");
    const database = new Database(path);
    database.exec("UPDATE jobs SET section = 'A' || char(27) || '[2J' WHERE name = (SELECT name FROM jobs LIMIT 1)");
    database.close();
    const { output } = await withConfiguration("jobs", "t420");
    expect(output).not.toContain("\u001b");
    expect(output).toContain("A\\x1b[2J");
  });
});

describe("doctor", () => {
  test("a site: one line per source", async () => {
    const { status, output } = await withConfiguration("doctor");
    expect(status).toBe(0);
    expect(output).toMatch(/^ok +site configuration +.*\.autosubmitrc$/m);
    expect(output).toMatch(/^ok +main database +\d+ experiments$/m);
    expect(output).toMatch(/^Nothing is broken\.$/m);
  });

  test.each(testExperiments().filter(({ damage }) => damage === undefined))(
    "$expid ($description) is well",
    async ({ expid }) => {
      const { status, output, errors } = await withConfiguration("doctor", expid);
      expect({ output, errors, status }).toMatchObject({ status: 0, errors: "" });
      expect(output).toMatch(/^ok +job list +\d+ jobs, /m);
      expect(output).toMatch(/^ok +configuration +(ini|yaml), \d+ job sections/m);
    },
  );

  test("without any configuration the site is broken, and it says where it looked", async () => {
    const { status, output, errors } = await cliIn(join(root, "metadata"), "doctor");
    expect(status).toBe(1);
    expect(errors).toContain("warning: No configuration was found in");
    expect(output).toMatch(/^broken +main database +There is no main database/m);
  });

  test("what is broken is told in its line, the rest is still looked at: status 1", async () => {
    const site = mkdtempSync(join(tmpdir(), "autosubmit-reader-cli-"));
    const workspace = writeWorkspace({ root: site, experiments: [{ expid: "a000" }] });
    writeFileSync(join(site, "metadata/data/job_data_a000.db"), "no database".repeat(100));
    const { status, output } = await cli("doctor", "a000", "--config", workspace.configurationFile);
    expect(status).toBe(1);
    expect(output).toMatch(/^broken +runs +.*job_data_a000\.db is not a readable SQLite database/m);
    expect(output).toMatch(/^ok +job list/m);
    expect(output).toMatch(/^missing +user metrics +none$/m);
    expect(output).toMatch(/^2 broken\.$/m);
    rmSync(site, { recursive: true, force: true });
  });

  test("rows and jobs that had to be left out make their source a broken one", async () => {
    const site = mkdtempSync(join(tmpdir(), "autosubmit-reader-cli-"));
    const workspace = writeWorkspace({
      root: site,
      experiments: [{ expid: "a000", version: "4.2.0", userMetrics: 1 }],
    });
    const change = (path: string, sql: string) => {
      const database = new Database(join(site, path));
      database.exec(sql);
      database.close();
    };
    change("a000/tmp/metrics_a000.db", "UPDATE user_metrics SET metric_name = NULL");
    writeFileSync(join(site, "a000/conf/broken.yml"), "JOBS:\n  SIM: [\n");
    change("a000/db/job_list.db", "UPDATE jobs SET chunk = 'first' WHERE rowid = 3");
    const { status, output } = await cli("doctor", "a000", "--config", workspace.configurationFile);
    expect(status).toBe(1);
    expect(output).toMatch(
      /^broken +user metrics +.*: row 0 of user_metrics: metric_name is missing .*\(and \d+ more\)$/m,
    );
    expect(output).toMatch(/^broken +job list +.*: job a000_\w+: /m);
    expect(output).toMatch(/^broken +configuration +.*broken\.yml/m);
    expect(output).toMatch(/^3 broken\.$/m);
    rmSync(site, { recursive: true, force: true });
  });

  test("an archived experiment, a truncated and an empty job list are told apart", async () => {
    expect((await withConfiguration("doctor", "tarch")).output).toMatch(/^broken +experiment folder +there is no /m);
    for (const expid of ["tcut", "tnil"]) {
      expect((await withConfiguration("doctor", expid)).output).toMatch(/^broken +job list +\S/m);
    }
  });
});
