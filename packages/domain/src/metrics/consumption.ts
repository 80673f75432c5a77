import type { Attempt } from "./attempts.js";

/** What a job asks its scheduler for. */
export interface JobRequest {
  /** Cores reserved, whole nodes where the job asks for nodes. */
  processingElements: number;
  /** Hours. */
  wallclockHours: number;
}

/** What the attempts of one job took. Times are hours; CPU figures are core-hours. */
export interface JobConsumption extends JobRequest {
  attemptCount: number;
  completedCount: number;
  /** Every attempt that is not completed, those in flight included: the reference's figure. */
  failedCount: number;
  /** How many of `failedCount` have not ended yet. */
  inFlightCount: number;
  completedQueueHours: number;
  completedRunHours: number;
  failedQueueHours: number;
  failedRunHours: number;
  /** Hours run, completed and failed. */
  realHours: number;
  /** Core-hours asked for once: wallclock × processing elements. */
  expectedCpuHours: number;
  /** Core-hours run, completed and failed. */
  cpuHours: number;
  failedCpuHours: number;
}

/**
 * Sums up the attempts of one job: queue time is submission to start, run time is start to finish, each at least 0, and
 * an attempt without both ends adds nothing.
 * Source: `Statistics.calculate_statistics` and `JobStat` in the reference's `statistics`.
 */
export function summariseAttempts(attempts: readonly Attempt[], request: JobRequest): JobConsumption {
  const seconds = { completedQueue: 0, completedRun: 0, failedQueue: 0, failedRun: 0 };
  const counts = { completed: 0, "in-flight": 0, failed: 0 };
  for (const { submitAt, startAt, finishAt, outcome } of attempts) {
    counts[outcome] += 1;
    const queue = elapsed(submitAt, startAt);
    const run = elapsed(startAt, finishAt);
    if (outcome === "completed") {
      seconds.completedQueue += queue;
      seconds.completedRun += run;
    } else {
      seconds.failedQueue += queue;
      seconds.failedRun += run;
    }
  }
  const { processingElements, wallclockHours } = request;
  const failedCpuHours = hours(processingElements * seconds.failedRun);
  return {
    ...request,
    attemptCount: attempts.length,
    completedCount: counts.completed,
    failedCount: counts.failed + counts["in-flight"],
    inFlightCount: counts["in-flight"],
    completedQueueHours: hours(seconds.completedQueue),
    completedRunHours: hours(seconds.completedRun),
    failedQueueHours: hours(seconds.failedQueue),
    failedRunHours: hours(seconds.failedRun),
    realHours: hours(seconds.completedRun + seconds.failedRun),
    expectedCpuHours: wallclockHours * processingElements,
    cpuHours: hours(processingElements * seconds.completedRun) + failedCpuHours,
    failedCpuHours,
  };
}

function elapsed(from: number | null, to: number | null): number {
  return from === null || to === null ? 0 : Math.max(0, to - from);
}

/** Whole days and the rest apart, which is the last bit of the reference's figures. */
function hours(seconds: number): number {
  return Math.floor(seconds / 86_400) * 24 + (seconds % 86_400) / 3600;
}

/**
 * Hours of a wallclock text, `HH:MM` or `HH:MM:SS`; 0 when it is empty or says something else.
 * differs: the reference fails on anything but `HH:MM`.
 */
export function wallclockHours(wallclock: string): number {
  const match = /^\s*(\d+):(\d+)(?::(\d+))?\s*$/.exec(wallclock);
  if (match === null) return 0;
  const [, hour = "0", minute = "0", second = "0"] = match;
  return Number(minute) / 60 + Number(hour) + Number(second) / 3600;
}
