/**
 * What the files say, before anything is derived from it. Rows of databases keep their column names; a job has one shape
 * whatever format its list was written in.
 */

/** A date and time without a zone, as Autosubmit stores start dates: `YYYY-MM-DDTHH:MM:SS`. */
export type NaiveDateTime = string;

/** One job of a job list (formats reference §1). */
export interface JobRecord {
  /** Unique within the experiment, e.g. `a000_20000101_fc0_1_SIM`. */
  name: string;
  /** The scheduler's id of the last submission; 0 or null when never submitted; wrapper members share one. */
  id: number | string | null;
  /** Status code, -3 to 9 (`@autosubmit-api/shared-types` names them); an unknown code is kept as it is. */
  status: number;
  priority: number;
  /** The job type, e.g. `SIM`; empty when the file has none. */
  section: string;
  /** Start date; null for jobs that run once. */
  date: NaiveDateTime | null;
  member: string | null;
  /** 1-based; null for jobs that do not run per chunk. */
  chunk: number | null;
  /** 1-based split of the chunk, and how many there are; null where the job is not split. */
  split: number | null;
  splits: number | null;
  /** Log names as stored: bare, absolute or empty; null where the file has none. */
  localOut: string | null;
  localErr: string | null;
  remoteOut: string | null;
  remoteErr: string | null;
  wrapperType: string | null;
}

/** Which on-disk format a job list was read from (formats reference §1.1: F1, F2, F3, F4/F5, F6). */
export type JobListFormat = "tuples-12" | "tuples-13" | "digraph" | "dict" | "table";

/** A job that could not be read, or was read with a value replaced; the rest of the list stands. */
export interface JobProblem {
  /** Position in the file, 0-based. */
  index: number;
  /** The job's name where it could be told. */
  name: string | null;
  /** What was wrong and what was done about it. */
  message: string;
}

/** One edge of the job graph: `to` waits for `from`. Self edges are never reported. */
export interface StructureEdge {
  from: string;
  to: string;
}

/** A whole job list, in file order. */
export interface JobList {
  format: JobListFormat;
  /** The file or database it came from. */
  path: string;
  /** When Autosubmit last wrote it. */
  modifiedAt: Date;
  jobs: JobRecord[];
  problems: JobProblem[];
  /** Edges stored in the same file (DiGraph lists and 4.2), null where the format has none. */
  edges: StructureEdge[] | null;
}

/** The job graph. `isolated` holds jobs that the database names without any edge (stored as self edges up to 4.1.17). */
export interface Structure {
  edges: StructureEdge[];
  isolated: string[];
}

/** A row of `experiment_run` (formats reference §2.3). Epoch seconds; null where the column is missing or NULL. */
export interface ExperimentRunRecord {
  run_id: number;
  /** Text in one of three notations, as stored. */
  created: string | null;
  modified: string | null;
  start: number | null;
  finish: number | null;
  chunk_unit: string | null;
  chunk_size: number | null;
  completed: number;
  total: number;
  failed: number;
  queuing: number;
  running: number;
  submitted: number;
  suspended: number;
  /** JSON text of the configuration at the run's start, as stored; may hold `NaN`; null or empty when not saved. */
  metadata: string | null;
}

/**
 * A row of `job_data`: one attempt of one job (formats reference §2.3). Epoch seconds, 0 for "not yet"; energy in joules.
 * Columns that the file's schema version lacks are null.
 */
export interface JobDataRecord {
  id: number;
  /** Order of attempts within one job name; not a count. */
  counter: number;
  job_name: string;
  created: string | null;
  modified: string | null;
  submit: number;
  start: number;
  finish: number;
  /** Status name as stored; 4.1.17 stores FAILED for attempts in flight (finish 0). */
  status: string;
  /** 0 base, 1 packed (4.1.17), 2 normal, greater: wrapper code. */
  rowtype: number;
  /** As stored: a number, or text such as `16:32`. */
  ncpus: number | string | null;
  wallclock: string | null;
  qos: string | null;
  energy: number | null;
  date: string | null;
  section: string | null;
  member: string | null;
  chunk: number | null;
  /** 1 on the job's newest attempt, 0 otherwise. */
  last: number;
  platform: string | null;
  job_id: number | string | null;
  extra_data: string | null;
  nnodes: number | null;
  run_id: number | null;
  MaxRSS: number | null;
  AveRSS: number | null;
  out: string | null;
  err: string | null;
  rowstatus: number | null;
  /** Comma-separated names of the jobs that waited for this one. */
  children: string | null;
  platform_output: string | null;
  workflow_commit: string | null;
  split: number | null;
  splits: number | null;
  fail_count: number | null;
}

/** Membership of a job in a wrapper (package); where several rows name a job, the last one holds (§2.6). */
export interface WrapperJobRecord {
  package_name: string;
  job_name: string;
}

/** Wrapper memberships in row order. `preview` marks the simulated packages, used when nothing was submitted yet. */
export interface WrapperJobs {
  preview: boolean;
  rows: WrapperJobRecord[];
}

/** A row of `user_metrics` (§2.7); values are text whatever they mean. */
export interface UserMetricRecord {
  user_metric_id: number;
  run_id: number;
  job_name: string;
  metric_name: string;
  metric_value: string;
  modified: string | null;
}

/** A stored coordinate of the graph drawing (§2.5). */
export interface GraphLayoutRecord {
  job_name: string;
  x: number;
  y: number;
}

/** A row of the main database's `experiment` table (§2.1). */
export interface ExperimentRecord {
  id: number;
  name: string;
  description: string | null;
  autosubmit_version: string | null;
}

/** A row of `details` (§2.1), written by Autosubmit and by the workers. */
export interface ExperimentDetailsRecord {
  exp_id: number;
  user: string | null;
  created: string | null;
  model: string | null;
  branch: string | null;
  hpc: string | null;
}

/** A row of `experiment_status` in `as_times.db` (§2.2). */
export interface ExperimentStatusRecord {
  exp_id: number;
  name: string | null;
  status: string | null;
  seconds_diff: number | null;
  modified: string | null;
}
