import { JOB_STATUS_CODES, type JobStatusName, jobStatusName } from "@autosubmit-api/shared-types";
import type { JobRecord } from "autosubmit-reader";
import { countJobsByStatus } from "./job-counts.js";
import type { Wrapper, Wrappers } from "./jobs/wrappers.js";

/** A job as the quick view lists it. */
export interface QuickJob {
  name: string;
  status: JobStatusName;
  /** Names or paths of its local logs as stored; empty where there are none. */
  out: string;
  err: string;
  /** Id of its wrapper, or the wrapper's name where that has no id; null when the job is in no wrapper. */
  wrapper: string | null;
}

/** The job list at a glance. */
export interface QuickView {
  /** Every job once, in file order; of two with one name the later one, at the place of the earlier. */
  jobs: QuickJob[];
  /** The same jobs in the order of `activeFirst`. */
  activeFirst: QuickJob[];
  completed: number;
  failed: number;
  running: number;
  queuing: number;
}

/** Summarises a job list (reference: `get_quick_view`). */
export function buildQuickView(records: readonly JobRecord[], wrappers: Wrappers): QuickView {
  const unique = lastOfEachName(records).map((record) => ({
    status: record.status,
    job: quickJob(record, wrappers.byJob.get(record.name)),
  }));
  const counts = countJobsByStatus(records);
  return {
    jobs: unique.map(({ job }) => job),
    activeFirst: activeFirst(unique).map(({ job }) => job),
    completed: counts.COMPLETED,
    failed: counts.FAILED,
    running: counts.RUNNING,
    queuing: counts.QUEUING,
  };
}

/** A set of names costs half of a map by name, and nearly every list has none twice. */
function lastOfEachName(records: readonly JobRecord[]): readonly JobRecord[] {
  if (new Set(records.map(({ name }) => name)).size === records.length) return records;
  return [...new Map(records.map((record) => [record.name, record])).values()];
}

function quickJob({ name, status, localOut, localErr }: JobRecord, wrapper: Wrapper | undefined): QuickJob {
  const shown = wrapper === undefined ? null : (wrapper.id ?? wrapper.name);
  return { name, status: jobStatusName(status), out: localOut ?? "", err: localErr ?? "", wrapper: shown };
}

const AT_REST: ReadonlySet<number> = new Set([
  JOB_STATUS_CODES.COMPLETED,
  JOB_STATUS_CODES.WAITING,
  JOB_STATUS_CODES.READY,
]);

/**
 * Jobs that somebody may want to look at first: all but the completed, waiting and ready ones, the last of the list in front;
 * then those, in the order of the list.
 */
export function activeFirst<Job extends { status: number }>(jobs: readonly Job[]): Job[] {
  const active = jobs.filter(({ status }) => !AT_REST.has(status)).reverse();
  return [...active, ...jobs.filter(({ status }) => AT_REST.has(status))];
}
