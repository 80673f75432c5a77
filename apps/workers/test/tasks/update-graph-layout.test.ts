import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type ExperimentSpec, writeWorkspace } from "@autosubmit-api/fixtures";
import { openSite, readJobList, readStructure } from "autosubmit-reader";
import { describe, expect, it } from "vitest";
import { execute, rows, temporaryFolder } from "../support/temporary-site.js";
import { runTask, testWorker } from "../support/worker.js";

const TASK = "update-graph-layout";

/** A site whose experiments all have the status RUNNING unless it is said otherwise. */
async function siteOf(experiments: ExperimentSpec[], stopped: string[] = []) {
  const { root, configurationFile } = writeWorkspace({ root: temporaryFolder(), experiments });
  const status = join(root, "as_times.db");
  execute(status, "UPDATE experiment_status SET status = 'RUNNING'");
  for (const expid of stopped)
    execute(status, `UPDATE experiment_status SET status = 'NOT RUNNING' WHERE name = '${expid}'`);
  const site = await openSite({ environment: { AUTOSUBMIT_CONFIGURATION: configurationFile, HOME: root } });
  return { root, configurationFile, site, layoutOf: (expid: string) => site.experiment(expid).paths.graphLayoutDb };
}

interface Place {
  job_name: string;
  x: number;
  y: number;
}

const places = (path: string) => rows<Place>(path, "SELECT job_name, x, y FROM experiment_graph_draw ORDER BY id");

describe(TASK, { timeout: 120_000 }, () => {
  it("stores sound drawings of all jobs of running experiments, of any version and size", async () => {
    const specs: ExperimentSpec[] = [
      { expid: "a000", wrappers: "real", members: ["fc0", "fc1"], diagnostics: ["d1", "d2"] },
      { expid: "a001", version: "4.1.5" },
      { expid: "a002", version: "3.13.0" },
      { expid: "a003", jobs: 1_500, isolatedJobs: 3, statFiles: 0, logFiles: 0 },
    ];
    const { configurationFile, site, layoutOf } = await siteOf(specs);
    expect(await runTask(await testWorker(configurationFile), TASK)).toMatchObject({ changed: 4, read: 4, failed: 0 });
    for (const { expid } of specs) {
      const stored = places(layoutOf(expid));
      const byName = new Map(stored.map((place) => [place.job_name, place]));
      expect(byName.size).toBe(stored.length);
      expect(new Set(stored.map(({ x, y }) => `${x} ${y}`)).size).toBe(stored.length);
      expect(stored.every(({ x, y }) => Number.isInteger(x) && Number.isInteger(y))).toBe(true);
      const edges = (await readStructure(site.experiment(expid)))?.edges ?? [];
      const upwards = edges.filter(({ from, to }) => {
        const [parent, child] = [byName.get(from), byName.get(to)];
        return from !== to && !(parent && child && parent.y < child.y);
      });
      expect(edges.length).toBeGreaterThan(0);
      expect(upwards).toEqual([]);
    }
    expect(places(layoutOf("a003")).length).toBeGreaterThanOrEqual(1_500);
  });

  it("skips drawings that are still valid, and reads nothing when nothing has changed", async () => {
    const { configurationFile, layoutOf } = await siteOf([{ expid: "a000" }, { expid: "a001" }]);
    const worker = await testWorker(configurationFile);
    expect(await runTask(worker, TASK)).toMatchObject({ changed: 2 });
    expect(await runTask(worker, TASK)).toMatchObject({ examined: 2, read: 0, changed: 0 });
    execute(layoutOf("a000"), "UPDATE experiment_graph_draw SET x = x + 1");
    expect(await runTask(worker, TASK)).toMatchObject({ read: 1, changed: 0 });
    execute(layoutOf("a000"), "DELETE FROM experiment_graph_draw WHERE id = 1");
    expect(await runTask(worker, TASK)).toMatchObject({ read: 1, changed: 1 });
    execute(layoutOf("a001"), "INSERT INTO experiment_graph_draw (job_name, x, y) VALUES ('gone', 0, 0)");
    expect(await runTask(worker, TASK)).toMatchObject({ read: 1, changed: 1 });
    expect(places(layoutOf("a001")).map(({ job_name }) => job_name)).not.toContain("gone");
  });

  it("leaves experiments that do not run alone", async () => {
    const { configurationFile, layoutOf } = await siteOf([{ expid: "a000" }, { expid: "a001" }], ["a001"]);
    expect(await runTask(await testWorker(configurationFile), TASK)).toMatchObject({ examined: 2, changed: 1 });
    expect([existsSync(layoutOf("a000")), existsSync(layoutOf("a001"))]).toEqual([true, false]);
  });

  it("reports by name what cannot be read or written, and goes on", async () => {
    const { root, configurationFile, layoutOf } = await siteOf([
      { expid: "a000" },
      { expid: "a001" },
      { expid: "a002" },
    ]);
    writeFileSync(join(root, "a000/pkl/job_list_a000.pkl"), "no pickle");
    mkdirSync(layoutOf("a001"), { recursive: true });
    const worker = await testWorker(configurationFile);
    expect(await runTask(worker, TASK)).toMatchObject({ examined: 3, changed: 1, failed: 2 });
    const failures = await worker.context.databases.workerRecords.listFailures("TASK_POPGRPH");
    expect(failures.map(({ expid }) => expid)).toEqual(["a000", "a001"]);
    expect(places(layoutOf("a002"))).not.toEqual([]);
  });
});

const conformance = resolve(import.meta.dirname, "../../../../../shared/conformance");

describe.skipIf(!existsSync(conformance))(`${TASK} on recorded experiments`, { timeout: 120_000 }, () => {
  it.each(["reference", "synthetic"])("stores drawings of all jobs, no two on one place: %s", async (name) => {
    const { prepareWorkspace } = await import(pathToFileURL(join(conformance, "prepare.mjs")).href);
    const root: string = prepareWorkspace(name, join(temporaryFolder(), "site"));
    const configurationFile = join(root, ".autosubmitrc");
    const worker = await testWorker(configurationFile, { clock: () => new Date("2030-01-01T00:00:00Z") });
    execute(
      worker.files.status,
      `ATTACH '${worker.files.main}' AS site; DELETE FROM experiment_status;
       INSERT INTO experiment_status SELECT id, name, 'RUNNING', 0, '2030-01-01' FROM site.experiment;`,
    );
    const cycle = await runTask(worker, TASK);
    expect(cycle.examined).toBeGreaterThan(0);
    const site = await openSite({ environment: { AUTOSUBMIT_CONFIGURATION: configurationFile, HOME: root } });
    const failures = await worker.context.databases.workerRecords.listFailures("TASK_POPGRPH");
    const failed = new Set(failures.map(({ expid }) => expid));
    let drawn = 0;
    for (const { name: expid } of rows<{ name: string }>(worker.files.main, "SELECT name FROM experiment")) {
      const path = site.experiment(expid).paths.graphLayoutDb;
      if (failed.has(expid) || !existsSync(path)) continue;
      const stored = new Map(places(path).map((place) => [place.job_name, `${place.x} ${place.y}`]));
      const { jobs } = await readJobList(site.experiment(expid));
      expect(jobs.filter((job) => !stored.has(job.name))).toEqual([]);
      expect(new Set(stored.values()).size).toBe(stored.size);
      drawn += 1;
    }
    expect(drawn).toBeGreaterThan(0);
    expect(failures.filter(({ message }) => !/is not there|does not exist|no job list/i.test(message))).toEqual([]);
  });
});
