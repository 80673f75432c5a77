import { AutosubmitReadError, SourceBusyError, SourceCorruptError, systemErrorCode } from "../errors.js";

const BUSY = /^SQLITE_(BUSY|LOCKED|PROTOCOL)/;
const CORRUPT = /^SQLITE_(CORRUPT|NOTADB|FORMAT|SCHEMA|IOERR_SHORT_READ|IOERR_CORRUPTFS)/;
const TOO_LARGE = /^SQLITE_(NOMEM|TOOBIG|FULL)/;
const UNFINISHED = /^SQLITE_READONLY/;

/** Whether SQLite refused because another process holds the database. */
export function isBusy(error: unknown): boolean {
  return BUSY.test(systemErrorCode(error) ?? "");
}

/** Turns what better-sqlite3 threw into this package's error; anything that did not come from SQLite stays as it is. */
export function translateSqliteError(error: unknown, path: string, expid: string | null): unknown {
  const code = systemErrorCode(error);
  if (code === null || !code.startsWith("SQLITE_") || !(error instanceof Error)) return error;
  const details = { path, cause: error, ...(expid === null ? {} : { expid }) };
  if (BUSY.test(code)) return new SourceBusyError(`${path} is locked by another process`, details);
  if (CORRUPT.test(code)) {
    return new SourceCorruptError(`${path} is not a readable SQLite database: ${error.message}`, details);
  }
  if (TOO_LARGE.test(code)) {
    return new AutosubmitReadError(
      "SOURCE_TOO_LARGE",
      `${path} holds more than can be read: ${error.message}`,
      details,
    );
  }
  if (UNFINISHED.test(code)) {
    const message = `${path} holds a transaction that was never finished; its owner must open it once to repair it`;
    return new AutosubmitReadError("SOURCE_UNREADABLE", message, details);
  }
  if (code === "SQLITE_ERROR") {
    return new SourceCorruptError(`${path} does not hold the tables expected of it: ${error.message}`, details);
  }
  return new AutosubmitReadError("SOURCE_UNREADABLE", `${path} cannot be read: ${error.message} (${code})`, details);
}
