import type { JobDataRecord } from "../records.js";
import type { Experiment } from "../site/site.js";
import type { TableCondition, TableSource } from "../tables/table-source.js";
import { withTables } from "../tables/with-tables.js";
import {
  type Fields,
  integer,
  integerOrZero,
  iterateRecords,
  number,
  parseInteger,
  type ReadOptions,
  type RowQuery,
  readRecords,
  requiredInteger,
  requiredText,
  scalar,
  text,
  textOrEmpty,
} from "./row-fields.js";

/** A column of `job_data`. */
export type JobDataColumn = keyof JobDataRecord;

/** How to read the history. */
export interface JobDataOptions<K extends JobDataColumn = JobDataColumn> extends ReadOptions {
  /** The columns to read besides `id`, `job_name` and `counter`; all of them unless given. Fewer columns take less time. */
  columns?: readonly K[];
}

/** An attempt with the columns that were asked for. */
export type JobDataColumns<K extends JobDataColumn> = Pick<JobDataRecord, K | "id" | "job_name" | "counter">;

const TABLE = "job_data";
const MARKED: readonly TableCondition[] = [{ column: "last", is: "=", value: 1 }];
const UNMARKED: readonly TableCondition[] = [
  { column: "last", is: "!=", value: 1 },
  { column: "last", is: "null" },
];
const LARGEST_LIST = 500;
/** Greater row types are wrapper codes. */
const LAST_PLAIN_ROWTYPE = 2;

const FIELDS: Fields<JobDataRecord> = {
  id: requiredInteger,
  counter: integerOrZero,
  job_name: requiredText,
  created: text,
  modified: text,
  submit: integerOrZero,
  start: integerOrZero,
  finish: integerOrZero,
  status: textOrEmpty,
  rowtype: integerOrZero,
  ncpus: scalar,
  wallclock: text,
  qos: text,
  energy: number,
  date: text,
  section: text,
  member: text,
  chunk: integer,
  last: integerOrZero,
  platform: text,
  job_id: scalar,
  extra_data: text,
  nnodes: integer,
  run_id: integer,
  MaxRSS: number,
  AveRSS: number,
  out: text,
  err: text,
  rowstatus: integer,
  children: text,
  platform_output: text,
  workflow_commit: text,
  split: integer,
  splits: integer,
  fail_count: integer,
};

/**
 * All attempts of one job, newest first (by counter, then id), from `job_data_<expid>.db` of any schema version (formats
 * reference §2.3). None when the job was never submitted or the experiment has no history.
 *
 * differs: rows of every `rowtype` (4.1.17 marks packed jobs with 1, which the reference leaves out, §6.16); columns that
 * the schema version lacks are null (§6.14).
 * @throws AutosubmitReadError `SOURCE_BUSY`, `SOURCE_CORRUPT`, `SOURCE_UNREADABLE`, `SOURCE_TOO_LARGE`
 */
export function readJobAttempts<K extends JobDataColumn = JobDataColumn>(
  experiment: Experiment,
  jobName: string,
  options: JobDataOptions<K> = {},
): Promise<JobDataColumns<K>[]> {
  const query: RowQuery = {
    table: TABLE,
    where: [{ column: "job_name", is: "=", value: jobName }],
    orderBy: [
      { column: "counter", descending: true },
      { column: "id", descending: true },
    ],
  };
  return readHistory(experiment, (tables) => readRecords(tables, query, chosenFields(options), options));
}

/** All attempts of a run, by rising id. None when there is no such run. @throws as `readJobAttempts` */
export function readRunJobData<K extends JobDataColumn = JobDataColumn>(
  experiment: Experiment,
  runId: number,
  options: JobDataOptions<K> = {},
): Promise<JobDataColumns<K>[]> {
  const query: RowQuery = {
    table: TABLE,
    where: [{ column: "run_id", is: "=", value: runId }],
    orderBy: [{ column: "id" }],
  };
  return readHistory(experiment, (tables) => readRecords(tables, query, chosenFields(options), options));
}

/**
 * The newest attempt of every job that the history knows, by rising id: the row marked `last`; where several are marked,
 * or none, the one of the highest counter, then id (formats reference §6.19).
 * @throws as `readJobAttempts`
 */
export function readLastJobData<K extends JobDataColumn = JobDataColumn>(
  experiment: Experiment,
  options: JobDataOptions<K> = {},
): Promise<JobDataColumns<K>[]> {
  const fields = chosenFields(options);
  return readHistory(experiment, async (tables) => {
    const marked = newestOfEach(await readRecords(tables, { table: TABLE, where: MARKED }, fields, options));
    const rows = [...marked.values()];
    const missed = (await readUnmarked(tables)).filter((row) => !marked.has(row.job_name));
    const ids = Array.from(newestOfEach(missed).values(), (row) => row.id);
    for (let start = 0; start < ids.length; start += LARGEST_LIST) {
      const values = ids.slice(start, start + LARGEST_LIST);
      const query: RowQuery = { table: TABLE, where: [{ column: "id", is: "in", values }] };
      rows.push(...(await readRecords(tables, query, fields, options)));
    }
    return rows.sort((a, b) => a.id - b.id);
  });
}

