import { JOB_STATUS_CODES } from "@autosubmit-api/shared-types";
import { roundHalfEven, sumExactly } from "./numbers.js";

/** Seconds in a day, the D of SYPD. */
export const SECONDS_PER_DAY = 86_400;

/** Seconds in an hour. */
export const SECONDS_PER_HOUR = 3_600;

/** What one chunk simulates, from the configuration or from the run that an attempt belongs to. */
export interface ChunkLength {
  /** `year`, `month`, `day` or `hour`; anything else (`NA`, say) has no length. */
  chunkUnit: string | null;
  /** Number of units; null when unknown. */
  chunkSize: number | null;
}

/** Units in a year: months are twelfths, and a year of days or hours has 365 days, leap years included. */
const UNITS_PER_YEAR: Readonly<Record<string, number>> = { year: 1, month: 12, day: 365, hour: 8_760 };

/**
 * Years that one chunk simulates (SY of a chunk). 0 for a unit that has no length or a size that is missing or not
 * positive: no metric can be computed from it.
 * Source: `datechunk_to_year` in the reference's `common/utils.py`.
 */
export function yearsPerChunk({ chunkUnit, chunkSize }: ChunkLength): number {
  const unitsPerYear =
    chunkUnit === null ? 0 : Object.hasOwn(UNITS_PER_YEAR, chunkUnit) ? UNITS_PER_YEAR[chunkUnit] : 0;
  if (!unitsPerYear || chunkSize === null || !(chunkSize > 0)) return 0;
  return chunkSize / unitsPerYear;
}

/** What SYPD and ASYPD of a single job are computed from. */
export interface JobSpeedInput {
  /** Status code: only COMPLETED jobs have a speed. */
  status: number;
  /** 1-based chunk; jobs that do not run per chunk have no speed. */
  chunk: number | null;
  /** How many splits share the chunk; null, zero and negative count as one. */
  splits: number | null;
  /** Years that the whole chunk simulates. */
  yearsPerChunk: number;
  /** Seconds from start to finish. */
  runSeconds: number;
}

/** Years simulated by the job itself: its chunk's years shared among the splits; null for a job without a speed. */
function yearsOfJob({ status, chunk, splits, yearsPerChunk: years }: JobSpeedInput): number | null {
  if (status !== JOB_STATUS_CODES.COMPLETED || chunk === null || chunk <= 0 || years <= 0) return null;
  return splits !== null && splits > 0 ? years / splits : years;
}

/**
 * SYPD of one job: years simulated per day of running, not rounded.
 *
 *     SYPD = years per chunk × 86400 / splits / run seconds
 *
 * Null when the job is not COMPLETED, has no chunk, did not take time, or its chunk has no length.
 * Source: `calculate_SYPD_perjob` in the reference's `performance/utils.py`.
 * differs: 0 there when the chunk has no length.
 */
export function jobSypd(job: JobSpeedInput): number | null {
  const years = yearsOfJob(job);
  return years === null || job.runSeconds <= 0 ? null : (years * SECONDS_PER_DAY) / job.runSeconds;
}

/**
 * ASYPD of one job: years simulated per day of waiting, running and post-processing, not rounded.
 *
 *     ASYPD = years per chunk × 86400 / splits / (queue seconds + run seconds + average POST seconds)
 *
 * Null under the conditions of SYPD, save that only the whole divisor has to be positive.
 * Source: `calculate_ASYPD_perjob` in the reference's `performance/utils.py`.
 * differs: 0 there when the chunk has no length.
 */
export function jobAsypd(job: JobSpeedInput & { queueSeconds: number; averagePostSeconds: number }): number | null {
  const years = yearsOfJob(job);
  const seconds = job.queueSeconds + job.runSeconds + job.averagePostSeconds;
  return years === null || seconds <= 0 ? null : (years * SECONDS_PER_DAY) / seconds;
}

/** How long a job waited and ran, in seconds. */
export interface JobDurations {
  queueSeconds: number;
  runSeconds: number;
}

/**
 * Average POST time: mean of queue plus run seconds over the completed POST jobs, rounded to 4 decimals; 0 when there are
 * none, which takes nothing off ASYPD.
 * Source: `get_average_total_time` in the reference's `common/utils.py`.
 */
export function averagePostSeconds(completedPostJobs: readonly JobDurations[]): number {
  if (completedPostJobs.length === 0) return 0;
  const total = sumExactly(completedPostJobs.map((job) => job.queueSeconds + job.runSeconds));
  return roundHalfEven(total / completedPostJobs.length, 4);
}
