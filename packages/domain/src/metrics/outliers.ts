import { mean, median } from "./numbers.js";

/** Ratio of standard deviation to median absolute deviation of a normal distribution, 1/Φ⁻¹(3/4). */
const MEDIAN_DEVIATION_RATIO = 1.4826;
/** Ratio of standard deviation to mean absolute deviation of a normal distribution, √(π/2). */
const MEAN_DEVIATION_RATIO = 1.2533;
/** Scores beyond this are outliers. */
export const OUTLIER_SCORE = 7;

/** Why a job is left out of a metric that needs run times. */
export type ExclusionReason = "no-run-time" | "outlier";

/** A job that is left out, with its score where it has one. */
export interface ExcludedJob<Job> {
  job: Job;
  reason: ExclusionReason;
  /** Modified z-score of its run time; null where none could be computed. */
  score: number | null;
}

/** Jobs that count and jobs that do not, each in the order given. */
export interface OutlierSeparation<Job> {
  considered: Job[];
  excluded: ExcludedJob<Job>[];
}

/**
 * Separates jobs whose run time is no measure of the model's speed: zero or negative, or with a modified z-score beyond 7.
 *
 *     score = (run − median) / (1.4826 × median of |run − median|)
 *     score = (run − median) / (1.2533 × mean of |run − mean|)      where the median deviation is 0
 *
 * Median, mean and deviations are those of the positive run times. With one of them, or all the same, nothing scores.
 * Source: `separate_job_outliers` in the reference's `common/utils.py` (IBM Cognos Analytics, "Modified z-score").
 */
export function separateOutliers<Job extends { runSeconds: number }>(jobs: readonly Job[]): OutlierSeparation<Job> {
  const score = runTimeScore(jobs.map((job) => job.runSeconds).filter((seconds) => seconds > 0));
  const separation: OutlierSeparation<Job> = { considered: [], excluded: [] };
  for (const job of jobs) {
    const jobScore = score === null ? null : score(job.runSeconds);
    if (!(job.runSeconds > 0)) separation.excluded.push({ job, reason: "no-run-time", score: null });
    else if (jobScore === null || Math.abs(jobScore) <= OUTLIER_SCORE) separation.considered.push(job);
    else separation.excluded.push({ job, reason: "outlier", score: jobScore });
  }
  return separation;
}

/** The scoring function for these run times, or null when nothing can be told apart. */
function runTimeScore(runTimes: readonly number[]): ((seconds: number) => number) | null {
  const middle = median(runTimes);
  const average = mean(runTimes);
  if (middle === null || average === null || runTimes.length < 2) return null;
  const medianDeviation = median(runTimes.map((seconds) => Math.abs(seconds - middle))) ?? 0;
  const meanDeviation = mean(runTimes.map((seconds) => Math.abs(seconds - average))) ?? 0;
  const unit = medianDeviation === 0 ? MEAN_DEVIATION_RATIO * meanDeviation : MEDIAN_DEVIATION_RATIO * medianDeviation;
  return unit === 0 ? null : (seconds) => (seconds - middle) / unit;
}
