import { JOB_STATUS_CODES } from "@autosubmit-api/shared-types";

/** How many jobs of a group are in the statuses that folders show. */
export interface StatusTally {
  completed: number;
  running: number;
  queuing: number;
  failed: number;
  held: number;
  /** All jobs of the group, whatever their status. */
  total: number;
}

/** Counts a group of jobs by their status codes. */
export function tallyStatuses(statuses: Iterable<number>): StatusTally {
  const tally: StatusTally = { completed: 0, running: 0, queuing: 0, failed: 0, held: 0, total: 0 };
  for (const status of statuses) {
    tally.total += 1;
    if (status === JOB_STATUS_CODES.COMPLETED) tally.completed += 1;
    else if (status === JOB_STATUS_CODES.RUNNING) tally.running += 1;
    else if (status === JOB_STATUS_CODES.QUEUING) tally.queuing += 1;
    else if (status === JOB_STATUS_CODES.FAILED) tally.failed += 1;
    else if (status === JOB_STATUS_CODES.HELD) tally.held += 1;
  }
  return tally;
}
