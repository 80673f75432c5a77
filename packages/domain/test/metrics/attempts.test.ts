import { createTimeZone } from "@autosubmit-api/shared-types";
import type { TotalStatsRecord } from "autosubmit-reader";
import { describe, expect, it } from "vitest";
import { type Attempt, newestSeries, readAttempts, wasActiveAfter } from "../../src/metrics/attempts.js";

const utc = createTimeZone("UTC");
const record = (line: string): TotalStatsRecord => {
  const [submit = null, start = null, finish = null, status = null] = line.split(" ");
  return { submit, start, finish, status };
};
const attempts = (...outcomes: Attempt["outcome"][]): Attempt[] =>
  outcomes.map((outcome, index) => ({ submitAt: index, startAt: null, finishAt: null, outcome }));

describe("readAttempts", () => {
  it("reads finished, failed and unfinished lines", () => {
    const lines = [
      "20260101000000 20260101000100 20260101010100 COMPLETED",
      "20260101000000 x 20260101010100 FAILED",
      "20260101000000",
    ];
    const at = Date.UTC(2026, 0, 1) / 1000;
    expect(readAttempts(lines.map(record), utc)).toEqual([
      { submitAt: at, startAt: at + 60, finishAt: at + 3660, outcome: "completed" },
      { submitAt: at, startAt: null, finishAt: at + 3660, outcome: "failed" },
      { submitAt: at, startAt: null, finishAt: null, outcome: "in-flight" },
    ]);
  });

  it("measures the time that passed over a change of the clock", () => {
    const madrid = createTimeZone("Europe/Madrid");
    // Clocks went back at 03:00 on 27 October 2024 and forward at 02:00 on 31 March.
    const [autumn] = readAttempts([record("20241027013000 20241027013000 20241027033000 COMPLETED")], madrid);
    const [spring] = readAttempts([record("20240331013000 20240331013000 20240331033000 COMPLETED")], madrid);
    expect((autumn?.finishAt ?? 0) - (autumn?.startAt ?? 0)).toBe(3 * 3600);
    expect((spring?.finishAt ?? 0) - (spring?.startAt ?? 0)).toBe(1 * 3600);
  });
});

describe("newestSeries", () => {
  it.each([
    [[], 0],
    [["failed", "completed"], 2],
    [["completed", "failed", "completed"], 2],
    [["completed", "completed", "failed"], 2],
    [["failed", "failed", "in-flight"], 3],
    [["completed"], 1],
  ] as [Attempt["outcome"][], number][])("of %j are the last %i", (outcomes, count) => {
    const all = attempts(...outcomes);
    expect(newestSeries(all)).toEqual(all.slice(all.length - count));
  });
});

describe("wasActiveAfter", () => {
  const attempt: Attempt = { submitAt: 1, startAt: 100, finishAt: 200, outcome: "completed" };
  it("looks at starts and ends of any attempt, submission does not count", () => {
    expect(wasActiveAfter([attempt], 199)).toBe(true);
    expect(wasActiveAfter([attempt], 200)).toBe(false);
    expect(wasActiveAfter([{ ...attempt, finishAt: null }], 99)).toBe(true);
    expect(wasActiveAfter([{ ...attempt, submitAt: 500, startAt: null, finishAt: null }], 99)).toBe(false);
  });
});
