/**
 * Why a read failed. Each code is one thing that an operator can act on; `docs/errors.md` lists them with causes and
 * remedies.
 */
export type ReadErrorCode =
  | "SITE_MISCONFIGURED"
  | "EXPID_INVALID"
  | "EXPERIMENT_NOT_FOUND"
  | "SOURCE_MISSING"
  | "SOURCE_UNREADABLE"
  | "SOURCE_CORRUPT"
  | "SOURCE_TOO_LARGE"
  | "SOURCE_BUSY"
  | "SOURCE_UNAVAILABLE"
  | "FORMAT_UNSUPPORTED"
  | "CONFIG_INVALID"
  | "PATH_UNSAFE";

/** Where and why a read failed; everything but `message` is optional because not every failure has it. */
export interface ReadErrorDetails {
  /** The experiment being read. */
  expid?: string;
  /** The file or database that could not be read: absolute, or its name on its server. */
  path?: string;
  /** Byte offset in `path`, for binary formats. */
  offset?: number;
  /** 1-based line in `path`, for text formats. */
  line?: number;
  /** 1-based column in `line`. */
  column?: number;
  /** The error underneath, kept for logs. */
  cause?: unknown;
}

/**
 * The only error that this package throws on account of data. `message` says what is wrong, where, and, where it helps,
 * what to do; it never holds the content of a file.
 */
export class AutosubmitReadError extends Error {
  override readonly name: string = "AutosubmitReadError";
  readonly code: ReadErrorCode;
  readonly expid: string | null;
  readonly path: string | null;
  readonly offset: number | null;
  readonly line: number | null;
  readonly column: number | null;

  constructor(code: ReadErrorCode, message: string, details: ReadErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.expid = details.expid ?? null;
    this.path = details.path ?? null;
    this.offset = details.offset ?? null;
    this.line = details.line ?? null;
    this.column = details.column ?? null;
  }
}

/** No folder of this experiment exists at the site. */
export class ExperimentNotFoundError extends AutosubmitReadError {
  override readonly name = "ExperimentNotFoundError";
  constructor(expid: string, path: string) {
    super("EXPERIMENT_NOT_FOUND", `Experiment ${expid} does not exist: there is no folder ${path}`, { expid, path });
  }
}

/** A file or database that the question cannot be answered without is not there. */
export class SourceMissingError extends AutosubmitReadError {
  override readonly name = "SourceMissingError";
  constructor(message: string, details: ReadErrorDetails = {}) {
    super("SOURCE_MISSING", message, details);
  }
}

/** The bytes are not what the format says; the message tells what was expected and where. */
export class SourceCorruptError extends AutosubmitReadError {
  override readonly name = "SourceCorruptError";
  constructor(message: string, details: ReadErrorDetails = {}) {
    super("SOURCE_CORRUPT", message, details);
  }
}

/** The file is being written or its database is locked; asking again in a moment is worth it. */
export class SourceBusyError extends AutosubmitReadError {
  override readonly name = "SourceBusyError";
  constructor(message: string, details: ReadErrorDetails = {}) {
    super("SOURCE_BUSY", message, details);
  }
}

/** The database server cannot be reached, or takes no more connections: nothing can be said of what it holds. */
export class SourceUnavailableError extends AutosubmitReadError {
  override readonly name = "SourceUnavailableError";
  constructor(message: string, details: ReadErrorDetails = {}) {
    super("SOURCE_UNAVAILABLE", message, details);
  }
}

/** The file is well formed, but of a kind that no supported Autosubmit version writes. */
export class UnsupportedFormatError extends AutosubmitReadError {
  override readonly name = "UnsupportedFormatError";
  constructor(message: string, details: ReadErrorDetails = {}) {
    super("FORMAT_UNSUPPORTED", message, details);
  }
}

/** A name would have led outside the experiment's own folders. */
export class UnsafePathError extends AutosubmitReadError {
  override readonly name = "UnsafePathError";
  constructor(message: string, details: ReadErrorDetails = {}) {
    super("PATH_UNSAFE", message, details);
  }
}

/** The `code` of a Node.js system error (`ENOENT`, `EACCES`, …), or `null` for any other value. */
export function systemErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}
