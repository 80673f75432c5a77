import { JOB_STATUS_CODES, type JobStatusName, jobStatusCode } from "@autosubmit-api/shared-types";
import type { ExperimentRunRecord, JobDataRecord } from "autosubmit-reader";
import { runSeconds } from "../metrics/durations.js";
import { roundHalfEven, sumExactly } from "../metrics/numbers.js";
import { jobAsypd, jobSypd, yearsPerChunk } from "../metrics/simulated-years.js";
import { wrapperQueueByStart } from "../metrics/wrapper-queue.js";
import { type HistoryAttempt, indexWrappers, isOfSection, readHistoryAttempt } from "./history-attempt.js";

/** What the history of one job is made from. */
export interface JobHistoryInput {
  /** Every attempt of the job, in any order. */
  rows: readonly JobDataRecord[];
  runs: readonly ExperimentRunRecord[];
  /** Completed attempts of other jobs: those of POST sections, and those that share a wrapper with one of `rows` or them. */
  completed: readonly HistoryAttempt[];
  /** The job's status in the job list; null when it is not there, or the list cannot be read. */
  currentStatus: JobStatusName | null;
  /** Epoch seconds. */
  now: number;
}

/** One attempt of a job with the run that it belongs to. */
export interface JobHistoryEntry {
  row: JobDataRecord;
  /** As stored, save for an attempt in flight: then as the job list has it. */
  status: string;
  /** Epoch seconds; 0 when not yet. */
  submitAt: number;
  startAt: number;
  finishAt: number;
  /** Corrected for the wrapper. */
  queueSeconds: number;
  /** Up to now for a running attempt. */
  runSeconds: number;
  processors: number;
  energyJoules: number;
  /** Null when the attempt belongs to no run that is known. */
  run: ExperimentRunRecord | null;
  /** Not rounded; null where the attempt has none. */
  sypd: number | null;
  asypd: number | null;
}

/**
 * The attempts of a job, newest first, each with the speed that follows from its run.
 * Source: `get_historic_job_data` in the reference's `history/experiment_history.py`.
 * differs: a running attempt has no finish (the reference answers the moment of asking); a last row that says FAILED
 * without a finish is in flight while the job list says so (formats reference §2.3).
 */
export function buildJobHistory(input: JobHistoryInput): JobHistoryEntry[] {
  const runs = new Map(input.runs.map((run) => [run.run_id, run]));
  const wrappers = indexWrappers(input.completed);
  const totalSeconds = (attempt: HistoryAttempt) =>
    wrapperQueueByStart(attempt, wrappers.mates(attempt)) + attempt.runSeconds;
  const averagePost = averagePostByRun(input.completed, totalSeconds);
  const entries = input.rows.map((row) => {
    const attempt = readHistoryAttempt(row);
    const queueSeconds = wrapperQueueByStart(attempt, wrappers.mates(attempt));
    const run = attempt.runId === null ? null : (runs.get(attempt.runId) ?? null);
    const state = attemptState(attempt, input);
    return {
      row,
      ...state,
      submitAt: attempt.submitAt,
      startAt: attempt.startAt,
      finishAt: attempt.finishAt,
      queueSeconds,
      processors: attempt.processors,
      energyJoules: roundHalfEven(attempt.energyJoules, 2),
      run,
      ...attemptSpeed(attempt, { ...state, queueSeconds }, run, averagePost),
    };
  });
  return entries.sort((a, b) => b.row.counter - a.row.counter || b.row.id - a.row.id);
}

/** Mean of queue plus run seconds of the completed POST attempts of each run. */
function averagePostByRun(
  completed: readonly HistoryAttempt[],
  totalSeconds: (attempt: HistoryAttempt) => number,
): ReadonlyMap<number | null, number> {
  const totals = new Map<number | null, number[]>();
  for (const attempt of completed) {
    if (attempt.status !== "COMPLETED" || !isOfSection(attempt, "POST")) continue;
    const ofRun = totals.get(attempt.runId);
    if (ofRun === undefined) totals.set(attempt.runId, [totalSeconds(attempt)]);
    else ofRun.push(totalSeconds(attempt));
  }
  return new Map(Array.from(totals, ([runId, values]) => [runId, sumExactly(values) / values.length]));
}

const IN_FLIGHT: ReadonlySet<string> = new Set<JobStatusName>(["SUBMITTED", "QUEUING", "RUNNING"]);

/** Status and run time: an unfinished last attempt is what the job list says, where that is a job in flight. */
function attemptState(
  attempt: HistoryAttempt,
  { currentStatus, now }: JobHistoryInput,
): Pick<JobHistoryEntry, "status" | "runSeconds"> {
  const isOpen = attempt.isLast && attempt.finishAt === 0;
  if (!isOpen) return { status: attempt.status, runSeconds: attempt.runSeconds };
  const takesCurrent = attempt.status === "FAILED" && currentStatus !== null && IN_FLIGHT.has(currentStatus);
  const status = takesCurrent ? currentStatus : attempt.status;
  const isRunning = status === "RUNNING" && (currentStatus === null || currentStatus === "RUNNING");
  return { status, runSeconds: isRunning ? runSeconds(attempt.startAt, now) : 0 };
}

function attemptSpeed(
  attempt: HistoryAttempt,
  state: { status: string; queueSeconds: number; runSeconds: number },
  run: ExperimentRunRecord | null,
  averagePost: ReadonlyMap<number | null, number>,
): Pick<JobHistoryEntry, "sypd" | "asypd"> {
  if (run === null) return { sypd: null, asypd: null };
  const job = {
    status: jobStatusCode(state.status) ?? JOB_STATUS_CODES.UNKNOWN,
    chunk: attempt.chunk,
    splits: null,
    yearsPerChunk: yearsPerChunk({ chunkUnit: run.chunk_unit, chunkSize: run.chunk_size }),
    runSeconds: state.runSeconds,
  };
  const averagePostSeconds = averagePost.get(attempt.runId) ?? 0;
  return { sypd: jobSypd(job), asypd: jobAsypd({ ...job, queueSeconds: state.queueSeconds, averagePostSeconds }) };
}
