import { JOB_STATUS_NAMES, type JobStatusName, jobStatusName } from "@autosubmit-api/shared-types";

/** Number of jobs by status name; every name is present, in the order of the status codes. */
export type JobCounts = Record<JobStatusName, number>;

/**
 * Counts jobs by status. A code that Autosubmit does not define counts as `UNKNOWN` (formats reference §1.6).
 */
export function countJobsByStatus(jobs: Iterable<{ status: number }>): JobCounts {
  // Every name gets a number here, which TypeScript cannot tell from the entries.
  const counts = Object.fromEntries(JOB_STATUS_NAMES.map((name) => [name, 0])) as JobCounts;
  for (const { status } of jobs) counts[jobStatusName(status)] += 1;
  return counts;
}
