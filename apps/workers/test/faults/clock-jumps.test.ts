import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startProcess } from "../support/process.js";
import { rows, temporarySite, writeExperiment } from "../support/temporary-site.js";

/** Debian's package `faketime` has it. */
const LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
const JUMPS = ["+6h", "-400d", "-6h", "+0"];
const HOURS: Record<string, number> = { "+6h": 6, "-6h": -6, "-400d": -9_600, "+0": 0 };
const HOUR_MS = 3_600_000;
const WITHIN = { timeout: 60_000, interval: 100 };

describe.skipIf(!existsSync(LIBRARY))("a machine's clock that jumps", () => {
  it("hours and days, ahead and back: tasks go on within their interval, and what changes is told", async () => {
    const site = temporarySite(4);
    const clockFile = join(site.root, "clock");
    writeFileSync(clockFile, "+0");
    const settingsFile = join(site.root, "settings.yaml");
    const every = "{INTERVAL: 0.02}";
    writeFileSync(settingsFile, `BACKGROUND_TASKS: {TASK_STTSUPDTR: ${every}, TASK_POPDET: ${every}}`);
    const worker = startProcess(site, [], {
      ...{
        LD_PRELOAD: LIBRARY,
        FAKETIME_TIMESTAMP_FILE: clockFile,
        FAKETIME_NO_CACHE: "1",
        FAKETIME_DONT_FAKE_MONOTONIC: "1",
      },
      AS_API_CONFIG_FILE: settingsFile,
    });
    const branchOf = () =>
      rows<{ branch: string }>(site.files.main, "SELECT branch FROM details WHERE exp_id = 2")[0]?.branch;
    const count = () => rows<{ n: number }>(site.files.status, "SELECT count(*) AS n FROM experiment_status")[0]?.n;
    const cycles = () => worker.log().filter(({ msg }) => msg === "cycle finished").length;
    await expect.poll(() => existsSync(site.files.status) && branchOf(), WITHIN).toBe("main");
    for (const jump of JUMPS) {
      writeFileSync(clockFile, jump);
      writeExperiment(site, "a001", `after-${jump}`);
      await expect.poll(branchOf, WITHIN).toBe(`after-${jump}`);
      const hoursAhead = () => Math.round((Number(worker.log().at(-1)?.time) - Date.now()) / HOUR_MS) + 0;
      await expect.poll(hoursAhead, WITHIN).toBe(HOURS[jump]);
      const before = cycles();
      await expect.poll(cycles, WITHIN).toBeGreaterThan(before + 1);
      expect(count()).toBe(4);
    }
    expect(worker.process.exitCode).toBeNull();
    // A part that a jump met in the middle is given back, and done again.
    const failed = worker
      .log()
      .filter(({ level, msg }) => Number(level) >= 50 && msg !== "cycle interrupted; it goes on later");
    expect(failed).toEqual([]);
    worker.process.kill("SIGTERM");
    expect(await worker.exited).toBe(0);
  });
});
