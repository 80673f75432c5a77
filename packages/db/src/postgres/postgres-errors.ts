import { explainTlsFailure } from "@autosubmit-api/shared-types";
import { DatabaseError, type DatabaseErrorCode } from "../errors.js";

/** Failures of the network, as Node.js names them. */
const NETWORK =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENOTFOUND|EAI_AGAIN|ENOENT|EACCES)$/;
/** What the driver says without a code when a connection ends or none is to be had in time. */
const BROKEN = /connection terminated|timeout exceeded when trying to connect|connection error|query read timeout/i;
/** The server stops, starts, or dropped the connection. */
const AWAY = /^(57P0[1-5]|08...)$/;
const FULL_HOUSE = "53300";
/** Deadlock, serialization failure, lock not available. */
const LOCKED = /^(40001|40P01|55P03)$/;
/** A row of the same key was added at the same moment; the next attempt sees it. */
const UNIQUE_VIOLATION = "23505";

/** The SQLSTATE or the code of the system's error, wherever in the chain of causes it is; null for other errors. */
export function postgresErrorCode(error: unknown): string | null {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ("code" in current && typeof current.code === "string") return current.code;
  }
  return null;
}

/** Whether the connection is gone, or none could be made: nothing is known of what was sent last. */
export function isConnectionLost(error: unknown): boolean {
  if (explainTlsFailure(error) !== null) return false;
  const code = postgresErrorCode(error);
  if (code !== null) return NETWORK.test(code) || AWAY.test(code);
  for (let current = error; current instanceof Error; current = current.cause) {
    if (BROKEN.test(current.message)) return true;
  }
  return false;
}

/** Whether trying again can help: locks, conflicts, a server that comes back, a place that gets free. */
export function isTransient(error: unknown): boolean {
  const code = postgresErrorCode(error) ?? "";
  return isConnectionLost(error) || LOCKED.test(code) || code === FULL_HOUSE;
}

/** Whether another transaction added the same row; see `UNIQUE_VIOLATION`. */
export function isDuplicate(error: unknown): boolean {
  return postgresErrorCode(error) === UNIQUE_VIOLATION;
}

const TRANSLATIONS: readonly [pattern: RegExp, code: DatabaseErrorCode, problem: string][] = [
  [LOCKED, "DATABASE_BUSY", "is locked by another session"],
  [/^57014$/, "DATABASE_BUSY", "took too long to answer"],
  [/^53300$/, "DATABASE_UNAVAILABLE", "accepts no more connections"],
  [
    /^(42P05|26000)$/,
    "DATABASE_UNREADABLE",
    "is reached through a pooler that keeps no sessions: set pool_mode = session",
  ],
  [/^25006$/, "DATABASE_READ_ONLY", "cannot be written: it is read-only"],
  [/^42501$/, "DATABASE_UNREADABLE", "cannot be used: the role lacks a privilege"],
  [
    /^28...$/,
    "DATABASE_UNREADABLE",
    "refuses the login: check connection_url of [database] in .autosubmitrc, and its sslmode",
  ],
  [/^3D000$/, "DATABASE_MISSING", "does not exist: check connection_url of [database] in .autosubmitrc"],
  [/^53100$/, "DATABASE_FULL", "cannot be written: the server's disk is full"],
  [/^XX00[12]$/, "DATABASE_CORRUPT", "is damaged: restore it from a backup"],
  [/^58...$/, "DATABASE_UNREADABLE", "cannot be read or written: the server reports a failure of its system"],
];
const MISSING_TABLE = /relation "([^"]+)" does not exist/;
const MISSING_COLUMN = /column (?:"[^"]+"\.|\S+\.)?"?([^"\s]+)"? (?:of relation \S+ )?does not exist/;

/** What the server or the driver reported as a `DatabaseError`; any other value comes back as it is. */
export function translatePostgresError(error: unknown, label: string): unknown {
  if (error instanceof DatabaseError) return error;
  const cause = withoutRows(error);
  const code = postgresErrorCode(error) ?? "";
  const missing = missingPart(error, code);
  if (missing !== null) {
    const message = `The database ${label} has no ${missing}: run "autosubmit-api migrate"`;
    return new DatabaseError("DATABASE_FOREIGN", label, message, cause);
  }
  const refusal = explainTlsFailure(error);
  if (refusal !== null) {
    return new DatabaseError("DATABASE_UNREADABLE", label, `The database ${label} ${refusal}`, cause);
  }
  if (isConnectionLost(error)) {
    return new DatabaseError("DATABASE_UNAVAILABLE", label, `The database ${label} cannot be reached`, cause);
  }
  const found = TRANSLATIONS.find(([pattern]) => pattern.test(code));
  if (!found) return cause;
  return new DatabaseError(found[1], label, `The database ${label} ${found[2]} (${code})`, cause);
}

function missingPart(error: unknown, code: string): string | null {
  const message = innermostMessage(error);
  if (code === "42P01") return `table "${MISSING_TABLE.exec(message)?.[1] ?? "?"}"`;
  if (code === "42703") return `column "${MISSING_COLUMN.exec(message)?.[1] ?? "?"}"`;
  return null;
}

function innermostMessage(error: unknown): string {
  let message = "";
  for (let current = error; current instanceof Error; current = current.cause) message = current.message;
  return message;
}

/** The server's errors carry the row that they are about, which must not get into a log. */
function withoutRows(error: unknown): unknown {
  for (let current = error; current instanceof Error; current = current.cause) {
    for (const field of ["detail", "where", "internalQuery", "params"]) {
      if (field in current) Reflect.deleteProperty(current, field);
    }
  }
  return error;
}
