import { FORMULAS, type Formula, type MetricName } from "../metrics/formulas.js";
import { type JobSet, type JobSetName, listJobSets } from "./job-sets.js";
import type { PerformanceView } from "./measure-performance.js";
import {
  type MissingShare,
  missing,
  missingFinishes,
  missingRunTimes,
  noCarbonFactor,
  noChunkLength,
  noEffectiveness,
  noFinalJob,
  noProcessors,
  noSimulation,
  noSpan,
  type Reason,
  reason,
  spanCaveats,
  splitCaveats,
} from "./missing-values.js";

/** One metric and everything that it follows from. */
export interface ExplainedMetric {
  /** Null, with a reason, where it cannot be computed. */
  value: number | null;
  reason: Reason;
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
  missing: MissingShare | null;
  /** What a reader of the value should know. */
  caveats: readonly string[];
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
    jobSets: listJobSets(view),
  };
}

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
    explained("SY", {
      ...base,
      value: figures.years,
      version1Value: before.years,
      inputs: { simulations: view.simulations.considered.length },
      reasons: simulated,
    }),
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
