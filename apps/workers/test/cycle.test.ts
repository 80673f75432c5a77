import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { planTask, taskAttendant } from "../src/attend-task.js";
import { updateExperimentStatus } from "../src/tasks/update-experiment-status.js";
import { age, execute, rows, type TemporarySite, temporarySite } from "./support/temporary-site.js";
import { NO_SETTINGS, runTask, type TestWorker, testWorker } from "./support/worker.js";

const TASK = "update-experiment-status";

function pipeInsteadOfJobList({ root }: TemporarySite, expid: string): void {
  const path = join(root, expid, "pkl", `job_list_${expid}.pkl`);
  rmSync(path);
  execFileSync("mkfifo", [path]);
}

const attendant = ({ context }: TestWorker, runOnStart = false) =>
  taskAttendant(
    planTask(updateExperimentStatus, NO_SETTINGS, false),
    { workerStart: context.clock(), runOnStart },
    context,
  );

/** Locks a database as Autosubmit does while it writes; the change is made by the function that is returned. */
function lock(path: string, change = ""): () => void {
  const autosubmit = new Sqlite(path);
  autosubmit.exec(`BEGIN EXCLUSIVE; ${change}`);
  return () => {
    autosubmit.exec("COMMIT");
    autosubmit.close();
  };
}

const cycles = ({ files }: TemporarySite) =>
  rows<{ id: number; examined: number; finished_at: number | null }>(
    files.api,
    "SELECT id, examined, finished_at FROM worker_cycles ORDER BY id",
  );

