import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import {
  findPostgresPrograms,
  type PostgresServer,
  startPostgresServer,
  testExperiments,
  writeWorkspace,
} from "@autosubmit-api/fixtures";
import {
  AutosubmitReadError,
  type Experiment,
  iterateJobData,
  listExperimentDetails,
  listExperimentStatuses,
  listExperiments,
  listUserMetricRuns,
  openSite,
  readCompletedJobData,
  readExperimentRuns,
  readGraphLayout,
  readJobAttempts,
  readJobDataPage,
  readJobList,
  readJobRelatives,
  readLastJobData,
  readStructure,
  readUserMetrics,
  readWrapperJobs,
  type Site,
} from "autosubmit-reader";
import Sqlite from "better-sqlite3";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ImportPlan, planImport } from "../../src/import-site/plan-import.js";
import { runPlan } from "../../src/import-site/run-import.js";
import { builtProgram } from "../support/built-program.js";

const NOW = new Date("2026-07-01T09:00:00Z");
const programs = findPostgresPrograms();

/** Everything that is read of an experiment's tables, by name. */
const READS: Record<string, (experiment: Experiment) => Promise<unknown>> = {
  jobList: async (experiment) => {
    const { path: _, modifiedAt, ...list } = await readJobList(experiment);
    // 4.2's rows move when they are rewritten: in PostgreSQL they come by creation and name.
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    const jobs = list.format === "table" ? [...list.jobs].sort(byName) : list.jobs;
    return { ...list, jobs, modifiedAt: list.format === "table" ? null : Math.floor(modifiedAt.getTime() / 1000) };
  },
  structure: async (experiment) => {
    const structure = await readStructure(experiment);
    return structure && { ...structure, isolated: [...structure.isolated].sort() };
  },
  relatives: async (experiment) => {
    const [first] = (await readLastJobData(experiment)).slice(-1);
    return readJobRelatives(experiment, first?.job_name ?? "");
  },
  wrappers: readWrapperJobs,
  runs: readExperimentRuns,
  last: (experiment) => readLastJobData(experiment),
  completed: (experiment) => readCompletedJobData(experiment, ["SIM", "POST"]),
  history: async (experiment) => {
    const rows: unknown[] = [];
    for await (const row of iterateJobData(experiment)) rows.push(row);
    return rows;
  },
  attempts: async (experiment) => {
    const [first] = await readLastJobData(experiment, { columns: [] });
    return first ? readJobAttempts(experiment, first.job_name) : null;
  },
  page: (experiment) => readJobDataPage(experiment, 3, 7),
  metrics: (experiment) => readUserMetrics(experiment),
  metricRuns: listUserMetricRuns,
  layout: readGraphLayout,
};

const isBusy = (value: unknown) => JSON.stringify(value) === '{"code":"SOURCE_BUSY"}';

const outcome = (promise: Promise<unknown>) =>
  promise.catch((error: unknown) => {
    if (!(error instanceof AutosubmitReadError)) throw error;
    return { code: error.code };
  });

