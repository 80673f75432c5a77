import type { View, ViewAnswer } from "./view.js";

const LEAST_HELD_MS = 1_000;
const HELD_FOR_DURATIONS = 20;
const LONGEST_HELD_MS = 30_000;

/**
 * How long an answer holds, while its sources stay the same.
 *
 * One that only the clock changes, since jobs in flight are counted up to now, holds for a second. If building it took long, it
 * holds for twenty times that, up to 30 s: jobs run for minutes and hours, while most pages that are open look every 5 s, and a
 * thread should not spend more than a twentieth of its time on letting seconds run. Any change of a job is told at once.
 * @param changesWithTime what the view said of this answer, if anything
 * @param durationMs how long it took to build
 */
export function answerHoldsForMs(
  { timeDependent }: Pick<View, "timeDependent">,
  changesWithTime: ViewAnswer["changesWithTime"],
  durationMs: number,
): number {
  if (!(changesWithTime ?? timeDependent)) return Number.POSITIVE_INFINITY;
  // Such views may use what no fingerprint tells of.
  if (timeDependent) return 0;
  return Math.min(LONGEST_HELD_MS, Math.max(LEAST_HELD_MS, HELD_FOR_DURATIONS * durationMs));
}
