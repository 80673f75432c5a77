import type { JobDurations } from "./simulated-years.js";

/**
 * Queue time of jobs inside wrappers. All jobs of a wrapper are submitted together, so the time from submission to start
 * of an inner job holds the queueing and the running of the jobs before it in the wrapper. Only what is left without that
 * is queue time: two rules find it, one from the structure of the workflow, the other from the starts in the history.
 */

/** A job of a wrapper and how long it waited (submission to start) and ran, in seconds. */
export interface WrappedJob extends JobDurations {
  name: string;
}

/**
 * Queue seconds of the jobs of one wrapper, by name, where the structure of the workflow is known: what a job waited after
 * the last of its parents in the same wrapper had ended.
 *
 *     queue = max(0, queue − max over parents in the wrapper (queue + run))
 *
 * Jobs without a parent in the wrapper keep their queue time and are not in the result.
 * Source: `SubJobManager.process_times` in the reference's `autosubmit_legacy/job/job_utils.py`.
 * differs: with several parents in the wrapper the reference takes the one that comes first in the job list.
 * @param childrenOf names of the jobs that wait for a job; names outside the wrapper are skipped
 */
export function wrapperQueueByStructure(
  jobs: readonly WrappedJob[],
  childrenOf: (name: string) => Iterable<string>,
): Map<string, number> {
  const byName = new Map(jobs.map((job) => [job.name, job]));
  const queues = new Map<string, number>();
  for (const parent of jobs) {
    for (const name of childrenOf(parent.name)) {
      const child = byName.get(name);
      if (child === undefined || child === parent) continue;
      const left = Math.max(0, child.queueSeconds - Math.max(0, parent.queueSeconds + parent.runSeconds));
      queues.set(name, Math.min(queues.get(name) ?? left, left));
    }
  }
  return queues;
}

/**
 * As `wrapperQueueByStructure`, where no structure is known: jobs are taken in the order of their total time, and each
 * waited for the one before it.
 *
 *     queue of job i = max(0, queue of job i − (queue + run of job i−1))
 *
 * The job with the shortest total time keeps its queue time and is not in the result.
 * Source: as above. differs: jobs with equal totals are taken by name, in the reference by their place in the job list.
 */
export function wrapperQueueByTotalTime(jobs: readonly WrappedJob[]): Map<string, number> {
  const totals = jobs.map((job) => ({ job, total: job.queueSeconds + job.runSeconds }));
  totals.sort((a, b) => a.total - b.total || (a.job.name < b.job.name ? -1 : 1));
  const queues = new Map<string, number>();
  for (const [index, { job }] of totals.entries()) {
    const before = totals[index - 1];
    if (before !== undefined) queues.set(job.name, Math.max(0, job.queueSeconds - before.total));
  }
  return queues;
}

/** One attempt of a job in the history; epoch seconds, 0 for "not yet". */
export interface WrappedAttempt extends WrappedJob {
  submitAt: number;
  startAt: number;
}

/** Starts closer together than this belong to jobs that ran side by side. */
const SIDE_BY_SIDE_SECONDS = 20;

/** The attempts of one wrapper in one run, by their start, each with the longest of those up to it. */
export interface WrapperStarts {
  readonly startAt: Float64Array;
  /** Greatest queue plus run seconds so far, at least 0, and whose it is. */
  readonly longest: Float64Array;
  readonly longestName: readonly string[];
  /** The greatest of any other name; -1 when there is none. */
  readonly nextLongest: Float64Array;
}

/** Sorts the attempts of a wrapper once, so that asking for each of them does not look at all others again. */
export function sortStarts(wrapper: readonly WrappedAttempt[]): WrapperStarts {
  const sorted = wrapper.toSorted((a, b) => a.startAt - b.startAt);
  const longest = new Float64Array(sorted.length);
  const nextLongest = new Float64Array(sorted.length);
  const longestName: string[] = [];
  let [name, greatest, next] = ["", -1, -1];
  for (const [index, attempt] of sorted.entries()) {
    const total = Math.max(0, attempt.queueSeconds + attempt.runSeconds);
    if (attempt.name === name) greatest = Math.max(greatest, total);
    else if (total > greatest) [name, greatest, next] = [attempt.name, total, greatest];
    else next = Math.max(next, total);
    longest[index] = greatest;
    nextLongest[index] = next;
    longestName.push(name);
  }
  return { startAt: Float64Array.from(sorted, (attempt) => attempt.startAt), longest, longestName, nextLongest };
}

/**
 * Queue seconds of an attempt, given the attempts of the same wrapper in the same run: what it waited after the last of
 * those that had started more than 20 seconds before it had ended.
 *
 *     queue = max(0, start − submit − max over earlier attempts (queue + run))
 *
 * The attempt's own queue time when none started earlier (or it is in no wrapper: pass no attempts).
 * Source: `queuing_time_considering_package` in the reference's `history/data_classes/job_data.py`.
 */
export function wrapperQueueByStart(attempt: WrappedAttempt, wrapper: WrapperStarts): number {
  const last = countBelow(wrapper.startAt, attempt.startAt - SIDE_BY_SIDE_SECONDS) - 1;
  const isOwn = wrapper.longestName[last] === attempt.name;
  const longest = (isOwn ? wrapper.nextLongest[last] : wrapper.longest[last]) ?? -1;
  return longest < 0 ? attempt.queueSeconds : Math.max(0, attempt.startAt - attempt.submitAt - longest);
}

/** How many of these rising values are smaller. */
function countBelow(values: Float64Array, limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
