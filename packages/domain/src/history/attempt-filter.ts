import type { JobDataRecord } from "autosubmit-reader";
import { isOfSection } from "./history-attempt.js";

/** Which attempts are asked for; null for no restriction. All restrictions have to hold. */
export interface AttemptFilter {
  sections: ReadonlySet<string> | null;
  /** Status names, upper case. */
  statuses: ReadonlySet<string> | null;
  runIds: ReadonlySet<number> | null;
  /** Submitted at or after this instant, epoch seconds; attempts whose submission is not known are left out. */
  submittedFrom: number | null;
  /** Submitted before this instant, epoch seconds; likewise. */
  submittedBefore: number | null;
}

/** The columns that a filter looks at. */
export type FilteredColumns = Pick<JobDataRecord, "section" | "member" | "status" | "run_id" | "submit">;

/** Whether an attempt is asked for. Sections are looked for in the member column too, where very old rows have them. */
export function matchesAttempt(row: FilteredColumns, filter: AttemptFilter): boolean {
  const { sections, statuses, runIds, submittedFrom, submittedBefore } = filter;
  const names = { section: row.section ?? "", member: row.member ?? "" };
  if (sections !== null && ![...sections].some((section) => isOfSection(names, section))) return false;
  if (statuses !== null && !statuses.has(row.status.toUpperCase())) return false;
  if (runIds !== null && (row.run_id === null || !runIds.has(row.run_id))) return false;
  if (submittedFrom !== null && !(row.submit > 0 && row.submit >= submittedFrom)) return false;
  return submittedBefore === null || (row.submit > 0 && row.submit < submittedBefore);
}

/** Whether a row is an attempt that has not ended: the last one of its job, without a finish, submitted. */
export function isOpenAttempt(row: Pick<JobDataRecord, "last" | "submit" | "finish" | "status">): boolean {
  return row.last === 1 && row.submit > 0 && row.finish <= 0 && row.status !== "COMPLETED";
}
