import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { age, execute, rows, type TemporarySite, temporarySite } from "../support/temporary-site.js";
import { runTask, testWorker } from "../support/worker.js";

const NOW = new Date("2026-07-01T12:00:00Z");
const TASK = "update-experiment-status";

async function workerAt(site: TemporarySite, now = NOW) {
  return testWorker(site.configurationFile, { clock: () => now });
}

const statuses = ({ files }: TemporarySite) =>
  rows<{ name: string; status: string }>(
    files.status,
    "SELECT name, status FROM experiment_status ORDER BY exp_id",
  ).map(({ name, status }) => `${name} ${status}`);

describe(TASK, { timeout: 120_000 }, () => {
  it("stores what the evidence says of every experiment", async () => {
    const site = temporarySite(4);
    const [running, queuing, ended, archived] = site.expids as [string, string, string, string];
    age(site, running, { jobList: 3, runLog: 1 }, NOW);
    age(site, queuing, { jobList: 600, runLog: 1 }, NOW);
    age(site, ended, { jobList: 600, runLog: 600 }, NOW);
    rmSync(join(site.root, archived), { recursive: true });
    const cycle = await runTask(await workerAt(site), TASK);
    expect(cycle).toMatchObject({ experiments: 4, examined: 4, changed: 4, failed: 0 });
    expect(statuses(site)).toEqual(["a000 RUNNING", "a001 RUNNING", "a002 NOT RUNNING", "a003 NOT RUNNING"]);
    expect(rows(site.files.status, "SELECT DISTINCT modified, seconds_diff FROM experiment_status")).toEqual([
      { modified: "2026-07-01-12:00:00+00:00", seconds_diff: 0 },
    ]);
  });

  it("writes a row only when the status changes", async () => {
    const site = temporarySite(2);
    age(site, "a000", { jobList: 3, runLog: 1 }, NOW);
    const worker = await workerAt(site);
    await runTask(worker, TASK);
    expect(await runTask(worker, TASK)).toMatchObject({ examined: 2, read: 0, changed: 0 });
    const later = await workerAt(site, new Date("2026-07-01T14:00:00Z"));
    expect(await runTask(later, TASK)).toMatchObject({ examined: 2, read: 0, changed: 1 });
    expect(statuses(site)).toEqual(["a000 NOT RUNNING", "a001 NOT RUNNING"]);
    expect(rows(site.files.status, "SELECT modified FROM experiment_status ORDER BY exp_id")).toEqual([
      { modified: "2026-07-01-14:00:00+00:00" },
      { modified: "2026-07-01-12:00:00+00:00" },
    ]);
  });

  it("keeps what Autosubmit stored at the start of a run, and final states", async () => {
    const site = temporarySite(3);
    const worker = await workerAt(site);
    execute(
      site.files.status,
      `INSERT INTO experiment_status VALUES (1, 'a000', 'RUNNING', 0, '2026-07-01T11:58:00+0000');
       INSERT INTO experiment_status VALUES (2, 'a001', 'ARCHIVED', 0, '2026-06-01T11:58:00+0000');
       INSERT INTO experiment_status VALUES (3, 'a002', 'RUNNING', 0, '2026-06-01-11:58:00');`,
    );
    expect(await runTask(worker, TASK)).toMatchObject({ changed: 1 });
    expect(statuses(site)).toEqual(["a000 RUNNING", "a001 ARCHIVED", "a002 NOT RUNNING"]);
  });

  it("removes the rows of experiments that are no longer registered", async () => {
    const site = temporarySite(2);
    const worker = await workerAt(site);
    execute(
      site.files.status,
      "INSERT INTO experiment_status VALUES (77, 'gone', 'RUNNING', 0, '2026-07-01T11:58:00+0000')",
    );
    await runTask(worker, TASK);
    expect(statuses(site)).toEqual(["a000 NOT RUNNING", "a001 NOT RUNNING"]);
  });

  it("leaves the status of an experiment that cannot be looked at, and says so", async () => {
    const site = temporarySite(3);
    const worker = await workerAt(site);
    await runTask(worker, TASK);
    execute(site.files.status, "UPDATE experiment_status SET status = 'RUNNING' WHERE exp_id = 2");
    rmSync(join(site.root, "a001/pkl/job_list_a001.pkl"));
    mkdirSync(join(site.root, "a001/pkl/job_list_a001.pkl"));
    expect(await runTask(worker, TASK)).toMatchObject({ examined: 3, failed: 1 });
    expect(statuses(site)[1]).toBe("a001 RUNNING");
    const [failure] = await worker.context.databases.workerRecords.listFailures("TASK_STTSUPDTR");
    expect(failure).toMatchObject({
      expid: "a001",
      times: 1,
      message: expect.stringContaining("is not a regular file"),
    });
  });
});
