import { JOB_STATUS_CODES } from "@autosubmit-api/shared-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measurePerformance } from "../../src/performance/measure-performance.js";
import { type PerformanceJob, simulationFigures } from "../../src/performance/simulation.js";
import { configuration } from "../support/configuration.js";
import { performanceJob } from "../support/performance-jobs.js";

const facts = configuration({
  sections: { SIM: { processors: "16", platform: "MN5" } },
  platforms: { MN5: { carbonFactor: "300000", powerUsageEffectiveness: "1.25" } },
});
const measure = (jobs: PerformanceJob[], settings = facts) => measurePerformance({ jobs, configuration: settings });

describe("measurePerformance", () => {
  it("measures nothing where no SIM job is completed", () => {
    const view = measure([performanceJob("a", "SIM", { status: JOB_STATUS_CODES.RUNNING })]);
    expect(view.figures[1]).toMatchObject({ years: 0, sypd: null, asypd: null, rsypd: null, chsy: null, jpsy: null });
    expect(view.pending).toHaveLength(1);
  });

  it("takes the chunk of the job's run, and the configured one where the run does not tell", () => {
    const view = measure([
      performanceJob("a", "SIM", { runChunk: { chunkUnit: "year", chunkSize: 2 } }),
      performanceJob("b", "SIM", { runChunk: { chunkUnit: "NA", chunkSize: 0 } }),
      performanceJob("c", "SIM"),
    ]);
    expect(view.simulations.considered.map((simulation) => simulation.years)).toEqual([2, 0.5, 0.5]);
  });

  it("counts splits as whole chunks in version 1 and as parts in version 2", () => {
    const splits = [1, 2, 3, 4].map((split) => performanceJob(`s${split}`, "SIM", { split, splits: 4 }));
    const { figures } = measure(splits);
    // 4 × 0.5 years against 4 × 0.125, in 4 hours
    expect(figures[1]).toMatchObject({ years: 2, sypd: 12, chsy: 32 });
    expect(figures[2]).toMatchObject({ years: 0.5, sypd: 3, chsy: 128 });
  });

  it("adds the POST average to considered jobs only", () => {
    const view = measure([
      performanceJob("a", "SIM", { queueSeconds: 0, runSeconds: 3600 }),
      performanceJob("z", "SIM", { queueSeconds: 3600, runSeconds: 0 }),
      performanceJob("p", "POST", { queueSeconds: 1800, runSeconds: 1800 }),
    ]);
    expect(view.averagePostSeconds).toBe(3600);
    expect(view.simulations.considered.map((job) => simulationFigures(job, 1).asypd)).toEqual([6]);
    expect(view.simulations.excluded.map(({ job }) => simulationFigures(job, 1).asypd)).toEqual([12]);
  });

  it("ends the span with the last TRANSFER, or CLEAN without one, whatever the order", () => {
    const start = 1_767_225_600;
    const jobs = [
      performanceJob("late", "SIM", { startAt: start + 7200 }),
      performanceJob("early", "SIM", { startAt: start }),
      performanceJob("t2", "TRANSFER", { finishAt: start + 43_200 }),
      performanceJob("t1", "TRANSFER", { finishAt: start + 10 }),
      performanceJob("c", "CLEAN", { finishAt: start + 86_400 }),
    ];
    expect(measure(jobs).span).toMatchObject({ section: "TRANSFER", seconds: 43_200, lastJob: { name: "t2" } });
    const withoutTransfer = jobs.filter((job) => job.section !== "TRANSFER");
    expect(measure(withoutTransfer).span).toMatchObject({ section: "CLEAN", seconds: 86_400 });
  });

  it("has no real speed when everything ended before the first simulation started", () => {
    const view = measure([performanceJob("a", "SIM"), performanceJob("t", "TRANSFER", { finishAt: 5 })]);
    expect(view.span?.seconds).toBe(0);
    expect(view.figures[1].rsypd).toBeNull();
  });

  it.each([
    ["", null, "unset"],
    ["0.3", 0.3, null],
    ["1e3", 1000, null],
    ["many", null, "invalid"],
    ["Infinity", null, "invalid"],
  ])("reads CF %j as %s (%s)", (carbonFactor, value, problem) => {
    const settings = configuration({
      sections: { SIM: { platform: "MN5" } },
      platforms: { MN5: { carbonFactor, powerUsageEffectiveness: "1" } },
    });
    expect(measure([], settings).platform).toMatchObject({ carbonFactor: value, carbonFactorProblem: problem });
  });
});

