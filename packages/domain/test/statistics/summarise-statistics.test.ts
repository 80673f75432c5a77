import { describe, expect, it } from "vitest";
import type { Attempt } from "../../src/metrics/attempts.js";
import { type StatisticsJob, summariseStatistics } from "../../src/statistics/summarise-statistics.js";
import { configuration } from "../support/configuration.js";

const facts = configuration({
  sections: { SIM: { processors: "16", wallclock: "02:00" }, POST: { processors: "1", wallclock: "00:30" } },
});
const job = (name: string, section: string, changes: Partial<StatisticsJob> = {}): StatisticsJob => ({
  name,
  section,
  date: "2026-01-01T00:00:00",
  member: "fc0",
  chunk: 1,
  ...changes,
});
const hour = 3600;
const ran = (from: number, outcome: Attempt["outcome"] = "completed"): Attempt => ({
  submitAt: from - hour,
  startAt: from,
  finishAt: from + hour,
  outcome,
});
const everything = { section: null, activeAfter: null };
const summarise = (jobs: StatisticsJob[], attempts: Record<string, Attempt[]>, filter = everything) =>
  summariseStatistics(
    { jobs, attemptsOf: (name) => attempts[name] ?? [], configuration: facts, localNow: "2026-07-01T09:00:00" },
    filter,
  );

describe("summariseStatistics", () => {
  it("sums up what ran against what was asked for", () => {
    const view = summarise([job("a", "SIM"), job("b", "POST")], {
      a: [ran(10 * hour, "failed"), ran(20 * hour)],
      b: [ran(30 * hour)],
    });
    expect(view.summary).toEqual({
      submittedCount: 3,
      completedCount: 2,
      failedCount: 1,
      inFlightCount: 0,
      expectedHours: 2.5,
      realHours: 3,
      failedRealHours: 1,
      expectedCpuHours: 32.5,
      cpuHours: 33,
      failedCpuHours: 16,
      totalQueueHours: 3,
      cpuPercentage: 101.54,
    });
  });

  it("adds in the order of the list, which decides the last digit of sums that end halfway", () => {
    const seconds = [2931, 6444, 3711];
    const jobs = seconds.map((_, index) => job(`j${index}`, "POST", { chunk: index + 1 }));
    const attempts = Object.fromEntries(
      seconds.map((queued, index) => [
        `j${index}`,
        [{ submitAt: 10, startAt: 10 + queued, finishAt: 10 + queued, outcome: "completed" as const }],
      ]),
    );
    // 13086 s are 3.635 h; added one by one they come to 3.6350000000000002.
    expect(summarise(jobs, attempts).summary.totalQueueHours).toBe(3.64);
  });

  it("looks at the newest series of attempts only", () => {
    const view = summarise([job("a", "SIM")], { a: [ran(hour), ran(10 * hour, "failed"), ran(20 * hour)] });
    expect(view.jobs[0]).toMatchObject({ attemptCount: 2, completedCount: 1, failedCount: 1 });
  });

  it("filters by section, and by what was active after an instant", () => {
    const jobs = [job("a", "SIM"), job("b", "POST"), job("c", "SIM")];
    const attempts = { a: [ran(10 * hour)], b: [ran(20 * hour)], c: [ran(20 * hour)] };
    const names = (filter: Parameters<typeof summarise>[2]) =>
      summarise(jobs, attempts, filter).jobs.map(({ name }) => name);
    expect(names({ section: "SIM", activeAfter: null } as never)).toEqual(["a", "c"]);
    expect(names({ section: "SIM", activeAfter: 15 * hour } as never)).toEqual(["c"]);
    expect(names({ section: null, activeAfter: 21 * hour } as never)).toEqual([]);
  });

  it("orders by date, member, section and chunk, jobs without a date as of today and in list order", () => {
    const jobs = [
      job("future", "SIM", { date: "2030-01-01T00:00:00" }),
      job("once", "SIM", { date: null, member: null, chunk: null }),
      job("first", "INI", { date: null, member: null, chunk: null }),
      job("later", "SIM", { date: "2026-02-01T00:00:00" }),
      job("chunk2", "SIM", { chunk: 2 }),
      job("chunk1", "SIM"),
      job("post", "POST", { chunk: 9 }),
      job("sync", "SIM", { member: null }),
    ];
    const attempts = Object.fromEntries(jobs.map(({ name }) => [name, [ran(hour)]]));
    expect(summarise(jobs, attempts).jobs.map(({ name }) => name)).toEqual([
      "sync",
      "post",
      "chunk1",
      "chunk2",
      "later",
      "once",
      "first",
      "future",
    ]);
  });

  it("counts considered jobs even when they were never submitted", () => {
    const view = summarise([job("a", "SIM")], {});
    expect(view).toMatchObject({ consideredCount: 1, jobs: [], summary: { submittedCount: 0, cpuPercentage: 0 } });
  });
});
