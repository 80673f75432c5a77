import type { PerformanceView } from "./measure-performance.js";
import type { PerformanceFigures } from "./performance-figures.js";

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

/** Why a metric has no value, or null when nothing stands in the way. */
export type Reason = { code: MissingValueReason; message: string } | null;

/** Of `of` jobs that should contribute, `count` lack the datum; no share where no jobs should. */
export interface MissingShare {
  what: string;
  count: number;
  of: number;
  share: number | null;
}

/** A reason in words. */
export function reason(code: MissingValueReason, message: string): Reason {
  return { code, message };
}

/** No SIM job counts: nothing that is per year or per simulation can be computed. */
export function noSimulation({ simulations }: PerformanceView): Reason {
  const { considered, excluded } = simulations;
  if (considered.length > 0) return null;
  return excluded.length === 0
    ? reason("no-completed-simulation", "No SIM job is completed.")
    : reason("no-considered-simulation", `All ${excluded.length} completed SIM jobs are left out.`);
}

/** The simulations that count have no length. */
export function noChunkLength(figures: PerformanceFigures): Reason {
  if (figures.years > 0) return null;
  return reason("unknown-chunk-length", "Neither the runs nor the configuration say how long a chunk is.");
}

/** No job ended the experiment's work: RSYPD has no end. */
export function noFinalJob({ span }: PerformanceView): Reason {
  return span === null ? reason("no-final-job", "No TRANSFER and no CLEAN job is completed.") : null;
}

/** The last end is not known, or not after the first start. */
export function noSpan({ span }: PerformanceView): Reason {
  if (span === null || span.seconds > 0) return null;
  return reason("no-span", `${span.lastJob.name} did not finish after ${span.firstSimulation.name} had started.`);
}

/** The configuration does not say how many processors a SIM job holds. */
export function noProcessors({ processingElements }: PerformanceView): Reason {
  return processingElements > 0 ? null : reason("unknown-processors", "PROCESSORS of the SIM section is no number.");
}

/** The platform has no usable CF. */
export function noCarbonFactor({ platform }: PerformanceView): Reason {
  if (platform.carbonFactor !== null) return null;
  return reason(
    "no-carbon-factor",
    `CF of platform ${platformLabel(platform.name)} is ${platform.carbonFactorProblem}.`,
  );
}

/** The platform has no usable PUE. */
export function noEffectiveness({ platform }: PerformanceView): Reason {
  if (platform.powerUsageEffectiveness !== null) return null;
  const problem = platform.powerUsageEffectivenessProblem;
  return reason("no-power-usage-effectiveness", `PUE of platform ${platformLabel(platform.name)} is ${problem}.`);
}

function platformLabel(name: string): string {
  return name === "" ? "(none)" : name;
}

/** Says that splits make version 1 another number. */
export function splitCaveats({ simulations }: PerformanceView): string[] {
  const split = simulations.considered.filter(({ splits }) => splits !== null && splits > 1).length;
  if (split === 0) return [];
  return [
    `${split} considered jobs are splits; each counts as its part of the chunk, in version 1 as the whole chunk.`,
  ];
}

/** Says that another section than TRANSFER ended the span. */
export function spanCaveats({ span }: PerformanceView): string[] {
  return span?.section === "CLEAN" ? ["No TRANSFER job is completed: the last CLEAN job ends the span."] : [];
}

/** How large a part of the jobs lacks a datum. */
export function missing(what: string, count: number, of: number): MissingShare {
  return { what, count, of, share: of === 0 ? null : count / of };
}

/** Completed SIM jobs without run time. */
export function missingRunTimes({ simulations }: PerformanceView): MissingShare {
  const { considered, excluded } = simulations;
  const timeless = excluded.filter((job) => job.reason === "no-run-time").length;
  return missing("run time", timeless, considered.length + excluded.length);
}

/** Completed final jobs without a known end. */
export function missingFinishes({ finalJobs }: PerformanceView): MissingShare {
  return missing("finish", finalJobs.filter((job) => job.finishAt <= 0).length, finalJobs.length);
}
