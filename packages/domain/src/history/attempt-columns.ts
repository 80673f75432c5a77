import type { JobDataRecord } from "autosubmit-reader";

/** The columns of `job_data` that every look at attempts needs: which one it is, its times and what became of it. */
export const ATTEMPT_COLUMNS = [
  "id",
  "counter",
  "job_name",
  "submit",
  "start",
  "finish",
  "status",
  "rowtype",
] as const satisfies readonly (keyof JobDataRecord)[];
