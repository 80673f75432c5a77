import { JOB_STATUS_CODES, jobStatusCode } from "@autosubmit-api/shared-types";
import type { JobProblem, JobRecord, NaiveDateTime } from "../records.js";
import { toNaiveDateTime } from "./naive-date-time.js";

/** The fields of a job as a file or table gives them: anything may be missing (undefined, null) or of another type. */
export type RawJob = { [Field in keyof JobRecord]?: unknown };

/** What is kept while the jobs of one list are read. */
export interface JobListLog {
  /** What was wrong; only so many are kept, for a file can be made of nothing else. */
  readonly problems: JobProblem[];
  /** Dates by their stored form: a list has thousands of jobs and a handful of dates. */
  readonly dates: Map<unknown, NaiveDateTime | null | undefined>;
}

const MOST_PROBLEMS = 1000;
const MOST_DATES = 1000;
const MAX_SHOWN_NAME = 100;

export function createJobListLog(): JobListLog {
  return { problems: [], dates: new Map() };
}

/** Notes a problem of the job at `index`; the last one kept says that there are more. */
export function reportProblem(log: JobListLog, index: number, name: string | null, message: string): void {
  const { length } = log.problems;
  if (length < MOST_PROBLEMS) log.problems.push({ index, name: name === null ? null : shorten(name), message });
  else if (length === MOST_PROBLEMS)
    log.problems.push({ index, name: null, message: "there are more problems, not listed" });
}

/**
 * One job from whatever its file says (formats reference §1.7, §6): numbers in quotes are numbers, numeric members are text, a
 * missing priority is 0, an empty or negative split is none. What cannot be read is replaced and reported.
 * @returns null, reported, when the job has no name
 */
export function toJobRecord(raw: RawJob, index: number, log: JobListLog): JobRecord | null {
  const name = toText(raw.name);
  if (name === undefined || name === null || name === "") {
    reportProblem(log, index, null, "the job has no readable name and was left out");
    return null;
  }
  const place = { log, index, name };
  return {
    name,
    id: checked(place, "id", toId(raw.id), null),
    status: checked(place, "status", toStatus(raw.status), JOB_STATUS_CODES.UNKNOWN),
    priority: checked(place, "priority", toWholeNumber(raw.priority), null) ?? 0,
    section: checked(place, "section", toText(raw.section), null) ?? "",
    date: checked(place, "date", toDate(raw.date, log), null),
    member: checked(place, "member", toText(raw.member), null),
    chunk: checked(place, "chunk", toWholeNumber(raw.chunk), null),
    split: toSplit(raw.split),
    splits: toSplit(raw.splits),
    localOut: checked(place, "localOut", toText(raw.localOut), null),
    localErr: checked(place, "localErr", toText(raw.localErr), null),
    remoteOut: checked(place, "remoteOut", toText(raw.remoteOut), null),
    remoteErr: checked(place, "remoteErr", toText(raw.remoteErr), null),
    wrapperType: checked(place, "wrapperType", toText(raw.wrapperType), null),
  };
}

/** The job that a value is of, and where its problems are noted. */
interface JobPlace {
  log: JobListLog;
  index: number;
  name: string;
}

function checked<T>({ log, index, name }: JobPlace, field: keyof JobRecord, value: T | undefined, instead: T): T {
  if (value !== undefined) return value;
  reportProblem(log, index, name, `${field} cannot be read; ${JSON.stringify(instead)} is used instead`);
  return instead;
}

/** Text, or a number as text; null for none, undefined for anything else. */
function toText(value: unknown): string | null | undefined {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return null;
  return typeof value === "number" || typeof value === "bigint" ? String(value) : undefined;
}

/** A whole number, also written as text; true is 1, as in Python. */
function toWholeNumber(value: unknown): number | null | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : undefined;
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "boolean") return Number(value);
  const isNumeric = typeof value === "string" && /^\s*[+-]?\d{1,16}(\.0*)?\s*$/.test(value);
  const number = isNumeric ? Number(value) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}

function toId(value: unknown): number | string | null | undefined {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  return toText(value);
}

/** A status code, or the name of a status (4.2); a code that Autosubmit does not define is kept. Never null. */
/** A status's code, also written as a name; undefined for anything else. */
export function toStatus(value: unknown): number | undefined {
  const code = toWholeNumber(value);
  if (typeof code === "number") return code;
  return (typeof value === "string" ? jobStatusCode(value.trim()) : null) ?? undefined;
}

function toDate(value: unknown, log: JobListLog): NaiveDateTime | null | undefined {
  const known = log.dates.get(value);
  if (known !== undefined) return known;
  const date = toNaiveDateTime(value);
  if (log.dates.size < MOST_DATES) log.dates.set(value, date);
  return date;
}

/** A split, or how many there are: -1, 0, nothing and words such as `auto` all mean none. */
function toSplit(value: unknown): number | null {
  const number = toWholeNumber(value) ?? 0;
  return number > 0 ? number : null;
}

function shorten(name: string): string {
  return name.length > MAX_SHOWN_NAME ? `${name.slice(0, MAX_SHOWN_NAME)}…` : name;
}
