import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { TASKS } from "../src/tasks.js";
import { startProcess } from "./support/process.js";
import { execute, rows, temporarySite } from "./support/temporary-site.js";

const KILLS = 50;
/** Bounds of the time that a worker lives at most; in between it is what a whole cycle takes on this machine, and half. */
const SHORTEST_LIFE_MS = 500;
const LONGEST_LIFE_MS = 1_800;

interface Written {
  registered: { id: number; expid: string; hpc: string }[];
  running: [expid: string, modified: string][];
}

/** Autosubmit at work on the same databases; the function that is returned ends it and tells what it has written. */
function writeAsAutosubmit(mainPath: string, statusPath: string): () => Promise<Written> {
  const writer = fork(new URL("./support/autosubmit-writer.mjs", import.meta.url), [mainPath, statusPath], {
    execArgv: [],
  });
  onTestFinished(() => {
    writer.kill("SIGKILL");
  });
  return async () => {
    const answer = once(writer, "message");
    writer.send("stop");
    return (await answer)[0] as Written;
  };
}

describe("workers that are killed at any moment", () => {
  it(`leave sound databases and lose no row: ${KILLS} times while Autosubmit writes to them`, async () => {
    const site = temporarySite(300);
    const settings = join(site.root, "settings.yaml");
    const always = TASKS.map(({ id }) => `  ${id}: {INTERVAL: 0.001}\n`).join("");
    writeFileSync(settings, `WORKERS: {TICK: 0.05, LEASE: 0.3}\nBACKGROUND_TASKS:\n${always}`);
    const startedAt = performance.now();
    const prepared = startProcess(site, ["--once", "update-experiment-status"]);
    expect(await prepared.exited).toBe(0);
    const cycleMs = performance.now() - startedAt;
    const lifeMs = Math.min(LONGEST_LIFE_MS, Math.max(SHORTEST_LIFE_MS, 1.5 * cycleMs));
    const before = rows(site.files.main, "SELECT * FROM experiment");

    const stopAutosubmit = writeAsAutosubmit(site.files.main, site.files.status);
    const cycles = () => rows(site.files.api, "SELECT 1 FROM worker_cycles").length;
    // On a machine that is busy with other work, lives of that length may end before anything was done.
    for (let kill = 0; kill < KILLS || cycles() <= 2; kill += 1) {
      const worker = startProcess(site, [], { AS_API_CONFIG_FILE: settings, LOG_LEVEL: "error" });
      await sleep(Math.random() * lifeMs * (kill < KILLS ? 1 : 4));
      // Something changes between one worker and the next, so that each has rows to write.
      execute(
        site.files.status,
        "UPDATE experiment_status SET status = 'RUNNING', modified = '2026-01-01-00:00:00' WHERE exp_id % 7 = 0 AND exp_id <= 300",
      );
      worker.process.kill("SIGKILL");
      expect(await worker.exited).toBe("SIGKILL");
      expect(worker.stderr()).toBe("");
    }
    const written = await stopAutosubmit();
    expect(cycles()).toBeGreaterThan(2);
    expect(written.registered.length).toBeGreaterThan(KILLS);

    for (const path of [site.files.main, site.files.status, site.files.api]) {
      expect(rows(path, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
    }
    for (const { name } of TASKS) {
      const last = startProcess(site, ["--once", name]);
      expect(await last.exited).toBe(0);
      const summary = last.log().findLast(({ msg }) => msg === "cycle finished");
      expect(summary).toMatchObject({ examined: 300 + written.registered.length, failed: 0 });
    }
    expect(rows(site.files.main, "SELECT * FROM experiment WHERE id <= 300")).toEqual(before);
    const registered = written.registered.map(({ id, expid }) => ({ id, name: expid }));
    expect(rows(site.files.main, "SELECT id, name FROM experiment WHERE id > 300 ORDER BY id")).toEqual(registered);
    const details = written.registered.map(({ id, hpc }) => ({ exp_id: id, hpc }));
    expect(rows(site.files.main, "SELECT exp_id, hpc FROM details WHERE exp_id > 300 ORDER BY exp_id")).toEqual(
      details,
    );
    const statuses = rows<{ name: string; modified: string }>(
      site.files.status,
      "SELECT name, modified FROM experiment_status",
    );
    expect(statuses).toHaveLength(300 + written.registered.length);
    // Runs that Autosubmit started in the last minutes are still what it made of them.
    const stored = new Map(statuses.map(({ name, modified }) => [name, modified]));
    for (const [expid, modified] of written.running) expect([expid, stored.get(expid)]).toEqual([expid, modified]);
  }, 240_000);
});
