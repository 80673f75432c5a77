import type { View, ViewAnswer } from "./view.js";

const LEAST_HELD_MS = 1_000;
const HELD_FOR_DURATIONS = 2;
const LONGEST_HELD_MS = 10_000;

/**
 * How long an answer holds, while its sources stay the same.
 *
 * One that only the clock changes holds for a second, since it counts seconds. If building it took long, it holds for twice
 * that time, up to 10 s: who waits for such an answer gets seconds as old as that anyway, and a thread does not spend more than
 * a third of its time on letting them run.
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
