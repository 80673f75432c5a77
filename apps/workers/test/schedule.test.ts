import { describe, expect, it } from "vitest";
import { describeSchedule, nextRunAt } from "../src/schedule.js";

const workerStart = new Date("2026-07-01T09:00:30Z");
const timeZone = "Europe/Madrid";
const every5 = { kind: "interval", minutes: 5 } as const;
const at4 = { kind: "cron", expression: "0 4 * * *" } as const;

describe("nextRunAt", () => {
  it("is an interval after the last start, whichever worker's that was", () => {
    const lastStart = new Date("2026-07-01T09:00:00Z");
    expect(nextRunAt(every5, { lastStart, workerStart, timeZone })).toEqual(new Date("2026-07-01T09:05:00Z"));
  });

  it("is at once for an interval task that never ran", () => {
    expect(nextRunAt(every5, { lastStart: null, workerStart, timeZone })).toEqual(workerStart);
  });

  it("follows the site's clock for cron expressions, through changes of daylight saving time", () => {
    const next = (lastStart: string) => nextRunAt(at4, { lastStart: new Date(lastStart), workerStart, timeZone });
    expect(next("2026-07-01T09:00:00Z")).toEqual(new Date("2026-07-02T02:00:00Z"));
    expect(next("2026-10-24T22:00:00Z")).toEqual(new Date("2026-10-25T03:00:00Z"));
  });

  it("waits for the next time of a cron task that never ran, and catches up once on what was missed", () => {
    expect(nextRunAt(at4, { lastStart: null, workerStart, timeZone })).toEqual(new Date("2026-07-02T02:00:00Z"));
    const lastStart = new Date("2026-06-01T02:00:00Z");
    expect(nextRunAt(at4, { lastStart, workerStart, timeZone })).toEqual(new Date("2026-06-02T02:00:00Z"));
  });
});

describe("describeSchedule", () => {
  it.each([
    [1, "every minute"],
    [5, "every 5 minutes"],
    [60, "every 60 minutes"],
    [240, "every 4 hours"],
    [1440, "every 24 hours"],
    [0.5, "every 0.5 minutes"],
  ])("says %d minutes as %j", (minutes, text) => {
    expect(describeSchedule({ kind: "interval", minutes })).toBe(text);
  });

  it("shows a cron expression as it is", () => {
    expect(describeSchedule(at4)).toBe("0 4 * * *");
  });
});
