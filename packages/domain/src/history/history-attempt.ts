import type { JobDataRecord } from "autosubmit-reader";
import { processorCount } from "../configuration/settings.js";
import { durations } from "../metrics/durations.js";
import type { WrappedAttempt } from "../metrics/wrapper-queue.js";
import { sortStarts, type WrapperStarts } from "../metrics/wrapper-queue.js";
import { ATTEMPT_COLUMNS } from "./attempt-columns.js";

/** The columns of `job_data` that an attempt is made of. */
export const HISTORY_ATTEMPT_COLUMNS = [
  ...ATTEMPT_COLUMNS,
  "ncpus",
  "energy",
  "section",
  "member",
  "chunk",
  "last",
  "run_id",
] as const satisfies readonly (keyof JobDataRecord)[];

export type AttemptColumns = Pick<JobDataRecord, (typeof HISTORY_ATTEMPT_COLUMNS)[number]>;

/** One attempt of a job, as the history tells it (formats reference §2.3). */
export interface HistoryAttempt extends WrappedAttempt {
  id: number;
  counter: number;
  /** Status name as stored. */
  status: string;
  section: string;
  member: string;
  /** 0 when the job does not run per chunk. */
  chunk: number;
  isLast: boolean;
  /** Null before schema version 12, and for attempts outside of any run. */
  runId: number | null;
  /** Tells the wrapper within its run; null for jobs that were submitted alone, and from 4.1.12 on. */
  wrapperCode: number | null;
  /** Epoch seconds, 0 for "not yet". */
  finishAt: number;
  processors: number;
  /** Joules to 2 decimals, 0 when unknown. */
  energyJoules: number;
}

/** Codes up to this one tell plain rows (2), packed rows (1, from 4.1.17 on) and the base (0): all the same here. */
const NORMAL_ROW = 2;

/** An attempt with its durations. */
export function readHistoryAttempt(row: AttemptColumns): HistoryAttempt {
  return {
    id: row.id,
    counter: row.counter,
    name: row.job_name,
    status: row.status,
    section: row.section ?? "",
    member: row.member ?? "",
    chunk: row.chunk ?? 0,
    isLast: row.last === 1,
    runId: row.run_id,
    wrapperCode: row.rowtype > NORMAL_ROW ? row.rowtype : null,
    submitAt: row.submit,
    startAt: row.start,
    finishAt: row.finish,
    ...durations(row.submit, row.start, row.finish),
    processors: processorCount(String(row.ncpus ?? 0)),
    energyJoules: row.energy ?? 0,
  };
}

/**
 * Whether the attempt belongs to a section. Very old rows have section and member swapped, so both are looked at
 * (formats reference §2.3).
 */
export function isOfSection({ section, member }: Pick<HistoryAttempt, "section" | "member">, name: string): boolean {
  return section === name || member === name;
}

/** Attempts by the wrapper that they were submitted in. */
export interface WrapperIndex {
  /** The attempts of the same wrapper in the same run, the attempt itself included; none for one submitted alone. */
  mates(attempt: HistoryAttempt): WrapperStarts;
}

/** Indexes attempts by run and wrapper code. */
export function indexWrappers(attempts: Iterable<HistoryAttempt>): WrapperIndex {
  const byWrapper = new Map<string, HistoryAttempt[]>();
  for (const attempt of attempts) {
    if (attempt.wrapperCode === null) continue;
    const key = `${attempt.runId}/${attempt.wrapperCode}`;
    const mates = byWrapper.get(key);
    if (mates === undefined) byWrapper.set(key, [attempt]);
    else mates.push(attempt);
  }
  const sorted = new Map<string, WrapperStarts>();
  return {
    mates: ({ runId, wrapperCode }) => {
      const key = `${runId}/${wrapperCode}`;
      const found = sorted.get(key) ?? sortStarts((wrapperCode === null ? null : byWrapper.get(key)) ?? []);
      sorted.set(key, found);
      return found;
    },
  };
}
