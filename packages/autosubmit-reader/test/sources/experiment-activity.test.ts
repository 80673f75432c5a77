import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { AutosubmitReadError, readExperimentActivity, readExperimentFolder } from "../../src/index.js";
import { createTemporarySite, type TemporarySite } from "../temporary-site.js";

const NOON = Date.UTC(2026, 6, 1, 12) / 1000;

let temporary: TemporarySite;
beforeEach(() => {
  temporary = createTemporarySite();
  onTestFinished(() => temporary.remove());
});

const experiment = () => temporary.site.experiment("a000");

/** A file dated `minutes` before noon. */
function file(relativePath: string, minutes: number): string {
  const path = join(temporary.root, relativePath);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
  utimesSync(path, NOON, NOON - minutes * 60);
  return path;
}

/** Dates a folder long ago, so that its listing counts as settled. */
function settle(relativePath: string, minutes = 60): void {
  utimesSync(join(temporary.root, relativePath), NOON, NOON - minutes * 60);
}

describe("readExperimentActivity", () => {
  it("finds nothing where nothing is", async () => {
    const { activity } = await readExperimentActivity(experiment());
    expect(activity).toEqual({ jobListModifiedAt: null, runLog: null, historyModifiedAt: null, lockModifiedAt: null });
  });

  it("takes the newest of the job lists, history, lock and the newest run log", async () => {
    file("a000/pkl/job_list_a000.pkl", 90);
    file("a000/db/job_list.db", 5);
    file("metadata/data/job_data_a000.db", 4);
    file("a000/tmp/autosubmit.lock", 30);
    file("a000/tmp/ASLOGS/20260701_080000_run.log.xz", 50);
    const newest = file("a000/tmp/ASLOGS/20260701_110000_run.log", 2);
    file("a000/tmp/ASLOGS/20260701_110000_run_err.log", 1);
    file("a000/tmp/ASLOGS/20260701_110000_create.log", 1);
    const { activity } = await readExperimentActivity(experiment());
    expect(activity).toEqual({
      jobListModifiedAt: NOON - 300,
      runLog: { path: newest, modifiedAt: NOON - 120, startStamp: "20260701110000" },
      historyModifiedAt: NOON - 240,
      lockModifiedAt: NOON - 1800,
    });
  });

  it("looks for run logs in tmp when ASLOGS has none, and there first for old versions", async () => {
    const old = file("a000/tmp/20190701_080000_run.log", 50);
    file("a000/tmp/ASLOGS/20260701_080000_create.log", 2);
    expect((await readExperimentActivity(experiment())).activity.runLog?.path).toBe(old);
    const modern = file("a000/tmp/ASLOGS/20260701_080000_run.log", 60);
    expect((await readExperimentActivity(experiment())).activity.runLog?.path).toBe(modern);
    const asOld = await readExperimentActivity(experiment(), { autosubmitVersion: "3.12.0" });
    expect(asOld.activity.runLog?.path).toBe(old);
  });

  it("does not list folders again that have not changed, yet sees the run log grow", async () => {
    const log = file("a000/tmp/ASLOGS/20260701_080000_run.log", 50);
    settle("a000/tmp/ASLOGS");
    const first = await readExperimentActivity(experiment());
    utimesSync(log, NOON, NOON);
    rmSync(join(temporary.root, "a000/tmp/ASLOGS/20260701_080000_run.log"));
    const grown = file("a000/tmp/ASLOGS/20260701_080000_run.log", 1);
    file("a000/tmp/ASLOGS/20260701_110000_run.log", 0);
    settle("a000/tmp/ASLOGS");
    const second = await readExperimentActivity(experiment(), { memory: first.memory });
    expect(second.activity.runLog).toMatchObject({ path: grown, modifiedAt: NOON - 60 });
    expect(second.memory).toBe(first.memory);
    settle("a000/tmp/ASLOGS", 59);
    const third = await readExperimentActivity(experiment(), { memory: second.memory });
    expect(third.activity.runLog?.modifiedAt).toBe(NOON);
  });

  it("remembers nothing of a folder that changed a moment ago", async () => {
    file("a000/tmp/ASLOGS/20260701_080000_run.log", 50);
    expect((await readExperimentActivity(experiment())).memory).toBe("{}");
  });

  it.each(["", "null", "[1]", '{"logs": 3}', '{"logs": {"listed": 1}}', "{"])(
    "ignores %j as memory",
    async (memory) => {
      file("a000/tmp/ASLOGS/20260701_080000_run.log", 50);
      const { activity } = await readExperimentActivity(experiment(), { memory });
      expect(activity.runLog?.modifiedAt).toBe(NOON - 3000);
    },
  );

  it("refuses a pipe in place of the job list without waiting for its writer", async () => {
    mkdirSync(join(temporary.root, "a000/pkl"), { recursive: true });
    execFileSync("mkfifo", [join(temporary.root, "a000/pkl/job_list_a000.pkl")]);
    const reading = readExperimentActivity(experiment());
    await expect(reading).rejects.toThrow(AutosubmitReadError);
    await expect(reading).rejects.toThrow(/job_list_a000\.pkl is not a regular file/);
  });

  it.skipIf(process.getuid?.() === 0)("names a folder that it may not look into", async () => {
    file("a000/pkl/job_list_a000.pkl", 5);
    chmodSync(join(temporary.root, "a000/pkl"), 0o000);
    await expect(readExperimentActivity(experiment())).rejects.toThrow(/cannot be looked at \(EACCES\)/);
    chmodSync(join(temporary.root, "a000/pkl"), 0o755);
  });
});

describe("readExperimentFolder", () => {
  it("tells the owner and the last change", async () => {
    file("a000/pkl/job_list_a000.pkl", 5);
    const folder = await readExperimentFolder(experiment());
    expect(folder.ownerId).toBe(process.getuid?.());
    expect(Math.abs(Date.now() / 1000 - folder.changedAt)).toBeLessThan(60);
  });

  it("says when there is no folder", async () => {
    await expect(readExperimentFolder(experiment())).rejects.toMatchObject({ code: "EXPERIMENT_NOT_FOUND" });
    file("a000", 1);
    await expect(readExperimentFolder(experiment())).rejects.toMatchObject({ code: "EXPERIMENT_NOT_FOUND" });
  });
});
