/**
 * How sources read tables, whatever database holds them. SQLite is one implementation (`sqlite.ts`), PostgreSQL the
 * other (`postgres.ts`). Nothing outside this folder knows which one is in use.
 */

/** A value as the database gives it. Typing in SQLite is loose: a column declared INTEGER may hold text. */
export type SqlValue = string | number | bigint | Uint8Array | null;

/** One row, keyed by column name. */
export type TableRow = Record<string, SqlValue>;

/** A comparison; all conditions of a query must hold. `in` takes up to 500 values. NULL is only found by `null`. */
export type TableCondition =
  | { column: string; is: "null" }
  | { column: string; is: "=" | "!=" | "<" | "<=" | ">" | ">="; value: string | number }
  | { column: string; is: "in"; values: readonly (string | number)[] };

/**
 * What to read from one table. Columns that the table lacks come back as null; ask `columns` first where it matters. Rows
 * that `orderBy` leaves equal, or all of them, come in the order in which they were inserted where the database keeps it.
 */
export interface TableQuery {
  table: string;
  columns: readonly string[];
  where?: readonly TableCondition[];
  orderBy?: readonly { column: string; descending?: boolean }[];
  limit?: number;
}

/** An open database: must be closed. Reads are consistent within one call, not across calls. */
export interface TableSource {
  /** Names the database for messages: a path or a schema; never a password. */
  readonly label: string;
  /** Column names in the table's own order, or null when there is no such table. */
  columns(table: string): Promise<readonly string[] | null>;
  /** All rows; none when there is no such table. @throws SourceBusyError, SourceCorruptError */
  select(query: TableQuery): Promise<TableRow[]>;
  /** The same rows as arrays in the order of `query.columns`: a third less time and memory for large tables. */
  selectValues(query: TableQuery): Promise<SqlValue[][]>;
  /** The same rows by column: the values of `query.columns[i]` are the i-th array. The least time for large tables. */
  selectColumns(query: TableQuery): Promise<SqlValue[][]>;
  /** The same rows one by one, in batches: no lock is held between them, so a row deleted meanwhile is left out. */
  iterate(query: TableQuery): AsyncIterable<TableRow>;
  close(): Promise<void>;
}

/**
 * The databases of one experiment. `job-list` is 4.2's `db/job_list.db`, `job-list-pickle` the table that holds a pickled
 * job list (`STORAGE.TYPE: db`), `old-structure` the place of old versions.
 */
export type ExperimentDatabase =
  | "job-list"
  | "job-list-pickle"
  | "job-data"
  | "structure"
  | "old-structure"
  | "job-packages"
  | "user-metrics"
  | "graph-layout";

/** Which database is meant. `main` holds `experiment` and `details`, `status` holds `experiment_status`. */
export type TableLocation = { database: "main" | "status" } | { database: ExperimentDatabase; expid: string };

/** How people name the place of a site's databases, and what they can do about it. */
export interface TablePlace {
  /** A file or a server's database; never a password. */
  main: string;
  /** Where an experiment's job list should be. */
  jobListOf(expid: string): string;
  /** The folder that has to be there and have room; null when the databases are not in files. */
  folder: string | null;
  /** What to do when the databases cannot be read, and when they are locked. */
  whenUnreadable: string;
  whenLocked: string;
}

/** Opens the databases of one site. */
export interface TableProvider {
  readonly place: TablePlace;
  /** The database, read-only, or null when there is none (never created). @throws SourceUnreadable errors */
  open(location: TableLocation): Promise<TableSource | null>;
  /** Changes whenever the database's content may have changed; null when there is none. Cheap. */
  fingerprint(location: TableLocation): Promise<string | null>;
  /**
   * When the database was last written, as far as it tells: epoch seconds; null when there is none, or it does not tell.
   * @throws AutosubmitReadError `SOURCE_UNREADABLE`
   */
  modifiedAt(location: TableLocation): Promise<number | null>;
  /** What the database takes on disk, roughly; 0 when there is none. */
  sizeBytes(location: TableLocation): Promise<number>;
  /** Whether Autosubmit keeps pickled job lists here (`job-list-pickle`) instead of in files. */
  readonly keepsJobLists: boolean;
}