describe.skipIf(programs === null)("import-site", () => {
  let server: PostgresServer;
  let root: string;
  let from: Site;
  let plan: ImportPlan;

  beforeAll(async () => {
    if (programs) server = await startPostgresServer(programs);
    root = mkdtempSync(join(tmpdir(), "import-site-"));
    const { configurationFile } = writeWorkspace({ root, experiments: testExperiments(), now: NOW });
    from = await openSite({ environment: { HOME: root }, configurationFile });
    plan = await planImport(from, null);
  });
  afterAll(async () => {
    await server?.drop();
    if (root) rmSync(root, { recursive: true, force: true });
  });

  async function newTarget(): Promise<{
    target: Site;
    configurationFile: string;
    ask: (sql: string) => Promise<unknown[]>;
  }> {
    const url = await server.createDatabase();
    const configurationFile = join(root, `${new URL(url).pathname.slice(1)}.autosubmitrc`);
    const text = readFileSync(join(root, ".autosubmitrc"), "utf8");
    const backend = `backend = postgres\nconnection_url = ${url}`;
    writeFileSync(
      configurationFile,
      /^backend/m.test(text)
        ? text.replace(/^backend.*$/m, backend)
        : text.replace("[database]", `[database]\n${backend}`),
    );
    const target = await openSite({ environment: { HOME: root }, configurationFile });
    const ask = async (sql: string) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query(sql)).rows;
      } finally {
        await client.end();
      }
    };
    return { target, configurationFile, ask };
  }

  it("carries over all that a site's tables tell, whatever version wrote them", async () => {
    const { target } = await newTarget();
    const result = await runPlan(plan, target);
    expect(result).toMatchObject({ failures: [], present: 0, copied: plan.steps.length });
    for (const list of [listExperiments, listExperimentDetails, listExperimentStatuses]) {
      expect(await list(target)).toEqual(await list(from));
    }
    for (const { expid } of testExperiments()) {
      for (const [name, read] of Object.entries(READS)) {
        const inFiles = await outcome(read(from.experiment(expid)));
        // A pickle that is cut short may be a file that is being written; a row cannot be half-written.
        const isCut = name === "jobList" && isBusy(inFiles);
        const expected = isCut ? { code: "SOURCE_CORRUPT" } : inFiles;
        expect(await outcome(read(target.experiment(expid))), `${name} of ${expid}`).toEqual(expected);
      }
    }
  });

  it("does nothing again that is done, and again what changed", async () => {
    const { target, ask } = await newTarget();
    await runPlan(plan, target);
    expect(await runPlan(plan, target)).toMatchObject({ copied: 0, present: plan.steps.length, failures: [] });
    const client = new Sqlite(from.experiment("t4117").paths.jobDataDb);
    client.exec("UPDATE experiment_run SET completed = completed + 1");
    client.close();
    const again = await runPlan(await planImport(from, null), target);
    expect(again).toMatchObject({ copied: 2, failures: [] });
    expect(await readExperimentRuns(target.experiment("t4117"))).toEqual(
      await readExperimentRuns(from.experiment("t4117")),
    );
    expect(await ask("SELECT nextval(pg_get_serial_sequence('\"t4117\".job_data', 'id')) > 1 AS goes_on")).toEqual([
      { goes_on: true },
    ]);
  });

  it("leaves tables alone that somebody else filled, and says so", async () => {
    const { target, ask } = await newTarget();
    await ask('CREATE SCHEMA "t4116"; CREATE TABLE "t4116".job_data (id int); INSERT INTO "t4116".job_data VALUES (7)');
    const result = await runPlan(plan, target);
    expect(result.failures).toHaveLength(1);
    expect(result.failures[0]).toContain("already holds rows that no import put there");
    expect(await ask('SELECT id FROM "t4116".job_data')).toEqual([{ id: 7 }]);
  });

  it("goes on after the server was killed in the middle", async () => {
    const { target } = await newTarget();
    const running = runPlan(plan, target);
    await new Promise((resolve) => setTimeout(resolve, 250));
    await server.stop("immediate");
    await server.start();
    await running.catch(() => undefined);
    const result = await runPlan(plan, target);
    expect(result.failures).toEqual([]);
    expect(result.copied + result.present).toBe(plan.steps.length);
  });

  describe("as a command", { timeout: 120_000 }, () => {
    /** The arguments of Node.js that run it. */
    async function commandLine(...args: string[]): Promise<string[]> {
      const cli = pathToFileURL(join(await builtProgram(), "cli.js")).href;
      const program = join(root, "import.mjs");
      writeFileSync(program, `import { main } from ${JSON.stringify(cli)};\nawait main(process.argv.slice(2));\n`);
      return [program, "import-site", ...args];
    }
    const options = () => ({
      cwd: root,
      env: {
        PATH: process.env.PATH ?? "",
        HOME: root,
        TZ: "UTC",
        AUTOSUBMIT_CONFIGURATION: join(root, ".autosubmitrc"),
      },
      encoding: "utf8" as const,
      timeout: 60_000,
    });

    it("only tells with --dry-run what would be copied", async () => {
      const { configurationFile, ask } = await newTarget();
      const args = await commandLine("--to", configurationFile, "--dry-run");
      const { status, stdout } = spawnSync(process.execPath, args, options());
      expect(status).toBe(0);
      expect(stdout).toContain(`${plan.steps.length} steps would be taken`);
      expect(await ask("SELECT 1 FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")).toEqual(
        [],
      );
    });

    it("goes on after it was killed at any moment, and ends with what an uninterrupted one leaves", async () => {
      const { target, configurationFile, ask } = await newTarget();
      const args = await commandLine("--to", configurationFile);
      const progress: number[] = [];
      for (let kill = 0; kill < 4; kill += 1) {
        const child = spawn(process.execPath, args, { ...options(), stdio: "ignore" });
        // From the moment at which it has begun to work.
        const before = progress.at(-1) ?? 0;
        const recorded = () =>
          ask("SELECT count(*)::int AS n FROM public.autosubmit_api_import").then(
            ([row]) => (row as { n: number }).n,
            () => 0,
          );
        await expect.poll(recorded, { timeout: 30_000, interval: 10 }).toBeGreaterThan(before);
        await sleep(Math.random() * 100);
        child.kill("SIGKILL");
        await once(child, "exit");
        progress.push(await recorded());
        if ((progress.at(-1) ?? 0) >= plan.steps.length) break;
      }
      expect(progress[0]).toBeLessThan(plan.steps.length);
      const last = spawnSync(process.execPath, args, options());
      expect([last.status, last.stdout]).toEqual([0, expect.stringMatching(/ 0 failed; \d+ rows\n$/)]);
      const again = await runPlan(plan, target);
      expect(again).toMatchObject({ copied: 0, present: plan.steps.length, failures: [] });
      for (const step of plan.steps) {
        if (step.kind !== "table") continue;
        const { schema, table } = step.target;
        expect(await ask(`SELECT count(*)::int AS n FROM "${schema}"."${table}"`)).toEqual([{ n: step.rows }]);
      }
    });

    it.skipIf(!existsSync("/usr/bin/script"))(
      "shows how far it is on a terminal, and nothing of it elsewhere",
      async () => {
        const { configurationFile } = await newTarget();
        const args = await commandLine("--to", configurationFile);
        const command = [process.execPath, ...args].map((arg) => `'${arg}'`).join(" ");
        const shown = spawnSync("/usr/bin/script", ["-qec", command, "/dev/null"], options());
        expect(shown.stdout).toMatch(/█+░* \d+% \| \d+\/\d+ \| .*-> /);
        expect(shown.stdout).toMatch(/█ 100% \| (\d+)\/\1 \|/);
        const plain = spawnSync(process.execPath, args, options());
        expect([plain.status, plain.stderr]).toEqual([0, ""]);
      },
    );
  });
});
