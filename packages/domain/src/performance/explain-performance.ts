import { FORMULAS, type Formula, type MetricName } from "../metrics/formulas.js";
import { OUTLIER_SCORE } from "../metrics/outliers.js";
import type { PerformanceView } from "./measure-performance.js";
import type { PerformanceFigures } from "./performance-figures.js";

/** Which jobs a metric is about; `PerformanceExplanation.jobSets` lists them. */
export type JobSetName = "simulations" | "simulations_with_energy" | "post_jobs" | "final_jobs";

/** Why a job is not among those that a metric considers. */
export type JobExclusion = "not-completed" | "no-run-time" | "outlier" | "no-energy" | "not-considered" | "no-finish";

/** Why a metric has no value. */
export type MissingValueReason =
  | "no-completed-simulation"
  | "no-considered-simulation"
  | "unknown-chunk-length"
  | "no-final-job"
  | "no-span"
  | "no-energy"
  | "no-carbon-factor"
  | "no-power-usage-effectiveness"
  | "no-completed-post-job"
  | "unknown-processors";

/** One metric and everything that it follows from. */
export interface ExplainedMetric {
  /** Null, with a reason, where it cannot be computed. */
  value: number | null;
  reason: { code: MissingValueReason; message: string } | null;
  /** What version 1 of the formula gives, in v3 answers; there 0 also stands for "cannot be computed". */
  version1Value: number;
  formula: Formula;
  /** The terms of the formula; null for a term that is not known. */
  inputs: Readonly<Record<string, number | null>>;
  /** Instants among the terms, epoch seconds. */
  instants: Readonly<Record<string, number>>;
  /** Null for a metric that follows from the configuration alone. */
  jobSet: JobSetName | null;
  /** Of `of` jobs that should contribute, `count` lack the datum. Null where no jobs contribute. */
  missing: { what: string; count: number; of: number; share: number | null } | null;
  /** What a reader of the value should know. */
  caveats: readonly string[];
}

/** The jobs that a metric considers, and the others with the reason for each. */
export interface JobSet {
  considered: readonly string[];
  excluded: readonly { name: string; reason: JobExclusion; message: string }[];
}

/** Every metric of an experiment, explained. */
export interface PerformanceExplanation {
  metrics: readonly ExplainedMetric[];
  jobSets: Readonly<Record<JobSetName, JobSet>>;
}

/** Says where every number of an experiment's performance comes from. */
export function explainPerformance(view: PerformanceView): PerformanceExplanation {
  return {
    metrics: [...speedMetrics(view), ...energyMetrics(view), ...otherMetrics(view)],
    jobSets: {
      simulations: simulationSet(view),
      simulations_with_energy: energySet(view),
      post_jobs: postSet(view),
      final_jobs: finalSet(view),
    },
  };
}

type Reason = ExplainedMetric["reason"];
type Parts = Omit<ExplainedMetric, "formula" | "reason" | "caveats" | "instants"> & {
  /** The first that applies is the reason for a value that is missing. */
  reasons: readonly Reason[];
  caveats?: readonly string[];
  instants?: ExplainedMetric["instants"];
};

function explained(name: MetricName, { reasons, caveats = [], instants = {}, ...parts }: Parts): ExplainedMetric {
  const reason = reasons.find((candidate) => candidate !== null) ?? null;
  return { ...parts, value: reason === null ? parts.value : null, reason, formula: FORMULAS[name], instants, caveats };
}

