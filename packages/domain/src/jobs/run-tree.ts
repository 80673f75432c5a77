import { JOB_STATUS_CODES, jobStatusCode, jobStatusName } from "@autosubmit-api/shared-types";
import type { ExperimentRunRecord, JobDataRecord } from "autosubmit-reader";
import { ATTEMPT_COLUMNS } from "../history/attempt-columns.js";
import { roundHalfEven } from "../metrics/numbers.js";
import { jobAsypd, jobSypd, yearsPerChunk } from "../metrics/simulated-years.js";
import { compactDate, datePrecision } from "./start-dates.js";
import { type StatusTally, tallyStatuses } from "./status-tally.js";

/** The columns of `job_data` that the tree of a run takes. */
export const RUN_ATTEMPT_COLUMNS = [
  ...ATTEMPT_COLUMNS,
  "ncpus",
  "wallclock",
  "qos",
  "date",
  "section",
  "member",
  "chunk",
  "last",
  "platform",
  "job_id",
  "run_id",
  "out",
  "err",
] as const satisfies readonly (keyof JobDataRecord)[];

/** A row of `job_data` as far as the tree of a run looks at it. */
export type RunAttempt = Pick<JobDataRecord, (typeof RUN_ATTEMPT_COLUMNS)[number]>;

/** What the sources say of one run. */
export interface RunTreeSources {
  run: ExperimentRunRecord;
  /** The run's rows, in any order. */
  attempts: readonly RunAttempt[];
  /** Status codes in the job list of the jobs that `jobsInFlight` lists, as far as they are in it. */
  currentStatuses: ReadonlyMap<string, number>;
}

/** One attempt of a job in a run. */
export interface RunJob {
  /** Unique in the run: the job's name, followed by one `+` for every earlier attempt. */
  key: string;
  attempt: RunAttempt;
  /** Status code; that of the job list for an attempt in flight. */
  status: number;
  /** Name of the status; as stored when Autosubmit does not define it. */
  statusName: string;
  /** Epoch seconds, 0 for "not yet". An attempt that is not the last one has ended whether the row says so or not. */
  submitAt: number;
  startAt: number;
  finishAt: number;
  /** From submission to start. */
  totalQueueSeconds: number;
  /** Without the time of the jobs before it in its wrapper; the same outside wrappers. */
  queueSeconds: number;
  runSeconds: number;
  /** Null for jobs that were not packed. */
  wrapperCode: number | null;
  /** Not rounded. */
  sypd: number | null;
  asypd: number | null;
}

/** The attempts of a run by start date and section, and by wrapper. An attempt is its position in `jobs`. */
export interface RunTree {
  run: ExperimentRunRecord;
  /** In the order of their counters. */
  jobs: readonly RunJob[];
  dates: readonly RunDateFolder[];
  /** Attempts without a start date or a section. */
  undated: readonly number[];
  wrappers: readonly RunFolder<number>[];
  /** Whether some attempt's times are counted up to now. */
  changesWithTime: boolean;
}

/** The attempts of one start date; every section of the run has a folder in it. */
export interface RunDateFolder {
  /** As in job names. */
  date: string;
  sections: readonly RunFolder<string>[];
  uniformStatus: "COMPLETED" | "WAITING" | "SUSPENDED" | null;
  jobCount: number;
  isExpanded: boolean;
}

/** Attempts that belong together, by chunk. */
export interface RunFolder<Key> {
  key: Key;
  tally: StatusTally;
  jobs: readonly number[];
}

const { SUBMITTED, QUEUING, RUNNING, COMPLETED, HELD, PREPARED, FAILED, WAITING, SUSPENDED } = JOB_STATUS_CODES;
const QUEUED: ReadonlySet<number> = new Set([SUBMITTED, QUEUING, RUNNING, COMPLETED, HELD, PREPARED, FAILED]);
const RAN: ReadonlySet<number> = new Set([RUNNING, COMPLETED, FAILED]);
const IN_FLIGHT: ReadonlySet<number> = new Set([SUBMITTED, QUEUING, RUNNING]);
const NORMAL_ROW = 2;
const MANY_DATES = 5;

/** Names of the jobs whose last row may be in flight: it says FAILED without a finish (formats reference §2.3). */
export function jobsInFlight(attempts: readonly RunAttempt[]): string[] {
  return attempts.filter(isOpenFailure).map((attempt) => attempt.job_name);
}

