import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { writeWorkspace } from "@autosubmit-api/fixtures";
import { afterAll, describe, expect, test } from "vitest";
import { claimsOf, craftToken, KEY } from "../support/craft-token.js";
import { faultFolder } from "../support/faults.js";
import { startServerProcess } from "../support/server-process.js";

/** Debian's package `faketime` has it. */
const LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
const JUMPS = ["+6h", "-6h", "+400d", "-2y", "+0"];
const JUMP_HOURS: Record<string, number> = { "+6h": 6, "-6h": -6, "+400d": 400 * 24, "-2y": -2 * 365 * 24, "+0": 0 };
const HOUR_MS = 3_600_000;
/** Of one core, while nobody asks. */
const MOST_IDLE_SHARE = 0.5;
const folder = faultFolder("clock");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Processor time of a process so far, in hundredths of a second. */
function ticksOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

describe.skipIf(!existsSync(LIBRARY))("a machine's clock that jumps", () => {
  test("hours and years, ahead and back: answers, settings, logins and limits go on", async () => {
    const site = writeWorkspace({ root: folder, experiments: [{ expid: "a000" }] });
    const clockFile = join(folder, "clock");
    writeFileSync(clockFile, "+0");
    const server = await startServerProcess(site, {
      environment: {
        ...{
          LD_PRELOAD: LIBRARY,
          FAKETIME_TIMESTAMP_FILE: clockFile,
          FAKETIME_NO_CACHE: "1",
          FAKETIME_DONT_FAKE_MONOTONIC: "1",
        },
        ...{ SECRET_KEY: KEY, PROTECTION_LEVEL: "ALL", AS_API_RATE_LIMIT_COMMANDS: "40", AS_API_METRICS: "public" },
      },
    });
    const token = craftToken(claimsOf("ann", new Date(Date.now() - 7 * HOUR_MS)));
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(server.base + path, {
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        signal: AbortSignal.timeout(30_000),
        ...init,
      });
    const choose = (name: string) =>
      ask("/v4/user-settings/preferred-username", {
        method: "POST",
        body: JSON.stringify({ preferred_username: name }),
      });
    const jobs = await (await ask("/v4/experiments/a000/jobs")).text();
    for (const [index, jump] of JUMPS.entries()) {
      writeFileSync(clockFile, jump);
      // Node writes the time of an answer anew every second.
      const hoursAhead = async () =>
        Math.round((Date.parse((await ask("/health/live")).headers.get("date") ?? "") - Date.now()) / HOUR_MS) + 0;
      await expect.poll(hoursAhead).toBe(JUMP_HOURS[jump]);
      // Issued for five days, seven hours ago; one from the future is refused, too.
      const isValid = jump === "+6h" || jump === "-6h" || jump === "+0";
      const { status } = await ask("/v4/experiments/a000/jobs");
      expect([jump, status]).toEqual([jump, isValid ? 200 : 401]);
      if (status === 200) {
        expect(await (await ask("/v4/experiments/a000/jobs")).text()).toBe(jobs);
        for (const view of [
          "/v3/quick/a000",
          "/v3/tree/a000",
          "/v4/experiments",
          "/v4/experiments/a000/status",
          "/v4/experiments/a000/eta",
        ])
          expect([jump, view, (await ask(view)).status]).toEqual([jump, view, 200]);
        expect([jump, (await choose(`name-${index}`)).status]).toEqual([jump, 200]);
      }
      expect([jump, (await ask("/health/ready")).status]).toEqual([jump, 200]);
      const before = ticksOf(server.child.pid);
      await sleep(1_000);
      expect((ticksOf(server.child.pid) - before) / 100).toBeLessThan(MOST_IDLE_SHARE);
    }
    expect(server.child.exitCode).toBeNull();
    expect(server.lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
    expect(server.stderr()).toBe("");
    server.child.kill("SIGTERM");
    expect(await server.ended).toBe(0);
  });
});
