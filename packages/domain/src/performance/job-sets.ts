import { OUTLIER_SCORE } from "../metrics/outliers.js";
import type { PerformanceView } from "./measure-performance.js";

/** Which jobs a metric is about; `listJobSets` gives them. */
export type JobSetName = "simulations" | "simulations_with_energy" | "post_jobs" | "final_jobs";

/** Why a job is not among those that a metric considers. */
export type JobExclusion = "not-completed" | "no-run-time" | "outlier" | "no-energy" | "not-considered" | "no-finish";

/** The jobs that a metric considers, and the others with the reason for each. */
export interface JobSet {
  considered: readonly string[];
  excluded: readonly { name: string; reason: JobExclusion; message: string }[];
}

/** Every set of jobs that a metric is about. */
export function listJobSets(view: PerformanceView): Readonly<Record<JobSetName, JobSet>> {
  return {
    simulations: simulationSet(view),
    simulations_with_energy: energySet(view),
    post_jobs: postSet(view),
    final_jobs: finalSet(view),
  };
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
