import { constants, type Stats } from "node:fs";
import { join, sep } from "node:path";
import { UnsafePathError } from "../errors.js";
import { compressedVariants } from "../formats/logs/compressed-name.js";
import { detectCompression, type LogCompression } from "../formats/logs/log-decoder.js";
import { lstat, type OpenedFile, open, readdir, realpath } from "../site/file-calls.js";
import type { Experiment } from "../site/site.js";
import { lookAt, unlessAbsent, unreadable } from "./experiment-files.js";

/**
 * Where an experiment keeps logs (formats reference §5.1, §5.2): of Autosubmit's commands, of jobs, and, up to 3.12,
 * those of commands directly in `tmp`.
 */
export type LogFolder = "commands" | "jobs" | "tmp";

/** A log as its folder shows it. */
export interface LogFile {
  name: string;
  folder: LogFolder;
  /** Absolute, as the experiment names it: links are not resolved. */
  path: string;
  /** As stored, so compressed. */
  sizeBytes: number;
  /** Epoch seconds. */
  modifiedAt: number;
}

/** A log that is open for reading; must be closed. */
export interface OpenLog extends LogFile {
  handle: OpenedFile;
  compression: LogCompression;
  /** Where it really is, links resolved; inside one of the experiment's log folders. */
  realPath: string;
  /** Tells the same file from another one in its place. */
  inode: string;
}

const LONGEST_NAME = 255;

/** The folder's path, absolute. */
export function logFolderPath({ paths }: Experiment, folder: LogFolder): string {
  if (folder === "jobs") return paths.jobLogs;
  return folder === "commands" ? paths.commandLogs : paths.tmp;
}

/** Whether `name` may be the name of a file in a folder, and nothing else: no path, no parent. */
export function isLogName(name: string): boolean {
  const isPlain = name !== "" && name !== "." && name !== ".." && !/[/\0]/.test(name);
  return isPlain && Buffer.byteLength(name) <= LONGEST_NAME;
}

/**
 * The names in a log folder, in no order; null when there is no such folder.
 * @throws AutosubmitReadError `SOURCE_UNREADABLE`
 */
export async function listLogNames(experiment: Experiment, folder: LogFolder): Promise<string[] | null> {
  return unlessAbsent(experiment, logFolderPath(experiment, folder), "listed", (path) => readdir(path));
}

/** Looks at a log without opening it; null when it is no regular file, or is not there. @throws as `openLog` */
export async function findLog(experiment: Experiment, folder: LogFolder, name: string): Promise<LogFile | null> {
  checkName(experiment, name);
  const path = join(logFolderPath(experiment, folder), name);
  const found = await lookAt(experiment, path);
  return found?.isFile() ? logFile(path, folder, name, found) : null;
}

/**
 * The log of a job under this name, or under the same name with another compression: histories name logs as they were
 * before the site compressed them (formats reference §5.2). Never the log of another attempt. Null when there is none.
 * @throws as `openLog`
 */
export async function findJobLog(experiment: Experiment, name: string): Promise<LogFile | null> {
  for (const variant of compressedVariants(name)) {
    const found = await findLog(experiment, "jobs", variant);
    if (found !== null) return found;
  }
  return null;
}

/**
 * Opens a log for reading; null when there is none of that name. Never blocks: pipes and devices are refused.
 * @throws UnsafePathError for a name that is a path, and for a link that leads out of the experiment's log folders
 * @throws AutosubmitReadError `SOURCE_UNREADABLE`: no permission, or not a regular file
 */
export async function openLog(experiment: Experiment, folder: LogFolder, name: string): Promise<OpenLog | null> {
  checkName(experiment, name);
  const path = join(logFolderPath(experiment, folder), name);
  const real = await resolveInside(experiment, folder, path);
  if (real === null) return null;
  const handle = await unlessAbsent(experiment, path, "opened", () =>
    // Links were resolved, so none may be left; without O_NONBLOCK, opening a pipe would wait for ever.
    open(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW),
  );
  if (handle === null) return null;
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw unreadable(experiment, path, "is not a regular file");
    await checkStillInside(experiment, folder, path, found);
    const compression = await compressionOf(handle);
    const inode = `${found.dev}:${found.ino}`;
    return { ...logFile(path, folder, name, found), handle, compression, realPath: real, inode };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Opens a log for the length of one read; null when there is none. @throws as `openLog` */
export async function withLog<T>(
  experiment: Experiment,
  { folder, name }: { folder: LogFolder; name: string },
  read: (log: OpenLog) => Promise<T>,
): Promise<T | null> {
  const log = await openLog(experiment, folder, name);
  if (log === null) return null;
  try {
    return await read(log);
  } finally {
    await log.handle.close();
  }
}

function logFile(path: string, folder: LogFolder, name: string, found: Stats): LogFile {
  return { name, folder, path, sizeBytes: found.size, modifiedAt: found.mtimeMs / 1000 };
}

function checkName({ expid }: Experiment, name: string): void {
  if (isLogName(name)) return;
  throw new UnsafePathError(`${JSON.stringify(name.slice(0, 100))} is not the name of a log`, { expid });
}

/** The real path of a log; null when it does not exist. @throws UnsafePathError */
async function resolveInside(experiment: Experiment, folder: LogFolder, path: string): Promise<string | null> {
  const real = await realPathOf(experiment, path);
  const home = await realPathOf(experiment, experiment.paths.folder);
  if (real === null || home === null) return null;
  const own = logFolderPath(experiment, folder);
  const folders = new Set([own, experiment.paths.commandLogs, experiment.paths.jobLogs]);
  for (const candidate of folders) {
    const realFolder = await realPathOf(experiment, candidate);
    if (realFolder?.startsWith(home + sep) && real.startsWith(realFolder + sep)) return real;
  }
  throw new UnsafePathError(`${path} leads out of the experiment's log folders`, { expid: experiment.expid, path });
}

/** That the file which was opened is the one that the path leads to: nobody swapped a folder for a link meanwhile. */
async function checkStillInside(experiment: Experiment, folder: LogFolder, path: string, opened: Stats): Promise<void> {
  const real = await resolveInside(experiment, folder, path);
  const now = real === null ? null : await lookAt(experiment, real, lstat);
  if (now?.ino === opened.ino && now.dev === opened.dev) return;
  throw unreadable(experiment, path, "was replaced while it was opened");
}

async function compressionOf(handle: OpenedFile): Promise<LogCompression> {
  const head = Buffer.alloc(6);
  const { bytesRead } = await handle.read(head, 0, head.length, 0);
  return detectCompression(head.subarray(0, bytesRead));
}

function realPathOf(experiment: Experiment, path: string): Promise<string | null> {
  return unlessAbsent(experiment, path, "looked at", (of) => realpath(of));
}
