import { JOB_STATUS_CODES, jobStatusName, type TimeZone } from "@autosubmit-api/shared-types";
import type { TotalStatsRecord } from "autosubmit-reader";
import { readAttempts } from "../metrics/attempts.js";
import { queueSeconds, runSeconds } from "../metrics/durations.js";
import type { JobAttempt } from "./last-attempts.js";

/** When a job was submitted, started and finished, and how long it waited and ran. */
export interface JobTimes {
  /** Epoch seconds; null for "not yet" and for "not known". */
  submitAt: number | null;
  startAt: number | null;
  finishAt: number | null;
  /** Seconds from submission to start, up to now while waiting; 0 when not known. */
  queueSeconds: number;
  /** Seconds from start to finish, up to now while running; 0 when not known. */
  runSeconds: number;
  /** Where they come from: the history where it agrees with the job list, the job's `_TOTAL_STATS` file, or nowhere. */
  source: "history" | "total-stats" | "none";
  /** Whether `_TOTAL_STATS` ends in a status that contradicts the job list's. */
  isSuspicious: boolean;
}

/** What the times of one job follow from. */
export interface JobTimesInput {
  /** Status code in the job list. */
  status: number;
  /** The job's last row in the history. */
  attempt: JobAttempt | null;
  /** The last line of its `_TOTAL_STATS` file; only looked at when `needsTotalStats`. */
  totalStats: TotalStatsRecord | null;
}

/** The moment and the place of asking. */
export interface Clock {
  /** Epoch seconds. */
  now: number;
  /** The zone of the clocks that Autosubmit writes. */
  zone: TimeZone;
}

const { SUBMITTED, QUEUING, RUNNING, FAILED, SUSPENDED } = JOB_STATUS_CODES;
const IN_FLIGHT: ReadonlySet<number> = new Set([SUBMITTED, QUEUING, RUNNING]);
const TOLD_BY_TOTAL_STATS: ReadonlySet<number> = new Set([SUBMITTED, QUEUING, RUNNING, FAILED]);

/** Of a job that nothing is known of. */
export const UNKNOWN_TIMES: JobTimes = Object.freeze({
  submitAt: null,
  startAt: null,
  finishAt: null,
  queueSeconds: 0,
  runSeconds: 0,
  source: "none",
  isSuspicious: false,
});

/**
 * Whether a job's times have to come from its `_TOTAL_STATS` file: it was submitted and the history does not say so
 * (formats reference §5.4). COMPLETED jobs without history have no times.
 */
export function needsTotalStats(status: number, attempt: JobAttempt | null): boolean {
  return TOLD_BY_TOTAL_STATS.has(status) && !agrees(status, attempt);
}

/**
 * Times of a job: the history's when it agrees with the job list, else `_TOTAL_STATS` for jobs in flight and failed ones,
 * else none (formats reference §5.4; reference, autosubmit_legacy/job/job_list.py `retrieve_times`).
 * differs: a row that says FAILED without a finish agrees with a job in flight (§2.3, written by 4.1.17); a job whose
 * file is missing has no times, where the reference takes the moment of asking for all three.
 */
export function jobTimes(input: JobTimesInput, clock: Clock): JobTimes {
  const { status, attempt, totalStats } = input;
  if (attempt !== null && agrees(status, attempt)) return timesFromHistory(status, attempt, clock.now);
  if (totalStats === null || !TOLD_BY_TOTAL_STATS.has(status)) return UNKNOWN_TIMES;
  return timesFromTotalStats(status, totalStats, clock);
}

/** Whether the last row tells of what the job list has. */
function agrees(status: number, attempt: JobAttempt | null): boolean {
  if (attempt === null) return false;
  return attempt.status === jobStatusName(status) || isInFlightRow(status, attempt);
}

function isInFlightRow(status: number, attempt: JobAttempt): boolean {
  return attempt.status === "FAILED" && attempt.finish <= 0 && IN_FLIGHT.has(status);
}

function timesFromHistory(status: number, attempt: JobAttempt, now: number): JobTimes {
  const { submit, start } = attempt;
  const isRunning = status === RUNNING;
  const isSuspended = status === SUSPENDED;
  const isWaiting = isInFlightRow(status, attempt) && start <= 0;
  return {
    submitAt: isSuspended ? null : timeOrNull(submit),
    startAt: isSuspended ? null : timeOrNull(start),
    finishAt: isSuspended || isRunning ? null : timeOrNull(attempt.finish),
    queueSeconds: queueSeconds(submit, isWaiting ? now : start),
    runSeconds: runSeconds(start, isRunning ? now : attempt.finish),
    source: "history",
    isSuspicious: false,
  };
}

/**
 * The last-line rule of formats reference §5.4 for the statuses that it is used for: a start that the line lacks is the
 * submission, a finish that it lacks the start.
 */
function timesFromTotalStats(status: number, line: TotalStatsRecord, { now, zone }: Clock): JobTimes {
  const [attempt] = readAttempts([line], zone);
  const isStarted = status === RUNNING || status === FAILED;
  const submitAt = attempt?.submitAt ?? null;
  const startAt = isStarted ? (attempt?.startAt ?? submitAt) : null;
  const finishAt = status === FAILED ? (attempt?.finishAt ?? startAt) : null;
  const waitedUntil = isStarted ? startAt : now;
  const ranUntil = status === RUNNING ? now : finishAt;
  return {
    submitAt,
    startAt,
    finishAt,
    queueSeconds: distance(submitAt, waitedUntil),
    runSeconds: distance(startAt, ranUntil),
    source: "total-stats",
    isSuspicious: line.status !== null && line.status !== jobStatusName(status),
  };
}

function timeOrNull(seconds: number): number | null {
  return seconds > 0 ? seconds : null;
}

/** Seconds between two instants in either order; 0 when one is not known. */
function distance(from: number | null, to: number | null): number {
  return from === null || to === null ? 0 : Math.abs(to - from);
}
