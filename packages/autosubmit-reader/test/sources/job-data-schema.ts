/** The `job_data` columns that each `user_version` added (formats reference §2.3), in the order of a fresh file. */
const JOB_DATA_COLUMNS: readonly (readonly [since: number, definition: string])[] = [
  [10, "id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT"],
  [10, "counter INTEGER NOT NULL"],
  [10, "job_name TEXT NOT NULL"],
  [10, "created TEXT NOT NULL"],
  [10, "modified TEXT NOT NULL"],
  [10, "submit INTEGER NOT NULL"],
  [10, "start INTEGER NOT NULL"],
  [10, "finish INTEGER NOT NULL"],
  [10, "status TEXT NOT NULL"],
  [10, "rowtype INTEGER NOT NULL"],
  [10, "ncpus INTEGER NOT NULL"],
  [10, "wallclock TEXT NOT NULL"],
  [10, "qos TEXT NOT NULL"],
  [10, "energy INTEGER NOT NULL"],
  [10, "date TEXT NOT NULL"],
  [10, "section TEXT NOT NULL"],
  [10, "member TEXT NOT NULL"],
  [10, "chunk INTEGER NOT NULL"],
  [10, "last INTEGER NOT NULL"],
  [10, "platform TEXT NOT NULL"],
  [10, "job_id INTEGER NOT NULL"],
  [10, "extra_data TEXT NOT NULL"],
  [12, "nnodes INTEGER NOT NULL DEFAULT 0"],
  [12, "run_id INTEGER"],
  [15, "MaxRSS REAL NOT NULL DEFAULT 0.0"],
  [15, "AveRSS REAL NOT NULL DEFAULT 0.0"],
  [15, "out TEXT NOT NULL DEFAULT ''"],
  [15, "err TEXT NOT NULL DEFAULT ''"],
  [15, "rowstatus INTEGER NOT NULL DEFAULT 0"],
  [17, "children TEXT"],
  [17, "platform_output TEXT"],
  [19, "workflow_commit TEXT"],
  [20, "split INTEGER"],
  [20, "splits INTEGER"],
  [21, "fail_count INTEGER NOT NULL DEFAULT 0"],
];

const RUN_COLUMNS: readonly (readonly [since: number, definition: string])[] = [
  [12, "run_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT"],
  [12, "created TEXT NOT NULL"],
  [18, "modified TEXT NOT NULL DEFAULT ''"],
  [12, "start INTEGER NOT NULL"],
  [12, "finish INTEGER"],
  [12, "chunk_unit TEXT NOT NULL"],
  [12, "chunk_size INTEGER NOT NULL"],
  [12, "completed INTEGER NOT NULL"],
  [12, "total INTEGER NOT NULL"],
  [12, "failed INTEGER NOT NULL"],
  [12, "queuing INTEGER NOT NULL"],
  [12, "running INTEGER NOT NULL"],
  [12, "submitted INTEGER NOT NULL"],
  [14, "suspended INTEGER NOT NULL DEFAULT 0"],
  [14, "metadata TEXT"],
];

/** Every schema version that Autosubmit wrote. */
export const USER_VERSIONS = [10, 12, 14, 15, 16, 17, 18, 19, 20, 21];

/** Names of the `job_data` columns that a version lacks. */
export function missingJobDataColumns(userVersion: number): string[] {
  return JOB_DATA_COLUMNS.filter(([since]) => since > userVersion).map(
    ([, definition]) => definition.split(" ")[0] ?? "",
  );
}

/**
 * The SQL that creates a history of a version: from 18 on `modified` stands third in `experiment_run`, in 16 and 17 it was
 * added last.
 */
export function historySchema(userVersion: number): string {
  const upTo = (columns: typeof JOB_DATA_COLUMNS) =>
    columns.flatMap(([since, definition]) => (since <= userVersion ? [definition] : [])).join(", ");
  const jobData = `CREATE TABLE job_data(${upTo(JOB_DATA_COLUMNS)}, UNIQUE(counter, job_name));
    CREATE INDEX ID_JOB_NAME ON job_data(job_name);`;
  const runs = userVersion >= 12 ? `CREATE TABLE experiment_run(${upTo(RUN_COLUMNS)});` : "";
  const added = userVersion === 16 || userVersion === 17 ? "ALTER TABLE experiment_run ADD COLUMN modified TEXT;" : "";
  return `${jobData} ${runs} ${added} PRAGMA user_version = ${userVersion};`;
}

/** An INSERT of one attempt; columns that are not given hold what Autosubmit writes at submission. */
export function insertAttempt(values: Record<string, string | number | null>): string {
  const row: Record<string, string | number | null> = {
    counter: 1,
    job_name: "a000_SIM",
    created: "2024-01-08-14:52:35",
    modified: "2024-01-08-14:52:35",
    submit: 1_700_000_000,
    start: 0,
    finish: 0,
    status: "SUBMITTED",
    rowtype: 2,
    ncpus: 16,
    wallclock: "01:00",
    qos: "debug",
    energy: 0,
    date: "",
    section: "SIM",
    member: "",
    chunk: 0,
    last: 1,
    platform: "NA",
    job_id: 0,
    extra_data: "",
    ...values,
  };
  return `INSERT INTO job_data(${Object.keys(row).join(", ")}) VALUES (${Object.values(row).map(literal).join(", ")});`;
}

/** A value as SQL text. */
export function literal(value: string | number | null): string {
  if (value === null) return "NULL";
  return typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`;
}
