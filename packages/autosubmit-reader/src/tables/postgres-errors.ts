import { explainTlsFailure } from "@autosubmit-api/shared-types";
import {
  AutosubmitReadError,
  SourceBusyError,
  SourceCorruptError,
  SourceUnavailableError,
  systemErrorCode,
} from "../errors.js";

/** Failures of the network, as Node.js names them. */
const NETWORK =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENOTFOUND|EAI_AGAIN|ENOENT|EACCES)$/;
/** What the driver says without a code when a connection ends or none is to be had in time. */
const BROKEN = /connection terminated|timeout exceeded when trying to connect|connection error|query read timeout/i;
/** The server stops, starts, dropped the connection or accepts no more. */
const AWAY = /^(57P0[1-5]|08...|53300)$/;
const LOCKED = /^(55P03|40001|40P01)$/;
const TIMED_OUT = "57014";
const TOO_LONG = "54000";
/** A prepared statement is there that nobody prepared in this session, or the other way round. */
const NO_SESSION = /^(42P05|26000)$/;
const REFUSED = /^(28...|3D000|42501)$/;
const DAMAGED = /^(XX00[12]|22P05|22021)$/;
const GONE = /^(42P01|3F000|42703)$/;

/** Whether the server cannot be asked at the moment; another connection may succeed. */
export function isAway(error: unknown): boolean {
  if (explainTlsFailure(error) !== null) return false;
  const code = systemErrorCode(error);
  if (code !== null) return NETWORK.test(code) || AWAY.test(code);
  return error instanceof Error && BROKEN.test(error.message);
}

/** Whether a table or column went away between the look at the catalog and the read. */
export function isGone(error: unknown): boolean {
  return GONE.test(systemErrorCode(error) ?? "");
}

/** Whether the rows of a page do not go into one value of the server's. */
export function isBeyondPages(error: unknown): boolean {
  const cause = error instanceof AutosubmitReadError ? error.cause : error;
  return systemErrorCode(cause) === TOO_LONG;
}

/** What the server or the driver reported as this package's error, without anything of a row; other values as they are. */
export function translatePostgresError(error: unknown, label: string, expid: string | null): unknown {
  if (!(error instanceof Error) || error instanceof AutosubmitReadError) return error;
  const code = systemErrorCode(error) ?? "";
  for (const field of ["detail", "where", "internalQuery"]) Reflect.deleteProperty(error, field);
  const details = { path: label, cause: error, ...(expid === null ? {} : { expid }) };
  const refusal = explainTlsFailure(error);
  if (refusal !== null)
    return new AutosubmitReadError("SOURCE_UNREADABLE", `The database ${label} ${refusal}`, details);
  if (isAway(error)) return new SourceUnavailableError(`The database ${label} cannot be reached`, details);
  if (NO_SESSION.test(code)) {
    const message = `${label} is reached through a pooler that keeps no sessions: set pool_mode = session there (${code})`;
    return new AutosubmitReadError("SOURCE_UNREADABLE", message, details);
  }
  if (LOCKED.test(code)) return new SourceBusyError(`${label} is locked by another session`, details);
  if (code === TIMED_OUT) return new SourceBusyError(`${label} took too long to answer`, details);
  if (DAMAGED.test(code)) return new SourceCorruptError(`${label} cannot be read: ${error.message}`, details);
  if (GONE.test(code)) return new SourceCorruptError(`${label} does not hold the tables expected of it`, details);
  if (REFUSED.test(code)) {
    const message = `${label} refuses to be read (${code}): check connection_url of [database] in .autosubmitrc, its sslmode and the role's privileges`;
    return new AutosubmitReadError("SOURCE_UNREADABLE", message, details);
  }
  return code === ""
    ? error
    : new AutosubmitReadError("SOURCE_UNREADABLE", `${label} cannot be read (${code})`, details);
}
