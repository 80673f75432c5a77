import type { JobDurations } from "./simulated-years.js";

/**
 * Seconds from submission to start; 0 when either is not known or the start is not later.
 * Source: `calculate_queue_time_in_seconds` in the reference's `history/utils.py`.
 */
export function queueSeconds(submitAt: number, startAt: number): number {
  return submitAt > 0 && startAt > submitAt ? Math.trunc(startAt - submitAt) : 0;
}

/**
 * Seconds from start to finish; 0 when either is not known or the finish is not later.
 * Source: `calculate_run_time_in_seconds` in the reference's `history/utils.py`.
 */
export function runSeconds(startAt: number, finishAt: number): number {
  return startAt > 0 && finishAt > startAt ? Math.trunc(finishAt - startAt) : 0;
}

/** Both, of one attempt; epoch seconds, 0 for "not yet". */
export function durations(submitAt: number, startAt: number, finishAt: number): JobDurations {
  return { queueSeconds: queueSeconds(submitAt, startAt), runSeconds: runSeconds(startAt, finishAt) };
}