/**
 * The tree of a past run, from the history alone.
 * Source: reference, autosubmit_legacy/job/job_list.py `get_tree_structured_from_previous_run`.
 * differs: an attempt in flight of 4.1.17, stored as FAILED, has the status of the job list; rowtype 1 counts.
 * @param now epoch seconds
 */
export function buildRunTree(sources: RunTreeSources, now: number): RunTree {
  const rows = sources.attempts.filter((attempt) => attempt.rowtype >= 1);
  const ordered = rows.toSorted((a, b) => a.counter - b.counter || b.id - a.id);
  const measured = measureAttempts(ordered, sources.currentStatuses, now);
  const averagePostSeconds = averagePostQueue(measured);
  const jobs = measured.map((job) => ({ ...job, ...speedOf(job, sources.run, averagePostSeconds) }));
  const dates = dateFolders(jobs);
  const inDates = new Set(dates.flatMap((folder) => folder.sections.flatMap((section) => section.jobs)));
  return {
    run: sources.run,
    jobs,
    dates,
    undated: jobs.flatMap((_, index) => (inDates.has(index) ? [] : [index])),
    wrappers: wrapperFolders(jobs),
    changesWithTime: jobs.some(isCountedUpToNow),
  };
}

type MeasuredAttempt = Omit<RunJob, "sypd" | "asypd">;

function measureAttempts(
  attempts: readonly RunAttempt[],
  currentStatuses: ReadonlyMap<string, number>,
  now: number,
): MeasuredAttempt[] {
  const seen = new Map<string, number>();
  const jobs = attempts.map((attempt): MeasuredAttempt => {
    const repetition = seen.get(attempt.job_name) ?? 0;
    seen.set(attempt.job_name, repetition + 1);
    const { status, statusName } = statusOf(attempt, currentStatuses);
    const startAt = attempt.start > 0 ? attempt.start : attempt.last === 0 ? attempt.submit : 0;
    const finishAt = attempt.finish > 0 ? attempt.finish : attempt.last === 0 ? startAt : 0;
    const queue = QUEUED.has(status) ? Math.max(0, (startAt > 0 ? startAt : now) - attempt.submit) : 0;
    const run = RAN.has(status) && startAt > 0 ? Math.max(0, (finishAt > 0 ? finishAt : now) - startAt) : 0;
    return {
      key: attempt.job_name + "+".repeat(repetition),
      attempt,
      status,
      statusName,
      submitAt: attempt.submit,
      startAt,
      finishAt,
      totalQueueSeconds: queue,
      queueSeconds: queue,
      runSeconds: run,
      wrapperCode: attempt.rowtype > NORMAL_ROW ? attempt.rowtype : null,
    };
  });
  return correctWrapped(jobs);
}

function isCountedUpToNow({ status, startAt, finishAt }: MeasuredAttempt): boolean {
  return startAt === 0 ? QUEUED.has(status) : finishAt === 0 && RAN.has(status);
}

function statusOf(attempt: RunAttempt, currentStatuses: ReadonlyMap<string, number>) {
  const current = isOpenFailure(attempt) ? currentStatuses.get(attempt.job_name) : undefined;
  if (current !== undefined && IN_FLIGHT.has(current)) return { status: current, statusName: jobStatusName(current) };
  return { status: jobStatusCode(attempt.status) ?? JOB_STATUS_CODES.UNKNOWN, statusName: attempt.status };
}

function isOpenFailure(attempt: RunAttempt): boolean {
  return attempt.last === 1 && attempt.status === "FAILED" && attempt.finish <= 0;
}

/** Starts closer together than this belong to jobs that ran side by side. */
const SIDE_BY_SIDE_SECONDS = 20;

/**
 * Takes off the queue time of wrapped jobs the queue and run time of the one that waited longest among those that started
 * earlier in the same wrapper.
 * Source: `queuing_time` in the reference's `database/db_jobdata.py`; other answers use metrics/wrapper-queue.ts.
 */