function speedMetrics(view: PerformanceView): ExplainedMetric[] {
  const { 1: before, 2: figures } = view.figures;
  const simulated = [noSimulation(view), noChunkLength(figures)];
  const base = { jobSet: "simulations", missing: missingRunTimes(view), caveats: splitCaveats(view) } as const;
  const years = { simulated_years: figures.years };
  const run = { ...years, total_run_seconds: figures.totalRunSeconds };
  const noPost = view.postJobs.length === 0 ? ["No POST job is completed: nothing is added for post-processing."] : [];
  return [
    explained("SY", { ...base, value: figures.years, version1Value: before.years, inputs: years, reasons: simulated }),
    explained("SYPD", {
      ...base,
      value: figures.sypd,
      version1Value: before.sypd ?? 0,
      inputs: run,
      reasons: simulated,
    }),
    explained("ASYPD", {
      ...base,
      value: figures.asypd,
      version1Value: before.asypd ?? 0,
      inputs: {
        ...run,
        total_queue_seconds: figures.totalQueueSeconds,
        average_post_seconds: view.averagePostSeconds,
      },
      reasons: simulated,
      caveats: [...base.caveats, ...noPost],
    }),
    explained("RSYPD", {
      ...base,
      value: figures.rsypd,
      version1Value: before.rsypd ?? 0,
      inputs: { ...years, span_seconds: view.span?.seconds ?? null },
      instants:
        view.span === null
          ? {}
          : { first_start: view.span.firstSimulation.startAt, last_finish: view.span.lastJob.finishAt },
      jobSet: "final_jobs",
      missing: missingFinishes(view),
      reasons: [...simulated, noFinalJob(view), noSpan(view)],
      caveats: [...base.caveats, ...spanCaveats(view)],
    }),
    explained("CHSY", {
      ...base,
      value: figures.chsy,
      version1Value: before.chsy ?? 0,
      inputs: { processing_elements: view.processingElements, simulations: view.simulations.considered.length },
      reasons: [...simulated, noProcessors(view)],
    }),
  ];
}

function energyMetrics(view: PerformanceView): ExplainedMetric[] {
  const { 1: before, 2: figures } = view.figures;
  const { platform, simulations } = view;
  const withEnergy = simulations.considered.filter((simulation) => simulation.energyJoules > 0).length;
  const measured = [
    noSimulation(view),
    withEnergy > 0 ? null : reason("no-energy", "No considered job has energy data."),
  ];
  const total = { total_energy_joules: figures.energyJoules };
  const count = simulations.considered.length;
  const base = {
    jobSet: "simulations_with_energy",
    missing: missing("energy", count - withEnergy, count),
  } as const;
  return [
    explained("JPSY", {
      ...base,
      value: figures.jpsy,
      version1Value: before.jpsy ?? 0,
      inputs: { ...total, simulations_with_energy: withEnergy },
      reasons: [...measured, noChunkLength(figures)],
      caveats: splitCaveats(view),
    }),
    explained("total_energy", {
      ...base,
      value: figures.energyJoules,
      version1Value: before.energyJoules,
      inputs: { simulations_with_energy: withEnergy },
      reasons: measured,
    }),
    explained("total_footprint", {
      ...base,
      value: figures.footprintGrams,
      version1Value: before.footprintGrams ?? 0,
      inputs: {
        ...total,
        carbon_factor: platform.carbonFactor,
        power_usage_effectiveness: platform.powerUsageEffectiveness,
      },
      reasons: [...measured, noCarbonFactor(view), noEffectiveness(view)],
    }),
  ];
}

function otherMetrics(view: PerformanceView): ExplainedMetric[] {
  const { postJobs, averagePostSeconds, processingElements } = view;
  const idle = postJobs.filter((job) => job.queueSeconds + job.runSeconds === 0).length;
  return [
    explained("average_post_time", {
      value: averagePostSeconds,
      version1Value: averagePostSeconds,
      inputs: { completed_post_jobs: postJobs.length },
      jobSet: "post_jobs",
      missing: missing("queue and run time", idle, postJobs.length),
      reasons: [postJobs.length > 0 ? null : reason("no-completed-post-job", "No POST job is completed.")],
    }),
    explained("processing_elements", {
      value: processingElements,
      version1Value: processingElements,
      inputs: {},
      jobSet: null,
      missing: null,
      reasons: [noProcessors(view)],
    }),
  ];
}

function reason(code: MissingValueReason, message: string): Reason {
  return { code, message };
}

function noSimulation({ simulations }: PerformanceView): Reason {
  const { considered, excluded } = simulations;
  if (considered.length > 0) return null;
  return excluded.length === 0
    ? reason("no-completed-simulation", "No SIM job is completed.")
    : reason("no-considered-simulation", `All ${excluded.length} completed SIM jobs are left out.`);
}

function noChunkLength(figures: PerformanceFigures): Reason {
  if (figures.years > 0) return null;
  return reason("unknown-chunk-length", "Neither the runs nor the configuration say how long a chunk is.");
}

