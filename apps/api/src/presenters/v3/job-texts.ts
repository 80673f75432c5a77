import { chunkDays, durationText, isoTime, type JobView } from "@autosubmit-api/domain";
import { JOB_STATUS_CODES, type JobStatusName, type TimeZone } from "@autosubmit-api/shared-types";
import type { NaiveDateTime } from "autosubmit-reader";
import { SUSPICIOUS_MARK } from "./html.js";

/** How `/v3` words what is known of a job. */

const { SUBMITTED, QUEUING, RUNNING, COMPLETED, FAILED } = JOB_STATUS_CODES;
const WAS_SUBMITTED: ReadonlySet<number> = new Set([SUBMITTED, QUEUING, RUNNING, COMPLETED, FAILED]);
const WAS_STARTED: ReadonlySet<number> = new Set([RUNNING, COMPLETED, FAILED]);
const HAS_FINISHED: ReadonlySet<number> = new Set([COMPLETED, FAILED]);

const RAN: ReadonlySet<string> = new Set<JobStatusName>(["COMPLETED", "FAILED", "RUNNING"]);
const WAITED: ReadonlySet<string> = new Set<JobStatusName>(["SUBMITTED", "QUEUING", "HELD"]);

/** The three times as ISO 8601; null where the job's status says that they are not there yet. */
export function timeFields({ record: { status }, times }: JobView, zone: TimeZone) {
  return {
    submit: WAS_SUBMITTED.has(status) ? isoTime(times.submitAt, zone) : null,
    start: WAS_STARTED.has(status) ? isoTime(times.startAt, zone) : null,
    finish: HAS_FINISHED.has(status) ? isoTime(times.finishAt, zone) : null,
  };
}

/** `( queue ) + run`, as far as the status has them; a mark where the job's files contradict each other. */
export function runningText({ statusName, times }: JobView): string {
  return times.isSuspicious ? SUSPICIOUS_MARK : durationsText(statusName, times.queueSeconds, times.runSeconds);
}

/** Queue and run time of a status that has them; empty for any other. */
export function durationsText(statusName: string, queueSeconds: number, runSeconds: number): string {
  if (RAN.has(statusName)) return `( ${durationText(queueSeconds)} ) + ${durationText(runSeconds)}`;
  return WAITED.has(statusName) ? `( ${durationText(queueSeconds)} )` : "";
}

/** Start and end of the job's chunk as `YYYY MM DD`; null for a job without a date, empty past the year 9999. */
export function chunkDateFields(
  date: NaiveDateTime | null,
  chunk: number | null,
  length: JobView["chunkLength"],
): { date: string | null; date_plus: string | null } {
  if (date === null) return { date: null, date_plus: null };
  const days = chunkDays(date, chunk, length);
  if (days === null) return { date: "", date_plus: "" };
  return { date: dayText(days.first), date_plus: dayText(days.last) };
}

function dayText({ year, month, day }: { year: number; month: number; day: number }): string {
  return `${String(year).padStart(4, "0")} ${twoDigits(month)} ${twoDigits(day)}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** The queue's name; `None` where the configuration has none (GUIs show it as it is). */
export function queueText(queue: string | null): string {
  return queue ?? "None";
}

/** Newest plain logs of a finished job, as paths. */
export function logFields({ logs }: JobView, jobLogs: string) {
  return { out: logPath(logs?.plainOut ?? null, jobLogs), err: logPath(logs?.plainErr ?? null, jobLogs) };
}

function logPath(name: string | null, jobLogs: string): string | null {
  return name === null ? null : `${jobLogs}/${name}`;
}
