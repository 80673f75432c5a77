import { statSync } from "node:fs";
import { resolve } from "node:path";
import { AutosubmitReadError, systemErrorCode } from "../errors.js";
import { fingerprintFile } from "../site/fingerprint.js";
import { experimentPaths } from "../site/paths.js";
import { FIXED_NAMES, type SiteSettings } from "../site/site-settings.js";
import { translateSqliteError } from "./sqlite-errors.js";
import { type SqliteLimits, SqliteTableSource } from "./sqlite-source.js";
import type { TableLocation, TableProvider, TableSource } from "./table-source.js";

const LIMITS: SqliteLimits = { rows: 5_000_000, bytes: 2 ** 30, valueBytes: 2 ** 28 };
/** Files that SQLite keeps beside a database while it is being written. */
const COMPANIONS = ["-journal", "-wal", "-shm"];
const ABSENT = new Set(["ENOENT", "ENOTDIR"]);

/** The databases of a site that keeps them in SQLite files; every one is opened anew, read-only, and never created. */
export class SqliteTableProvider implements TableProvider {
  readonly #settings: SiteSettings;
  readonly #limits: SqliteLimits;

  constructor(settings: SiteSettings, limits: Partial<SqliteLimits> = {}) {
    this.#settings = settings;
    this.#limits = { ...LIMITS, ...limits };
  }

  /**
   * Opening takes less than 0.1 ms, so nothing is kept: a kept handle would go on reading a file that was replaced.
   * @throws AutosubmitReadError `SOURCE_UNREADABLE`: not a regular file, no permission
   */
  async open(location: TableLocation): Promise<TableSource | null> {
    const path = databasePath(this.#settings, location);
    const expid = "expid" in location ? location.expid : null;
    if (!isRegularFile(path, expid)) return null;
    // SQLite would open these too, and wait for ever on a pipe.
    for (const ending of COMPANIONS) isRegularFile(path + ending, expid);
    try {
      return new SqliteTableSource(path, expid, this.#limits);
    } catch (error) {
      throw translateSqliteError(error, path, expid);
    }
  }

  async fingerprint(location: TableLocation): Promise<string | null> {
    const path = databasePath(this.#settings, location);
    const [main, wal, journal] = await Promise.all(["", "-wal", "-journal"].map((end) => fingerprintFile(path + end)));
    return main == null ? null : `${main}|${wal ?? ""}|${journal ?? ""}`;
  }
}

/** Where a database is kept, absolute. */
export function databasePath(settings: SiteSettings, location: TableLocation): string {
  switch (location.database) {
    case "main":
      return resolve(settings.dbDir, settings.dbFile);
    case "status":
      return resolve(settings.dbDir, FIXED_NAMES.statusDb);
    case "job-list":
      return experimentPaths(settings, location.expid).jobListDb;
    case "job-list-pickle":
      return experimentPaths(settings, location.expid).jobListPickleDb;
    case "job-data":
      return experimentPaths(settings, location.expid).jobDataDb;
    case "structure":
      return experimentPaths(settings, location.expid).structureDb;
    case "old-structure":
      return experimentPaths(settings, location.expid).oldStructureDb;
    case "job-packages":
      return experimentPaths(settings, location.expid).jobPackagesDb;
    case "user-metrics":
      return experimentPaths(settings, location.expid).userMetricsDb;
    case "graph-layout":
      return experimentPaths(settings, location.expid).graphLayoutDb;
  }
}

function isRegularFile(path: string, expid: string | null): boolean {
  const details = { path, ...(expid === null ? {} : { expid }) };
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return false;
    if (found.isFile()) return true;
  } catch (cause) {
    const code = systemErrorCode(cause);
    if (ABSENT.has(code ?? "")) return false;
    throw new AutosubmitReadError("SOURCE_UNREADABLE", `${path} cannot be read (${code})`, { ...details, cause });
  }
  throw new AutosubmitReadError("SOURCE_UNREADABLE", `${path} is not a regular file`, details);
}
