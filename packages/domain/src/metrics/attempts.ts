import { localToEpoch, parseCompactTime, type TimeZone } from "@autosubmit-api/shared-types";
import type { TotalStatsRecord } from "autosubmit-reader";

/** One attempt of a job, by its TOTAL_STATS line (formats reference §5.4). */
export interface Attempt {
  /** Epoch seconds; null for what was not written yet, or is no time. */
  submitAt: number | null;
  startAt: number | null;
  finishAt: number | null;
  /** How it ended; `in-flight` until the line says so, and for files that never say. */
  outcome: "completed" | "failed" | "in-flight";
}

/**
 * The attempts of a job's TOTAL_STATS, oldest first, on the clock of the zone that Autosubmit ran in.
 * differs: durations over a change of the clock are the time that passed; the reference subtracts clock readings.
 */
export function readAttempts(records: readonly TotalStatsRecord[], zone: TimeZone): Attempt[] {
  const instant = (text: string | null) => {
    const local = text === null ? null : parseCompactTime(text);
    return local === null ? null : localToEpoch(local, zone);
  };
  return records.map((record) => ({
    submitAt: instant(record.submit),
    startAt: instant(record.start),
    finishAt: instant(record.finish),
    outcome: record.status === null ? "in-flight" : record.status === "COMPLETED" ? "completed" : "failed",
  }));
}

/**
 * The attempts of the newest series: what led to the newest completion and anything after it. Older completions belong to
 * earlier lives of the job (it was set back and ran again).
 * Source: `get_last_retrials` in the reference's `components/jobs/job_support.py`.
 */
export function newestSeries(attempts: readonly Attempt[]): Attempt[] {
  let completions = 0;
  let start = attempts.length;
  while (start > 0) {
    if (attempts[start - 1]?.outcome === "completed") completions += 1;
    if (completions === 2) break;
    start -= 1;
  }
  return attempts.slice(start);
}

/**
 * Whether any attempt started or ended after an instant (epoch seconds): the period filter of the statistics.
 * Source: `check_started_after` and `check_running_after`, as above.
 */
export function wasActiveAfter(attempts: readonly Attempt[], epochSeconds: number): boolean {
  return attempts.some(
    ({ startAt, finishAt }) =>
      (startAt !== null && startAt > epochSeconds) || (finishAt !== null && finishAt > epochSeconds),
  );
}