/**
 * The completed attempts of some sections and of all wrappers, by rising id: what runs are measured by. Sections are also
 * looked for in the member column, where very old rows have them (formats reference §2.3).
 * @throws as `readJobAttempts`
 */
export function readCompletedJobData<K extends JobDataColumn = JobDataColumn>(
  experiment: Experiment,
  sections: readonly string[],
  options: JobDataOptions<K> = {},
): Promise<JobDataColumns<K>[]> {
  const kinds: TableCondition[] = [
    { column: "section", is: "in", values: sections },
    { column: "member", is: "in", values: sections },
    { column: "rowtype", is: ">", value: LAST_PLAIN_ROWTYPE },
  ];
  return readHistory(experiment, async (tables) => {
    const byId = new Map<number, JobDataColumns<K>>();
    for (const kind of kinds) {
      const where: TableCondition[] = [{ column: "status", is: "=", value: "COMPLETED" }, kind];
      const rows = await readRecords(tables, { table: TABLE, where }, chosenFields(options), options);
      for (const row of rows) byId.set(row.id, row);
    }
    return [...byId.values()].sort((a, b) => a.id - b.id);
  });
}

/** A stretch of the whole history. */
export interface JobDataPage<K extends JobDataColumn> {
  rows: JobDataColumns<K>[];
  /** The id that the next page comes after; null when nothing follows. */
  next: number | null;
}

/**
 * The attempts that follow an id, by rising id: the whole history in pages that cost the same however deep they lie.
 * @param afterId null for the first page
 * @param limit rows to look at; those that are no use are left out of the page
 * @throws as `readJobAttempts`
 */
export async function readJobDataPage<K extends JobDataColumn = JobDataColumn>(
  experiment: Experiment,
  afterId: number | null,
  limit: number,
  options: JobDataOptions<K> = {},
): Promise<JobDataPage<K>> {
  const location = { database: "job-data", expid: experiment.expid } as const;
  const page = await withTables(experiment.site, location, async (tables) => {
    const after: TableCondition[] = afterId === null ? [] : [{ column: "id", is: ">", value: afterId }];
    const query: RowQuery = { table: TABLE, where: after, orderBy: [{ column: "id" }], limit };
    const ids = await tables.selectValues({ ...query, columns: ["id"] });
    const next = ids.length < limit ? null : (parseInteger(ids.at(-1)?.[0] ?? null) ?? null);
    const until: TableCondition[] = next === null ? after : [...after, { column: "id", is: "<=", value: next }];
    return { rows: await readRecords(tables, { ...query, where: until }, chosenFields(options), options), next };
  });
  return page ?? { rows: [], next: null };
}

/** The whole history by rising id, one by one and in constant memory. @throws as `readJobAttempts` */
export async function* iterateJobData<K extends JobDataColumn = JobDataColumn>(
  experiment: Experiment,
  options: JobDataOptions<K> = {},
): AsyncIterable<JobDataColumns<K>> {
  const tables = await experiment.site.tables.open({ database: "job-data", expid: experiment.expid });
  if (tables === null) return;
  try {
    yield* iterateRecords(tables, { table: TABLE, orderBy: [{ column: "id" }] }, chosenFields(options), options);
  } finally {
    await tables.close();
  }
}

type AttemptOrder = JobDataColumns<never>;

/** What tells the newest of them, for the rows that are not marked: few, since only retrials and damage leave any. */
async function readUnmarked(tables: TableSource): Promise<AttemptOrder[]> {
  const fields = chosenFields<never>({ columns: [] });
  const found = await Promise.all(
    UNMARKED.map((condition) => readRecords(tables, { table: TABLE, where: [condition] }, fields)),
  );
  return found.flat();
}

/** The attempt of the highest counter, then id, by job name. */
function newestOfEach<R extends AttemptOrder>(rows: readonly R[]): Map<string, R> {
  const newest = new Map<string, R>();
  for (const row of rows) {
    const other = newest.get(row.job_name);
    const isNewer = !other || row.counter > other.counter || (row.counter === other.counter && row.id > other.id);
    if (isNewer) newest.set(row.job_name, row);
  }
  return newest;
}

function chosenFields<K extends JobDataColumn>({ columns }: JobDataOptions<K>): Fields<JobDataColumns<K>> {
  const names = new Set<JobDataColumn>(["id", "job_name", "counter", ...(columns ?? [])]);
  const entries = Array.from(names, (name) => [name, FIELDS[name]]);
  const fields: Partial<Fields<JobDataRecord>> = columns === undefined ? FIELDS : Object.fromEntries(entries);
  // The compiler cannot follow the names through fromEntries.
  return fields as Fields<JobDataColumns<K>>;
}

async function readHistory<T>(experiment: Experiment, read: (tables: TableSource) => Promise<T[]>): Promise<T[]> {
  return (await withTables(experiment.site, { database: "job-data", expid: experiment.expid }, read)) ?? [];
}
