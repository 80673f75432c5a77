import { JOB_STATUS_CODES } from "@autosubmit-api/shared-types";
import { describe, expect, it } from "vitest";
import { FORMULAS } from "../../src/metrics/formulas.js";
import { explainPerformance } from "../../src/performance/explain-performance.js";
import { measurePerformance } from "../../src/performance/measure-performance.js";
import type { PerformanceJob } from "../../src/performance/simulation.js";
import { configuration } from "../support/configuration.js";
import { performanceJob } from "../support/performance-jobs.js";

const facts = configuration({
  sections: { SIM: { processors: "16", platform: "MN5" } },
  platforms: { MN5: { carbonFactor: "300000", powerUsageEffectiveness: "1.25" } },
});
const explain = (jobs: PerformanceJob[], settings = facts) => {
  const explanation = explainPerformance(measurePerformance({ jobs, configuration: settings }));
  const metric = (name: string) => explanation.metrics.find((candidate) => candidate.formula.name === name);
  return { ...explanation, metric };
};
const COMPLETE = [
  performanceJob("sim", "SIM", { energyJoules: 3.6e6, startAt: 100_000 }),
  performanceJob("post", "POST"),
  performanceJob("transfer", "TRANSFER", { finishAt: 143_200 }),
];

describe("explainPerformance", () => {
  it("explains every formula once", () => {
    const names = explain([]).metrics.map((metric) => metric.formula.name);
    expect(names.toSorted()).toEqual(Object.keys(FORMULAS).toSorted());
  });

  it("gives a value or a reason, never both and never neither", () => {
    for (const jobs of [[], COMPLETE, COMPLETE.slice(0, 1)]) {
      for (const metric of explain(jobs).metrics) expect(metric.value === null).toBe(metric.reason !== null);
    }
  });

  it("lets SYPD be computed again from its inputs", () => {
    const { value, inputs } = explain(COMPLETE).metric("SYPD") ?? {};
    expect(value).toBe(((inputs?.simulated_years ?? 0) * 86_400) / (inputs?.total_run_seconds ?? 1));
  });

  it.each([
    ["no SIM job is completed", [], "SYPD", "no-completed-simulation"],
    ["every SIM job is left out", [performanceJob("a", "SIM", { runSeconds: 0 })], "SY", "no-considered-simulation"],
    ["nothing ended", COMPLETE.slice(0, 2), "RSYPD", "no-final-job"],
    [
      "the end is not known",
      [...COMPLETE.slice(0, 2), performanceJob("t", "CLEAN", { finishAt: 0 })],
      "RSYPD",
      "no-span",
    ],
    ["there is no energy", [performanceJob("a", "SIM")], "total_energy", "no-energy"],
    ["there is no POST job", COMPLETE.slice(0, 1), "average_post_time", "no-completed-post-job"],
  ])("says why when %s", (_, jobs, name, code) => {
    expect(explain(jobs).metric(name)).toMatchObject({ value: null, reason: { code } });
  });

  it("says what the platform lacks", () => {
    const settings = configuration({
      sections: { SIM: { platform: "MN5" } },
      platforms: { MN5: { carbonFactor: "x" } },
    });
    const footprint = explain(COMPLETE, settings).metric("total_footprint");
    expect(footprint?.reason).toEqual({ code: "no-carbon-factor", message: "CF of platform MN5 is invalid." });
  });

  it("has no speed for chunks without a length", () => {
    const settings = configuration({ chunk: { unit: "NA", size: 0 } });
    expect(explain(COMPLETE, settings).metric("SYPD")?.reason?.code).toBe("unknown-chunk-length");
  });

  it("names the jobs that are left out and why", () => {
    const { jobSets } = explain([
      ...[3500, 3600, 3600, 3700].map((runSeconds, index) => performanceJob(`s${index}`, "SIM", { runSeconds })),
      performanceJob("slow", "SIM", { runSeconds: 36_000, energyJoules: 5 }),
      performanceJob("idle", "SIM", { runSeconds: 0 }),
      performanceJob("waiting", "SIM", { status: JOB_STATUS_CODES.WAITING }),
    ]);
    expect(jobSets.simulations.considered).toEqual(["s0", "s1", "s2", "s3"]);
    expect(jobSets.simulations.excluded).toEqual([
      {
        name: "slow",
        reason: "outlier",
        message: "Its run time of 36000 s has a modified z-score of 218.54, beyond 7.",
      },
      { name: "idle", reason: "no-run-time", message: "It has no run time." },
      { name: "waiting", reason: "not-completed", message: "It is not completed." },
    ]);
    expect(jobSets.simulations_with_energy.excluded).toHaveLength(6);
  });

  it("tells the share of missing data", () => {
    const { metric } = explain([
      performanceJob("a", "SIM", { energyJoules: 5 }),
      performanceJob("b", "SIM"),
      performanceJob("c", "SIM"),
      performanceJob("d", "SIM", { runSeconds: 0 }),
    ]);
    expect(metric("SYPD")?.missing).toEqual({ what: "run time", count: 1, of: 4, share: 0.25 });
    expect(metric("JPSY")?.missing).toEqual({ what: "energy", count: 2, of: 3, share: 2 / 3 });
    expect(metric("average_post_time")?.missing).toEqual({ what: "queue and run time", count: 0, of: 0, share: null });
  });

  it("warns where splits make version 1 another number", () => {
    const sypd = explain([performanceJob("a", "SIM", { split: 1, splits: 2 })]).metric("SYPD");
    expect(sypd).toMatchObject({ value: 6, version1Value: 12 });
    expect(sypd?.caveats).toHaveLength(1);
  });
});