function correctWrapped(jobs: readonly MeasuredAttempt[]): MeasuredAttempt[] {
  const corrected = [...jobs];
  for (const members of groupIndexes(jobs, (job) => job.wrapperCode).values()) {
    const byStart = members.flatMap((index) => {
      const job = jobs[index];
      return job === undefined ? [] : [{ index, job }];
    });
    byStart.sort((a, b) => a.job.startAt - b.job.startAt);
    let passed = 0;
    let longest: MeasuredAttempt | null = null;
    for (const { index, job } of byStart) {
      let earlier = byStart[passed]?.job;
      while (earlier !== undefined && earlier.startAt < job.startAt - SIDE_BY_SIDE_SECONDS) {
        if (longest === null || earlier.totalQueueSeconds > longest.totalQueueSeconds) longest = earlier;
        passed += 1;
        earlier = byStart[passed]?.job;
      }
      corrected[index] = { ...job, queueSeconds: Math.max(0, job.totalQueueSeconds - totalOf(longest)) };
    }
  }
  return corrected;
}

function totalOf(job: MeasuredAttempt | null): number {
  return job === null ? 0 : job.totalQueueSeconds + Math.max(0, job.finishAt - job.startAt);
}

/** Mean queue time of the run's POST jobs, where very old rows have the section in the member's place. */
function averagePostQueue(jobs: readonly MeasuredAttempt[]): number {
  const posts = jobs.filter(
    ({ attempt, status }) => attempt.member === "POST" && (status === COMPLETED || status === RUNNING),
  );
  if (posts.length === 0) return 0;
  return roundHalfEven(posts.reduce((sum, job) => sum + job.queueSeconds, 0) / posts.length, 2);
}

function speedOf(
  job: MeasuredAttempt,
  run: ExperimentRunRecord,
  averagePostSeconds: number,
): Pick<RunJob, "sypd" | "asypd"> {
  const speed = {
    status: job.status,
    chunk: job.attempt.chunk,
    splits: null,
    yearsPerChunk: yearsPerChunk({ chunkUnit: run.chunk_unit, chunkSize: run.chunk_size }),
    runSeconds: job.runSeconds,
  };
  return { sypd: jobSypd(speed), asypd: jobAsypd({ ...speed, queueSeconds: job.queueSeconds, averagePostSeconds }) };
}

function dateFolders(jobs: readonly MeasuredAttempt[]): RunDateFolder[] {
  const byDate = groupIndexes(jobs, (job) => job.attempt.date || null);
  const sections = new Set(jobs.flatMap((job) => job.attempt.section || []));
  const precision = datePrecision(byDate.keys());
  return Array.from(byDate, ([date, members]) => {
    const bySection = groupIndexes(jobs, (job) => job.attempt.section || null, members);
    const folders = [...sections].map((section) => folderOf(jobs, section, bySection.get(section) ?? []));
    const statuses = folders.flatMap((folder) => folder.jobs.map((index) => jobs[index]?.status ?? 0));
    const uniformStatus = uniformStatusOf(statuses);
    return {
      date: compactDate(date, precision),
      sections: folders,
      uniformStatus,
      jobCount: statuses.length,
      isExpanded: byDate.size <= MANY_DATES || uniformStatus === null,
    };
  });
}

function uniformStatusOf(statuses: readonly number[]): RunDateFolder["uniformStatus"] {
  const [first] = statuses;
  if (first === undefined) return "COMPLETED";
  if (statuses.some((status) => status !== first)) return null;
  if (first === COMPLETED) return "COMPLETED";
  return first === WAITING ? "WAITING" : first === SUSPENDED ? "SUSPENDED" : null;
}

function wrapperFolders(jobs: readonly MeasuredAttempt[]): RunFolder<number>[] {
  const byWrapper = groupIndexes(jobs, (job) => job.wrapperCode);
  return Array.from(byWrapper, ([code, members]) => folderOf(jobs, code, members)).sort((a, b) => a.key - b.key);
}

function folderOf<Key>(jobs: readonly MeasuredAttempt[], key: Key, members: readonly number[]): RunFolder<Key> {
  const chunkOf = (index: number) => jobs[index]?.attempt.chunk ?? 0;
  return {
    key,
    tally: tallyStatuses(members.map((index) => jobs[index]?.status ?? 0)),
    jobs: members.toSorted((a, b) => chunkOf(a) - chunkOf(b)),
  };
}

/** Positions by key, in the order in which the keys first occur; those without a key are left out. */
function groupIndexes<Key extends string | number>(
  jobs: readonly MeasuredAttempt[],
  keyOf: (job: MeasuredAttempt) => Key | null,
  among: Iterable<number> = jobs.keys(),
): Map<Key, number[]> {
  const groups = new Map<Key, number[]>();
  for (const index of among) {
    const job = jobs[index];
    const key = job === undefined ? null : keyOf(job);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  }
  return groups;
}