describe("a cycle", { timeout: 120_000 }, () => {
  it("handles every experiment although some are broken, and names those", async () => {
    const site = temporarySite(220);
    for (const expid of ["a005", "a03d"]) pipeInsteadOfJobList(site, expid);
    const worker = await testWorker(site.configurationFile);
    expect(await runTask(worker, TASK)).toMatchObject({ experiments: 220, examined: 220, changed: 218, failed: 2 });
    const summary = worker.log.find(({ msg }) => msg === "cycle finished");
    expect(summary).toMatchObject({ task: TASK, experiments: 220, failed: 2, failing: ["a005", "a03d"] });
    const named = worker.log.filter(({ msg }) => msg === "experiment failed").map(({ expid }) => expid);
    expect(named.toSorted()).toEqual(["a005", "a03d"]);
  });

  it("mentions a failure that lasts once, and forgets it when it is over", async () => {
    const site = temporarySite(3);
    pipeInsteadOfJobList(site, "a001");
    const worker = await testWorker(site.configurationFile);
    await runTask(worker, TASK);
    await runTask(worker, TASK);
    expect(worker.log.filter(({ msg }) => msg === "experiment failed")).toHaveLength(1);
    expect(await worker.context.databases.workerRecords.listFailures("TASK_STTSUPDTR")).toMatchObject([{ times: 2 }]);
    rmSync(join(site.root, "a001/pkl/job_list_a001.pkl"));
    expect(await runTask(worker, TASK)).toMatchObject({ failed: 0 });
    expect(await worker.context.databases.workerRecords.listFailures("TASK_STTSUPDTR")).toEqual([]);
  });

  it("starts when it is due and not before, whichever worker looks", async () => {
    const site = temporarySite(3);
    let now = new Date("2026-07-01T12:00:00Z");
    const one = await testWorker(site.configurationFile, { clock: () => now, name: "w1" });
    const two = await testWorker(site.configurationFile, { clock: () => now, name: "w2" });
    const [first, second] = [attendant(one), attendant(two)];
    await first.attend();
    await second.attend();
    expect(cycles(site)).toHaveLength(1);
    now = new Date("2026-07-01T12:04:59Z");
    await second.attend();
    expect(cycles(site)).toHaveLength(1);
    now = new Date("2026-07-01T12:05:00Z");
    await second.attend();
    await first.attend();
    expect(cycles(site)).toHaveLength(2);
    const [overview] = await one.context.databases.workerTasks.listOverviews();
    expect(overview).toMatchObject({
      task: "TASK_STTSUPDTR",
      enabled: true,
      schedule: "every 5 minutes",
      nextRunAt: new Date("2026-07-01T12:10:00Z"),
      last: { startedBy: "w2", examined: 3 },
    });
  });

  it("starts although the last one seems to be in the future: the clock was set back", async () => {
    const site = temporarySite(3);
    let now = new Date("2026-07-01T12:00:00Z");
    const worker = await testWorker(site.configurationFile, { clock: () => now });
    await attendant(worker).attend();
    now = new Date("2026-07-01T11:59:30Z");
    await attendant(worker).attend();
    expect(cycles(site)).toHaveLength(1);
    now = new Date("2026-06-30T12:00:00Z");
    await attendant(worker).attend();
    expect(cycles(site)).toHaveLength(2);
  });

  it("runs at the start where that is wanted, once", async () => {
    const site = temporarySite(3);
    const worker = await testWorker(site.configurationFile);
    await attendant(worker).attend();
    const again = attendant(worker, true);
    await again.attend();
    await again.attend();
    expect(cycles(site)).toHaveLength(2);
  });

  it("is shared by two workers, every experiment being handled once", async () => {
    const site = temporarySite(500);
    const workers = await Promise.all(["w1", "w2"].map((name) => testWorker(site.configurationFile, { name })));
    await Promise.all(workers.map((worker) => attendant(worker).attend()));
    // The one that came second may have looked before the other had started the cycle.
    await Promise.all(workers.map((worker) => attendant(worker).attend()));
    expect(cycles(site)).toMatchObject([{ examined: 500, finished_at: expect.any(Number) }]);
    expect(rows(site.files.status, "SELECT count(*) AS n FROM experiment_status")).toEqual([{ n: 500 }]);
  });

  it("is taken over within the lease when a worker is gone", async () => {
    const site = temporarySite(201);
    const gone = await testWorker(site.configurationFile, { name: "gone" });
    const { workerCycles, experiments } = gone.context.databases;
    const lease = { worker: "gone", at: new Date(), leaseMs: 1_500 };
    const cycle = await workerCycles.start({
      task: "TASK_STTSUPDTR",
      worker: "gone",
      at: new Date(),
      after: null,
      experimentIds: await experiments.listIds(),
      partSize: 100,
    });
    for (let part = 0; part < 2; part += 1) await workerCycles.claim(cycle?.id ?? 0, lease);
    const other = await testWorker(site.configurationFile, { name: "other" });
    const attending = attendant(other);
    await attending.attend();
    expect(cycles(site)).toMatchObject([{ examined: 1, finished_at: null }]);
    await sleep(1_600);
    await attending.attend();
    expect(cycles(site)).toMatchObject([{ examined: 201, finished_at: expect.any(Number) }]);
  });

  it("waits for a locked database and loses nothing", async () => {
    const site = temporarySite(120);
    const worker = await testWorker(site.configurationFile);
    const unlock = lock(
      site.files.status,
      "INSERT INTO experiment_status VALUES (1, 'a000', 'RUNNING', 0, '2026-07-01T11:58:00+0000')",
    );
    setTimeout(unlock, 1_500);
    expect(await runTask(worker, TASK)).toMatchObject({ examined: 120, failed: 0 });
    expect(rows(site.files.status, "SELECT count(*) AS n FROM experiment_status")).toEqual([{ n: 120 }]);
  });

  it("that was interrupted by a locked database is finished by the next look", async () => {
    const site = temporarySite(120);
    const worker = await testWorker(site.configurationFile, { patienceMs: 200 });
    const attending = attendant(worker);
    const unlock = lock(site.files.status);
    await expect(attending.attend()).rejects.toMatchObject({ code: "DATABASE_BUSY" });
    await expect(attending.attend()).rejects.toMatchObject({ code: "DATABASE_BUSY" });
    unlock();
    await attending.attend();
    expect(cycles(site)).toMatchObject([{ id: 1, examined: 120, finished_at: expect.any(Number) }]);
  });

  it("is left for others when the worker is stopped, and nothing waits for the lease", async () => {
    const site = temporarySite(500);
    const worker = await testWorker(site.configurationFile, { name: "stopped" });
    const attending = attendant(worker).attend();
    while (rows(site.files.status, "SELECT 1 FROM experiment_status").length === 0) await sleep(5);
    const startedAt = performance.now();
    worker.stop.abort();
    worker.context.readers.close();
    await attending;
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(
      rows(site.files.api, "SELECT 1 FROM worker_leases WHERE holder IS NOT NULL AND finished_at IS NULL"),
    ).toEqual([]);
    const other = await testWorker(site.configurationFile, { name: "other" });
    await attendant(other).attend();
    expect(cycles(site)).toMatchObject([{ id: 1, examined: 500, finished_at: expect.any(Number) }]);
  });

  it("leaves alone what it may have lost while the worker was held up", async () => {
    const site = temporarySite(10);
    let now = Date.now();
    const worker = await testWorker(site.configurationFile, { clock: () => new Date(now) });
    const store = worker.context.databases.workerRecords.listFailures;
    worker.context.databases = {
      ...worker.context.databases,
      // Who is held up renews nothing either.
      workerCycles: { ...worker.context.databases.workerCycles, renew: () => new Promise(() => undefined) },
      workerRecords: {
        ...worker.context.databases.workerRecords,
        // The process is stopped for a minute while it works on the part.
        listFailures: async (...args) => {
          const found = await store(...args);
          now += 60_000;
          return found;
        },
      },
    };
    await expect(attendant(worker).attend()).rejects.toThrow("was not renewed in time");
    expect(rows(site.files.status, "SELECT 1 FROM experiment_status")).toEqual([]);
  });

  it("over no experiments is finished at once and removes nothing", async () => {
    const site = temporarySite(0);
    const worker = await testWorker(site.configurationFile);
    execute(
      site.files.status,
      "INSERT INTO experiment_status VALUES (1, 'a000', 'RUNNING', 0, '2026-07-01T11:58:00+0000')",
    );
    expect(await runTask(worker, TASK)).toMatchObject({ experiments: 0, examined: 0 });
    expect(rows(site.files.status, "SELECT name FROM experiment_status")).toEqual([{ name: "a000" }]);
  });

  it("reads only what changed", async () => {
    const site = temporarySite(100);
    const worker = await testWorker(site.configurationFile);
    expect(await runTask(worker, TASK)).toMatchObject({ examined: 100, read: 100 });
    for (const expid of site.expids.slice(0, 7))
      age(site, expid, { jobList: 1, runLog: 1 }, new Date(Date.now() - 3_000));
    expect(await runTask(worker, TASK)).toMatchObject({ examined: 100, read: 7, changed: 7 });
  });
});
