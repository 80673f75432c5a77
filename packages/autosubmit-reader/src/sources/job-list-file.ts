import { constants } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import {
  AutosubmitReadError,
  SourceBusyError,
  SourceCorruptError,
  systemErrorCode,
  UnsupportedFormatError,
} from "../errors.js";
import { type ParsedJobList, type ParseJobListOptions, parseJobListPickle } from "../formats/pickle/job-list.js";
import { PickleTruncatedError } from "../formats/pickle/machine.js";
import { KeptMemory } from "../kept-memory.js";
import type { JobList } from "../records.js";
import { type OpenedFile, open, stat } from "../site/file-calls.js";
import type { Experiment } from "../site/site.js";

/** What one opened file held. */
interface FileContent {
  bytes: Buffer;
  modifiedAt: Date;
  /** Tells whether the file changed between two reads. */
  version: string;
}

/** What is made of a file refers to none of its bytes. */
const KEPT_BYTES = new KeptMemory();
/** Old versions write in place, which takes milliseconds (formats reference §6.1). */
const WAITS_MS = [50, 100, 200];
/** Nobody pauses for so long in the middle of a list: one that was written earlier stays as it is. */
const WRITTEN_WITHIN_MS = 60_000;
const ABSENT = new Set(["ENOENT", "ENOTDIR"]);

/** How a pickled job list is read; the bound is given. */
export type ParsingOptions = ParseJobListOptions & { maxBytes: number };

/**
 * Reads `pkl/job_list_<expid>.pkl`; null when there is none. An incomplete file that was written a moment ago is read again, a
 * few times; an older one is corrupt.
 * @throws AutosubmitReadError `SOURCE_BUSY`, `SOURCE_CORRUPT`, `SOURCE_UNREADABLE`, `SOURCE_TOO_LARGE`, `UNSUPPORTED_FORMAT`
 */
export async function readJobListFile(experiment: Experiment, options: ParsingOptions): Promise<JobList | null> {
  const path = experiment.paths.jobListPickle;
  let parsedVersion = "";
  let error = busy(experiment, path, "it changed while it was read", null);
  for (let attempt = 0; ; attempt += 1) {
    const content = await readFileContent(experiment, path, options.maxBytes);
    if (content === null) return null;
    if (content !== "changing" && content.version !== parsedVersion) {
      const parsed = parseUnlessIncomplete(experiment, path, content, options);
      KEPT_BYTES.giveBack(content.bytes.buffer);
      if (!(parsed instanceof SourceBusyError)) return { ...parsed, path, modifiedAt: content.modifiedAt };
      parsedVersion = content.version;
      error = parsed;
    }
    const wait = WAITS_MS[attempt];
    if (wait === undefined) throw error;
    await sleep(wait);
  }
}

/**
 * Parses a pickled job list; errors name the experiment and the path.
 * @throws AutosubmitReadError as `parseJobListPickle`
 */
export function parseJobList(
  experiment: Experiment,
  path: string,
  bytes: Uint8Array,
  options: ParsingOptions,
): ParsedJobList {
  try {
    return parseJobListPickle(bytes, options);
  } catch (error) {
    throw error instanceof AutosubmitReadError ? located(error, experiment, path) : error;
  }
}

function parseUnlessIncomplete(
  experiment: Experiment,
  path: string,
  { bytes, modifiedAt }: FileContent,
  options: ParsingOptions,
): ParsedJobList | SourceBusyError {
  try {
    return parseJobList(experiment, path, bytes, options);
  } catch (error) {
    if (!(error instanceof AutosubmitReadError && error.cause instanceof PickleTruncatedError)) throw error;
    if (Date.now() - modifiedAt.getTime() > WRITTEN_WITHIN_MS) throw error;
    return busy(experiment, path, bytes.length === 0 ? "it is empty" : error.cause.message, error.cause);
  }
}

function busy(experiment: Experiment, path: string, why: string, cause: PickleTruncatedError | null): SourceBusyError {
  const details = { expid: experiment.expid, path, ...(cause === null ? {} : { cause, offset: cause.offset ?? 0 }) };
  return new SourceBusyError(`The job list ${path} is being written or was cut short: ${why}`, details);
}

/** The same error, of the same class, with the place it happened at. */
function located(cause: AutosubmitReadError, { expid }: Experiment, path: string): AutosubmitReadError {
  const message = `The job list ${path} cannot be read: ${cause.message}`;
  const details = { expid, path, cause, ...(cause.offset === null ? {} : { offset: cause.offset }) };
  if (cause instanceof SourceCorruptError) return new SourceCorruptError(message, details);
  if (cause instanceof UnsupportedFormatError) return new UnsupportedFormatError(message, details);
  return new AutosubmitReadError(cause.code, message, details);
}

/** The whole file, or "changing" when it was written meanwhile; null when there is none. */
async function readFileContent(
  experiment: Experiment,
  path: string,
  maxBytes: number,
): Promise<FileContent | "changing" | null> {
  try {
    // Some devices do something when they are opened; a pipe in the file's place would wait for ever without O_NONBLOCK.
    refuseUnlessRegular(await stat(path), experiment, path);
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return await readOpenFile(experiment, path, handle, maxBytes);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    const code = systemErrorCode(cause);
    if (cause instanceof AutosubmitReadError || code === null) throw cause;
    if (ABSENT.has(code)) return null;
    throw unreadable(experiment, path, `cannot be read (${code})`, cause);
  }
}

async function readOpenFile(
  experiment: Experiment,
  path: string,
  handle: OpenedFile,
  maxBytes: number,
): Promise<FileContent | "changing"> {
  const before = await handle.stat({ bigint: true });
  refuseUnlessRegular(before, experiment, path);
  const size = Number(before.size);
  if (size > maxBytes) {
    const message = `The job list ${path} has ${size} bytes, ${maxBytes} are allowed`;
    throw new AutosubmitReadError("SOURCE_TOO_LARGE", message, { expid: experiment.expid, path });
  }
  const bytes = Buffer.from(KEPT_BYTES.borrow(size), 0, size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await handle.read(bytes, length, size - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  const after = await handle.stat({ bigint: true });
  if (length < size || after.size !== before.size || after.mtimeNs !== before.mtimeNs) return "changing";
  return { bytes, modifiedAt: before.mtime, version: `${before.ino}:${before.size}:${before.mtimeNs}` };
}

function refuseUnlessRegular(found: { isFile(): boolean }, experiment: Experiment, path: string): void {
  if (!found.isFile()) throw unreadable(experiment, path, "is not a regular file");
}

function unreadable(experiment: Experiment, path: string, what: string, cause?: unknown): AutosubmitReadError {
  const details = { expid: experiment.expid, path, cause };
  return new AutosubmitReadError("SOURCE_UNREADABLE", `The job list ${path} ${what}`, details);
}