function noFinalJob({ span }: PerformanceView): Reason {
  return span === null ? reason("no-final-job", "No TRANSFER and no CLEAN job is completed.") : null;
}

function noSpan({ span }: PerformanceView): Reason {
  if (span === null || span.seconds > 0) return null;
  return reason("no-span", `${span.lastJob.name} did not finish after ${span.firstSimulation.name} had started.`);
}

function noProcessors({ processingElements }: PerformanceView): Reason {
  return processingElements > 0 ? null : reason("unknown-processors", "PROCESSORS of the SIM section is no number.");
}

function noCarbonFactor({ platform }: PerformanceView): Reason {
  if (platform.carbonFactor !== null) return null;
  return reason(
    "no-carbon-factor",
    `CF of platform ${platformLabel(platform.name)} is ${platform.carbonFactorProblem}.`,
  );
}

function noEffectiveness({ platform }: PerformanceView): Reason {
  if (platform.powerUsageEffectiveness !== null) return null;
  const problem = platform.powerUsageEffectivenessProblem;
  return reason("no-power-usage-effectiveness", `PUE of platform ${platformLabel(platform.name)} is ${problem}.`);
}

function platformLabel(name: string): string {
  return name === "" ? "(none)" : name;
}

function splitCaveats({ simulations }: PerformanceView): string[] {
  const split = simulations.considered.filter(({ splits }) => splits !== null && splits > 1).length;
  if (split === 0) return [];
  return [
    `${split} considered jobs are splits; each counts as its part of the chunk, in version 1 as the whole chunk.`,
  ];
}

function spanCaveats({ span }: PerformanceView): string[] {
  return span?.section === "CLEAN" ? ["No TRANSFER job is completed: the last CLEAN job ends the span."] : [];
}

function missing(what: string, count: number, of: number): ExplainedMetric["missing"] {
  return { what, count, of, share: of === 0 ? null : count / of };
}

function missingRunTimes({ simulations }: PerformanceView): ExplainedMetric["missing"] {
  const { considered, excluded } = simulations;
  const timeless = excluded.filter((job) => job.reason === "no-run-time").length;
  return missing("run time", timeless, considered.length + excluded.length);
}

function missingFinishes({ finalJobs }: PerformanceView): ExplainedMetric["missing"] {
  return missing("finish", finalJobs.filter((job) => job.finishAt <= 0).length, finalJobs.length);
}

function simulationSet({ simulations, pending }: PerformanceView): JobSet {
  const left = simulations.excluded.map(({ job, reason: code, score }) => ({
    name: job.name,
    reason: code,
    message:
      score === null
        ? "It has no run time."
        : `Its run time of ${job.runSeconds} s has a modified z-score of ${score.toFixed(2)}, beyond ${OUTLIER_SCORE}.`,
  }));
  const waiting = pending.map(({ name }) => ({
    name,
    reason: "not-completed" as const,
    message: "It is not completed.",
  }));
  return { considered: simulations.considered.map((job) => job.name), excluded: [...left, ...waiting] };
}

function energySet({ simulations }: PerformanceView): JobSet {
  const without = simulations.considered.filter((job) => job.energyJoules <= 0);
  const excluded = [
    ...without.map(({ name }) => ({ name, reason: "no-energy" as const, message: "It has no energy data." })),
    ...simulations.excluded.map(({ job }) => ({
      name: job.name,
      reason: "not-considered" as const,
      message: "It is left out of the simulations.",
    })),
  ];
  return { considered: simulations.considered.filter((job) => job.energyJoules > 0).map((job) => job.name), excluded };
}

function postSet({ postJobs }: PerformanceView): JobSet {
  return { considered: postJobs.map((job) => job.name), excluded: [] };
}

function finalSet({ span, finalJobs }: PerformanceView): JobSet {
  const timeless = finalJobs.filter((job) => job.finishAt <= 0);
  return {
    considered: span === null ? [] : [span.firstSimulation.name, span.lastJob.name],
    excluded: timeless.map(({ name }) => ({ name, reason: "no-finish", message: "Its end is not known." })),
  };
}