const jobs = fc
  .array(
    fc.record({
      section: fc.constantFrom("SIM", "SIM", "SIM", "POST", "TRANSFER", "CLEAN", "INI"),
      status: fc.constantFrom(JOB_STATUS_CODES.COMPLETED, JOB_STATUS_CODES.COMPLETED, JOB_STATUS_CODES.FAILED),
      splits: fc.constantFrom(null, null, 1, 3, 7),
      queueSeconds: fc.nat(100_000),
      runSeconds: fc.oneof(fc.nat(20_000), fc.constant(0), fc.integer({ min: 3500, max: 3700 })),
      startAt: fc.integer({ min: 1_700_000_000, max: 1_700_500_000 }),
      finishAt: fc.integer({ min: 1_700_000_000, max: 1_700_900_000 }),
      energyJoules: fc.oneof(fc.constant(0), fc.nat(50_000_000)),
    }),
    { maxLength: 40 },
  )
  .map((records) => records.map((record, index) => performanceJob(`job_${index}`, record.section, record)));

describe("properties", () => {
  it("does not depend on the order of the jobs", () => {
    fc.assert(
      fc.property(jobs, fc.infiniteStream(fc.nat()), (list, keys) => {
        const shuffled = list
          .map((job) => ({ job, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ job }) => job);
        expect(measure(shuffled).figures).toEqual(measure(list).figures);
        expect(measure(shuffled).span?.seconds).toBe(measure(list).span?.seconds);
      }),
    );
  });

  it("divides SYPD by k when every run time is k times as long, and considers the same jobs", () => {
    fc.assert(
      fc.property(jobs, fc.integer({ min: 2, max: 9 }), (list, k) => {
        const slower = measure(list.map((job) => ({ ...job, runSeconds: job.runSeconds * k })));
        const before = measure(list);
        const names = (view: typeof before) => view.simulations.considered.map((job) => job.name);
        expect(names(slower)).toEqual(names(before));
        const [fast, slow] = [before.figures[1].sypd, slower.figures[1].sypd];
        if (fast === null || slow === null) expect(slow).toBe(fast);
        else expect(Math.abs(slow - fast / k)).toBeLessThanOrEqual(0.0001);
      }),
    );
  });

  it("changes nothing but what is left out when a job without run time is added", () => {
    fc.assert(
      fc.property(jobs, fc.constantFrom(0, -3600), (list, runSeconds) => {
        const before = measure(list);
        const after = measure([...list, performanceJob("added", "SIM", { runSeconds, energyJoules: 1e9 })]);
        expect(after).toEqual({
          ...before,
          simulations: {
            considered: before.simulations.considered,
            excluded: [...before.simulations.excluded, expect.objectContaining({ reason: "no-run-time" })],
          },
        });
      }),
    );
  });

  it("changes nothing but what is left out when an outlier is added and the others stay", () => {
    fc.assert(
      fc.property(jobs, (list) => {
        const before = measure(list);
        const after = measure([...list, performanceJob("added", "SIM", { runSeconds: 1e9, energyJoules: 1e9 })]);
        const isOut = after.simulations.excluded.some(({ job }) => job.name === "added");
        fc.pre(isOut && after.simulations.considered.length === before.simulations.considered.length);
        expect(after.figures).toEqual(before.figures);
        expect(after.averagePostSeconds).toBe(before.averagePostSeconds);
        expect(after.span).toEqual(before.span);
      }),
    );
  });
});
