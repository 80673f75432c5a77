import { closeSync, constants, openSync, readSync, type Stats, statSync } from "node:fs";
import { resolve } from "node:path";
import { AutosubmitReadError, systemErrorCode } from "../errors.js";
import { stat, watchedCall } from "../site/file-calls.js";
import { fingerprintFile } from "../site/fingerprint.js";
import { experimentPaths } from "../site/paths.js";
import { FIXED_NAMES, type SiteSettings } from "../site/site-settings.js";
import { copyWithLog } from "./private-copy.js";
import { translateSqliteError } from "./sqlite-errors.js";
import { type SqliteFile, type SqliteLimits, SqliteTableSource } from "./sqlite-source.js";
import type { TableLocation, TablePlace, TableProvider, TableSource } from "./table-source.js";

const LIMITS: SqliteLimits = { rows: 5_000_000, bytes: 2 ** 30, valueBytes: 2 ** 28, timeMs: 60_000, patienceMs: 5000 };
const LARGEST_COPY_BYTES = 2 ** 30;
const ABSENT = new Set(["ENOENT", "ENOTDIR"]);
/** Where the header of a database says that it is in WAL mode, and with which value. */
const WAL_MODE = { offset: 18, value: 2 };

/** The databases of a site that keeps them in SQLite files; each is opened anew, read-only, and never created. */
export class SqliteTableProvider implements TableProvider {
  readonly keepsJobLists = false;
  readonly place: TablePlace;
  readonly #settings: SiteSettings;
  readonly #limits: SqliteLimits;

  constructor(settings: SiteSettings, limits: Partial<SqliteLimits> = {}) {
    this.#settings = settings;
    this.place = {
      main: `${settings.dbFile} in ${settings.dbDir}`,
      jobListOf: (expid) => experimentPaths(settings, expid).jobListPickle,
      folder: settings.dbDir,
      whenUnreadable: 'correct "path" and "filename" of [database] in .autosubmitrc, or the rights',
      whenLocked: "find who holds it: fuser -v, or lslocks; a stopped Autosubmit may",
    };
    this.#limits = { ...LIMITS, ...limits };
  }

  /**
   * Opening takes less than 0.1 ms, so nothing is kept: a kept handle would go on reading a file that was replaced.
   * @throws AutosubmitReadError `SOURCE_UNREADABLE`: not a regular file, no permission
   */
  async open(location: TableLocation): Promise<TableSource | null> {
    const path = databasePath(this.#settings, location);
    const expid = "expid" in location ? location.expid : null;
    try {
      const file = await this.#prepare(path, expid);
      return file && new SqliteTableSource(file, this.#limits);
    } catch (error) {
      throw translateSqliteError(error, path, expid);
    }
  }

  async fingerprint(location: TableLocation): Promise<string | null> {
    const path = databasePath(this.#settings, location);
    const [main, ...companions] = await Promise.all(["", "-wal", "-journal"].map((end) => fingerprintFile(path + end)));
    return main == null ? null : [main, ...companions].join("|");
  }

  /** When the file was written; a write-ahead log counts where the job list of 4.2 may have one. */
  async modifiedAt(location: TableLocation): Promise<number | null> {
    const path = databasePath(this.#settings, location);
    const expid = "expid" in location ? location.expid : null;
    const paths = location.database === "job-list" ? [path, `${path}-wal`] : [path];
    const [main, wal] = await Promise.all(paths.map((file) => lookAt(file, expid)));
    return main ? Math.max(main.mtimeMs, wal?.mtimeMs ?? 0) / 1000 : null;
  }

  async sizeBytes(location: TableLocation): Promise<number> {
    const expid = "expid" in location ? location.expid : null;
    return (await lookAt(databasePath(this.#settings, location), expid))?.size ?? 0;
  }

  async #prepare(path: string, expid: string | null): Promise<SqliteFile | null> {
    const size = regularFileSize(path, expid);
    if (size === null) return null;
    // SQLite would open these too, and wait for ever on a pipe.
    const [journal, wal, shared] = ["-journal", "-wal", "-shm"].map((end) => regularFileSize(path + end, expid));
    const bytes = size + (journal ?? 0) + (wal ?? 0);
    const file = { label: path, expid, measureValues: wal !== null || bytes > this.#limits.valueBytes };
    const usable = wal != null && shared != null;
    if (usable || !isInWalMode(path, expid)) return { ...file, path, release: async () => {} };
    if (bytes > LARGEST_COPY_BYTES) {
      throw failure("SOURCE_TOO_LARGE", `${path} is in WAL mode and too large to be copied`, path, expid);
    }
    const copy = await copyWithLog(path);
    return { ...file, path: copy.path, release: copy.remove };
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

async function lookAt(path: string, expid: string | null): Promise<Stats | null> {
  try {
    const found = await stat(path);
    if (found.isFile()) return found;
  } catch (cause) {
    const code = systemErrorCode(cause) ?? "";
    if (ABSENT.has(code)) return null;
    throw failure("SOURCE_UNREADABLE", `${path} cannot be looked at (${code})`, path, expid, cause);
  }
  throw failure("SOURCE_UNREADABLE", `${path} is not a regular file`, path, expid);
}

/** The size of a file, null when there is none. Synchronous, as what SQLite does next: four of these take 10 µs. */
function regularFileSize(path: string, expid: string | null): number | null {
  try {
    const found = watchedCall(path, () => statSync(path, { throwIfNoEntry: false }));
    if (found === undefined) return null;
    if (found.isFile()) return found.size;
  } catch (cause) {
    const code = systemErrorCode(cause) ?? "";
    if (ABSENT.has(code)) return null;
    throw failure("SOURCE_UNREADABLE", `${path} cannot be read (${code})`, path, expid, cause);
  }
  throw failure("SOURCE_UNREADABLE", `${path} is not a regular file`, path, expid);
}

function isInWalMode(path: string, expid: string | null): boolean {
  const header = Buffer.alloc(20);
  try {
    // A pipe may have taken the file's place meanwhile, and opening it would wait for its writer.
    watchedCall(path, () => {
      const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      try {
        readSync(file, header, 0, header.length, 0);
      } finally {
        closeSync(file);
      }
    });
  } catch (cause) {
    throw failure("SOURCE_UNREADABLE", `${path} cannot be read (${systemErrorCode(cause)})`, path, expid, cause);
  }
  return (
    header.readUInt8(WAL_MODE.offset) === WAL_MODE.value || header.readUInt8(WAL_MODE.offset + 1) === WAL_MODE.value
  );
}

function failure(
  code: "SOURCE_UNREADABLE" | "SOURCE_TOO_LARGE",
  message: string,
  path: string,
  expid: string | null,
  cause?: unknown,
): AutosubmitReadError {
  return new AutosubmitReadError(code, message, { path, cause, ...(expid === null ? {} : { expid }) });
}
