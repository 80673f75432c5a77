import type { JobDataRecord } from "autosubmit-reader";
import { ATTEMPT_COLUMNS } from "../history/attempt-columns.js";
import { inListOrder, type JobPositions } from "./job-positions.js";

/** The columns of `job_data` that the views of jobs take; no others need to be read. */
export const JOB_ATTEMPT_COLUMNS = [
  ...ATTEMPT_COLUMNS,
  "last",
  "run_id",
  "energy",
  "workflow_commit",
] as const satisfies readonly (keyof JobDataRecord)[];

/** A row of `job_data` as far as the views of jobs look at it. */
export type JobAttempt = Pick<JobDataRecord, (typeof JOB_ATTEMPT_COLUMNS)[number]>;

/** 1 is a packed job of 4.1.17, 2 a normal one, greater numbers are wrapper codes; 0 is no attempt. */
const FIRST_ATTEMPT_ROWTYPE = 1;

/**
 * The newest attempt of every job. Of rows marked `last` the one with the highest counter, then id, holds; the same among
 * all rows of a job that has none marked (formats reference §6.19).
 * differs: rowtype 1 counts (§6.16); the reference takes marked rows only, and of several whichever comes last.
 */
export function lastAttempts<Attempt extends JobAttempt>(rows: Iterable<Attempt>): Map<string, Attempt> {
  const newest = new Map<string, Attempt>();
  for (const row of rows) {
    if (row.rowtype < FIRST_ATTEMPT_ROWTYPE) continue;
    const known = newest.get(row.job_name);
    if (known === undefined || isNewer(row, known)) newest.set(row.job_name, row);
  }
  return newest;
}

/** As `lastAttempts`, of the jobs of a list, in its order; null for jobs that were never submitted. */
export function lastAttemptsInOrder<Attempt extends JobAttempt>(
  rows: readonly Attempt[],
  names: readonly string[],
  positions: JobPositions,
): (Attempt | null)[] {
  const attempts = rows.filter((row) => row.rowtype >= FIRST_ATTEMPT_ROWTYPE);
  return inListOrder(names, positions, attempts, { nameOf: (row) => row.job_name, better: isNewer });
}

function isNewer(row: JobAttempt, known: JobAttempt): boolean {
  if ((row.last === 1) !== (known.last === 1)) return row.last === 1;
  return row.counter !== known.counter ? row.counter > known.counter : row.id > known.id;
}
