import type { WrapperJobRecord, WrapperJobs } from "../records.js";
import type { Experiment } from "../site/site.js";
import type { TableCondition, TableSource } from "../tables/table-source.js";
import { withTables } from "../tables/with-tables.js";
import { withLiveJobList } from "./live-job-list.js";
import { type Fields, integer, type ReadOptions, readRecords, requiredText } from "./row-fields.js";

interface WrapperJobRow extends WrapperJobRecord {
  /** 4.2 only. */
  run_id: number | null;
}

const FIELDS: Fields<WrapperJobRow> = { package_name: requiredText, job_name: requiredText, run_id: integer };
/** The first of each pair is 4.1.17's and 4.2's, the second that of the versions before. */
const SUBMITTED = ["wrappers_jobs", "job_package"];
const PREVIEW = ["preview_wrappers_jobs", "wrapper_job_package"];

/** How wrappers are read. */
export interface ReadWrapperJobsOptions extends ReadOptions {
  /**
   * Only rows of this job; all unless given. Then a job that was never submitted in a wrapper has its simulated one, even
   * while others were submitted, as in the reference's `components/jobs/job_detail.py`.
   */
  jobName?: string;
}

/**
 * Which wrapper (package) each job was submitted in, in row order (formats reference §2.6, §2.9). The table of 4.1.17 is
 * preferred to the old one wherever it exists, even empty; the simulated packages are read when nothing was submitted.
 * From 4.2 on, when its job list is the live one, a job's rows are those of its newest run. Null when there are no
 * wrappers, or no database of them.
 *
 * differs: a missing database is null; 4.2.
 * @throws AutosubmitReadError `SOURCE_BUSY`, `SOURCE_CORRUPT`, `SOURCE_UNREADABLE`, `SOURCE_TOO_LARGE`
 */
export async function readWrapperJobs(
  experiment: Experiment,
  options: ReadWrapperJobsOptions = {},
): Promise<WrapperJobs | null> {
  const read = (tables: TableSource) => readMemberships(tables, options);
  const live = await withLiveJobList(experiment, async (tables) => ({ found: await read(tables) }));
  if (live !== null) return live.found;
  return withTables(experiment.site, { database: "job-packages", expid: experiment.expid }, read);
}

async function readMemberships(tables: TableSource, options: ReadWrapperJobsOptions): Promise<WrapperJobs | null> {
  const { jobName, ...reading } = options;
  const where: TableCondition[] = jobName === undefined ? [] : [{ column: "job_name", is: "=", value: jobName }];
  for (const [names, preview] of [[SUBMITTED, false] as const, [PREVIEW, true] as const]) {
    const table = await firstTable(tables, names);
    if (table === null) continue;
    const rows = await readRecords(tables, { table, where }, FIELDS, reading);
    if (rows.length > 0) return { preview, rows: ofNewestRuns(rows) };
  }
  return null;
}

async function firstTable(tables: TableSource, names: readonly string[]): Promise<string | null> {
  for (const name of names) if ((await tables.columns(name)) !== null) return name;
  return null;
}

/** Rows of a job's highest run; rows without a run (all of them before 4.2) count as older than any. */
function ofNewestRuns(rows: readonly WrapperJobRow[]): WrapperJobRecord[] {
  const bare = ({ package_name, job_name }: WrapperJobRow) => ({ package_name, job_name });
  if (rows.every((row) => row.run_id === null)) return rows.map(bare);
  const newest = new Map<string, number>();
  const runOf = (row: WrapperJobRow) => row.run_id ?? Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    newest.set(row.job_name, Math.max(newest.get(row.job_name) ?? Number.NEGATIVE_INFINITY, runOf(row)));
  }
  return rows.filter((row) => runOf(row) === newest.get(row.job_name)).map(bare);
}
