import { JOB_STATUS_CODES } from "@autosubmit-api/shared-types";
import type { JobTimes } from "./job-times.js";

/** Counts and average times of an experiment's jobs. */
export interface JobsSummary {
  running: number;
  suspended: number;
  queuing: number;
  failed: number;
  submitted: number;
  /** Jobs in flight or failed whose `_TOTAL_STATS` says otherwise; they are in no other figure but `simulations`. */
  suspicious: number;
  failedJobs: readonly string[];
  /** Over jobs that were submitted. */
  averageQueueSeconds: number;
  /** Over jobs that were started. */
  averageRunSeconds: number;
  /** Jobs with `SIM` as one part of their name. */
  simulations: number;
  /** How many of them the average queue and run times are taken over. */
  simulationsQueued: number;
  simulationsRun: number;
  averageSimulationQueueSeconds: number;
  averageSimulationRunSeconds: number;
}

/** What the summary needs of a job: of the views, or of anything else that has it. */
export interface SummarisedJob {
  name: string;
  status: number;
  times: JobTimes;
}

const { SUBMITTED, QUEUING, RUNNING, COMPLETED, FAILED, SUSPENDED } = JOB_STATUS_CODES;
const WAITED: ReadonlySet<number> = new Set([SUBMITTED, QUEUING, RUNNING, COMPLETED, FAILED]);
const RAN: ReadonlySet<number> = new Set([RUNNING, COMPLETED, FAILED]);
const SIMULATION = /(^|_)SIM(_|$)/;

/**
 * Counts jobs and averages their times; seconds are cut, not rounded.
 * Source: reference, experiment/common_requests.py `get_experiment_summary`.
 */
export function summariseJobs(jobs: Iterable<SummarisedJob>): JobsSummary {
  const counts = new Map<number, number>();
  const failedJobs: string[] = [];
  const all = { queue: emptyAverage(), run: emptyAverage() };
  const sim = { queue: emptyAverage(), run: emptyAverage() };
  let simulations = 0;
  let suspicious = 0;
  for (const { name, status, times } of jobs) {
    const isSimulation = SIMULATION.test(name);
    if (isSimulation) simulations += 1;
    if (times.isSuspicious) {
      suspicious += 1;
      continue;
    }
    counts.set(status, (counts.get(status) ?? 0) + 1);
    if (status === FAILED) failedJobs.push(name);
    if (WAITED.has(status)) add(all.queue, times.queueSeconds);
    if (RAN.has(status)) add(all.run, times.runSeconds);
    // The reference leaves submitted simulations out of their average.
    if (isSimulation && status !== SUBMITTED && WAITED.has(status)) add(sim.queue, times.queueSeconds);
    if (isSimulation && RAN.has(status)) add(sim.run, times.runSeconds);
  }
  const count = (status: number) => counts.get(status) ?? 0;
  return {
    running: count(RUNNING),
    suspended: count(SUSPENDED),
    queuing: count(QUEUING),
    failed: count(FAILED),
    submitted: count(SUBMITTED),
    suspicious,
    failedJobs,
    averageQueueSeconds: meanOf(all.queue),
    averageRunSeconds: meanOf(all.run),
    simulations,
    simulationsQueued: sim.queue.count,
    simulationsRun: sim.run.count,
    averageSimulationQueueSeconds: meanOf(sim.queue),
    averageSimulationRunSeconds: meanOf(sim.run),
  };
}

interface Average {
  total: number;
  count: number;
}

function emptyAverage(): Average {
  return { total: 0, count: 0 };
}

function add(average: Average, seconds: number): void {
  average.total += seconds;
  average.count += 1;
}

function meanOf({ total, count }: Average): number {
  return count === 0 ? 0 : Math.trunc(total / count);
}
