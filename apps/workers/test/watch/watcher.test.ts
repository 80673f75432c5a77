import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { JournalEvent } from "@autosubmit-api/db";
import { databaseFiles, migrate, siteDatabases } from "@autosubmit-api/db";
import { type LivingExperiment, openLivingExperiment, writeWorkspace } from "@autosubmit-api/fixtures";
import type { LiveEventData } from "@autosubmit-api/shared-types";
import { describe, expect, it, onTestFinished } from "vitest";
import { startProcess, type WorkerProcess } from "../support/process.js";
import { execute, type TemporarySite, temporaryFolder } from "../support/temporary-site.js";

/** A site with one experiment that runs, and its journal. */
async function livingSite() {
  const root = temporaryFolder();
  const { configurationFile } = writeWorkspace({
    root,
    experiments: [{ expid: "a000", chunks: 12, members: ["fc0", "fc1"], pace: 1 / 3_600, failureRate: 0.2 }],
  });
  const files = databaseFiles({ dbDir: root, dbFile: "autosubmit.db", localRootDir: root });
  await migrate(files);
  const site: TemporarySite = { root, configurationFile, files, expids: ["a000"] };
  const living = openLivingExperiment({ root, expid: "a000" });
  return { site, living, journal: siteDatabases(files).eventJournal };
}

type Site = Awaited<ReturnType<typeof livingSite>>;

const jobChanges = (events: readonly JournalEvent[]) =>
  events
    .filter(({ kind }) => kind === "job-status")
    .map(({ data }) => JSON.parse(data) as LiveEventData["job-status"])
    .map(({ name, old, new: now }) => `${name} ${old} ${now}`);

/** Lets the experiment live for a step in which something changes. @returns the changes, as `jobChanges` tells them */
async function stepWithChanges(living: LivingExperiment): Promise<string[]> {
  for (;;) {
    const { changes, newRun } = living.step();
    if (newRun) throw new Error("the experiment is too short for this test");
    const told = changes.map(
      ({ jobIndex, from, to }) => [jobIndex, `${living.model.workflow.jobs[jobIndex]?.name} ${from} ${to}`] as const,
    );
    if (told.length > 0) return told.sort(([a], [b]) => a - b).map(([, text]) => text);
    await sleep(50);
  }
}

async function waitFor(condition: () => Promise<boolean> | boolean, withinMs = 30_000): Promise<number> {
  const startedAt = performance.now();
  while (!(await condition())) {
    if (performance.now() - startedAt > withinMs) throw new Error("it did not happen in time");
    await sleep(20);
  }
  return performance.now() - startedAt;
}

const watches = (worker: WorkerProcess) => worker.log().some(({ msg }) => msg === "watching for the live feed");

/** Until the watcher has seen the experiment once: what was there before is not told. */
const seen = ({ journal }: Site) =>
  waitFor(
    async () =>
      (await journal.findState("a000", "WATCH_JOBS")) !== null &&
      (await journal.findState("a000", "WATCH_STATUS")) !== null,
  );

/** Until so many changes of jobs are told. @returns how long that took, in milliseconds */
const toldAre = ({ journal }: Site, count: number) =>
  waitFor(async () => jobChanges(await journal.listAfter(0, 10_000)).length >= count);

describe("the watcher", { timeout: 120_000 }, () => {
  it("tells every change once, in order, soon", async () => {
    const site = await livingSite();
    startProcess(site.site, [], { LOG_LEVEL: "info" });
    await seen(site);
    const written: string[] = [];
    for (let step = 0; step < 6; step += 1) {
      written.push(...(await stepWithChanges(site.living)));
      const tookMs = await waitFor(
        async () => jobChanges(await site.journal.listAfter(0, 10_000)).length >= written.length,
      );
      expect(tookMs).toBeLessThan(10_000);
    }
    const events = await site.journal.listAfter(0, 10_000);
    expect(jobChanges(events)).toEqual(written);
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
    expect(events.some(({ kind }) => kind === "log-added")).toBe(true);
    site.living.close();
  });

  it("neither loses nor doubles a change when it is killed at any moment", async () => {
    const site = await livingSite();
    let worker = startProcess(site.site, []);
    await seen(site);
    const written: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      await sleep(Math.random() * 1_200);
      written.push(...(await stepWithChanges(site.living)));
      if (round % 2 === 0) {
        await sleep(Math.random() * 1_200);
        worker.process.kill("SIGKILL");
        await worker.exited;
        worker = startProcess(site.site, []);
      }
      await toldAre(site, written.length);
    }
    expect(jobChanges(await site.journal.listAfter(0, 10_000))).toEqual(written);
    site.living.close();
  });

  it("is one of several workers, and replaced when it stops", async () => {
    const site = await livingSite();
    const workers = [startProcess(site.site, []), startProcess(site.site, [])];
    await seen(site);
    await waitFor(() => workers.some(watches));
    expect(workers.filter(watches)).toHaveLength(1);
    const [one, other] = workers;
    const [first, second] = one && watches(one) ? [one, other] : [other, one];
    first?.process.kill("SIGTERM");
    expect(await first?.exited).toBe(0);
    await waitFor(() => second !== undefined && watches(second));
    const written = await stepWithChanges(site.living);
    await toldAre(site, written.length);
    expect(jobChanges(await site.journal.listAfter(0, 10_000))).toEqual(written);
    site.living.close();
  });

  it("waits for a journal that is locked, and loses nothing", async () => {
    const site = await livingSite();
    const worker = startProcess(site.site, []);
    await seen(site);
    const { default: Sqlite } = await import("better-sqlite3");
    const other = new Sqlite(site.site.files.events);
    onTestFinished(() => void other.close());
    other.exec("BEGIN EXCLUSIVE");
    const written = await stepWithChanges(site.living);
    await sleep(2_500);
    other.exec("COMMIT");
    await toldAre(site, written.length);
    expect(jobChanges(await site.journal.listAfter(0, 10_000))).toEqual(written);
    expect(worker.process.exitCode).toBeNull();
    site.living.close();
  });

  it("forgets experiments that are gone, and tells once what it cannot read", async () => {
    const site = await livingSite();
    site.living.close();
    execute(
      site.site.files.main,
      "INSERT INTO experiment(name, description, autosubmit_version) VALUES ('zzzz', '', '4.1.17')",
    );
    rmSync(join(site.site.root, "a000", "pkl"), { recursive: true });
    const worker = startProcess(site.site, []);
    await waitFor(async () => (await site.journal.findState("zzzz", "WATCH_STATUS")) !== null);
    execute(site.site.files.main, "DELETE FROM experiment WHERE name = 'zzzz'");
    await waitFor(async () => (await site.journal.findState("zzzz", "WATCH_STATUS")) === null);
    worker.process.kill("SIGTERM");
    await once(worker.process, "exit");
    expect(worker.log().filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });
});
