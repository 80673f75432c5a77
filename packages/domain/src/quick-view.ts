import { JOB_STATUS_CODES } from "@autosubmit-api/shared-types";
import type { JobRecord } from "autosubmit-reader";
import { countJobsByStatus } from "./job-counts.js";
import type { Wrapper, Wrappers } from "./jobs/wrappers.js";

/** The job list at a glance. It holds nothing of its own for each job, which there may be 130,000 of. */
export interface QuickView {
  /** Every job once, in file order; of two with one name the later one, at the place of the earlier. */
  jobs: readonly JobRecord[];
  /** The same jobs in the order of `activeFirst`. */
  activeFirst: readonly JobRecord[];
  /** Id of the wrapper of a job, or the wrapper's name where that has no id; null when the job is in no wrapper. */
  wrapperOf: (jobName: string) => string | null;
  completed: number;
  failed: number;
  running: number;
  queuing: number;
}

/** Summarises a job list (reference: `get_quick_view`). */
export function buildQuickView(records: readonly JobRecord[], wrappers: Wrappers): QuickView {
  const jobs = lastOfEachName(records);
  const counts = countJobsByStatus(records);
  return {
    jobs,
    activeFirst: activeFirst(jobs),
    wrapperOf: (jobName) => labelOf(wrappers.byJob.get(jobName)),
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

function labelOf(wrapper: Wrapper | undefined): string | null {
  return wrapper === undefined ? null : (wrapper.id ?? wrapper.name);
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
