/** Why a database could not be used; each code is one thing that an operator can act on. */
export type DatabaseErrorCode =
  | "DATABASE_MISSING"
  | "DATABASE_BUSY"
  | "DATABASE_UNAVAILABLE"
  | "DATABASE_NEWER"
  | "DATABASE_FOREIGN"
  | "DATABASE_CORRUPT"
  | "DATABASE_UNREADABLE"
  | "DATABASE_READ_ONLY"
  | "DATABASE_FULL";

/**
 * The only error that this package throws on account of a database. `FOREIGN` means that the file is a database, but not
 * the one expected, `UNAVAILABLE` that the server of the database is away or full. `message` names the database and never
 * holds a row or a password.
 */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
  readonly code: DatabaseErrorCode;
  /** The database's file, absolute; or what names it on its server. */
  readonly path: string;

  constructor(code: DatabaseErrorCode, path: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.path = path;
  }
}

/** SQLite's name of the failure (`SQLITE_BUSY`, …) wherever in the chain of causes it is, or null for other errors. */
export function sqliteErrorCode(error: unknown): string | null {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ("code" in current && typeof current.code === "string" && current.code.startsWith("SQLITE_"))
      return current.code;
  }
  return null;
}

/** Whether another program holds the lock that was needed: trying again can help. */
export function isBusy(error: unknown): boolean {
  const code = sqliteErrorCode(error);
  return code !== null && (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED"));
}

const TRANSLATIONS: readonly [prefix: string, code: DatabaseErrorCode, problem: string][] = [
  ["SQLITE_BUSY", "DATABASE_BUSY", "is locked by another program"],
  ["SQLITE_LOCKED", "DATABASE_BUSY", "is locked by another program"],
  ["SQLITE_NOTADB", "DATABASE_CORRUPT", "is not an SQLite database"],
  ["SQLITE_CORRUPT", "DATABASE_CORRUPT", "is damaged: restore it from a backup"],
  ["SQLITE_READONLY", "DATABASE_READ_ONLY", "cannot be written: check the permissions of the file and its folder"],
  ["SQLITE_FULL", "DATABASE_FULL", "cannot be written: the file system is full"],
  ["SQLITE_IOERR", "DATABASE_UNREADABLE", "cannot be read or written: the file system reports an error"],
  ["SQLITE_CANTOPEN", "DATABASE_UNREADABLE", "cannot be opened: check the permissions of the file and its folder"],
  ["SQLITE_PERM", "DATABASE_UNREADABLE", "cannot be opened: check the permissions of the file and its folder"],
];

const MISSING_PART = /no such (table|column): (\S+)/;

/** What SQLite reported about `path` as a `DatabaseError`; any other value comes back as it is. */
export function translateSqliteError(error: unknown, path: string): unknown {
  const code = sqliteErrorCode(error);
  const [, kind, name] = MISSING_PART.exec(error instanceof Error ? error.message : "") ?? [];
  if (code === "SQLITE_ERROR" && kind !== undefined) {
    const message = `The database ${path} has no ${kind} "${name}": run "autosubmit-api migrate"`;
    return new DatabaseError("DATABASE_FOREIGN", path, message, error);
  }
  const found = TRANSLATIONS.find(([prefix]) => code?.startsWith(prefix));
  if (!found) return error;
  return new DatabaseError(found[1], path, `The database ${path} ${found[2]} (${code})`, error);
}
