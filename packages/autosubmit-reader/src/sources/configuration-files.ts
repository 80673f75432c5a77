import { constants, type Stats } from "node:fs";
import { join } from "node:path";
import { AutosubmitReadError, systemErrorCode } from "../errors.js";
import {
  type FileAnswer,
  type FileReader,
  type FolderEntry,
  isConfigurationFile,
} from "../formats/config/file-request.js";
import { decodeText } from "../formats/text.js";
import { type OpenedFile, open, readdir, realpath, stat } from "../site/file-calls.js";

/** Something a configuration was made from, or was looked for: any change of it makes the configuration outdated. */
export interface ConfigurationFile {
  /** Absolute. */
  path: string;
  /** Content of a file, the list of configuration files in a folder; null when there was nothing. */
  fingerprint: string | null;
}

const MAX_FILE_BYTES = 32 * 2 ** 20;
const MAX_TOTAL_BYTES = 64 * 2 ** 20;
const MAX_FILES = 2000;
const ABSENT = new Set(["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG"]);
/** Files there are no files of anybody, but windows into this process and machine. */
const KERNEL_FOLDER = /^\/(?:proc|sys|dev)\//;
/** A file written this recently may be written again without its time of modification changing. */
const RACY_MS = 100;

/** What one load reads, and how much it still may. */
export interface FileAccess {
  readonly expid: string;
  /** Owner of the experiment; files that only their owner may read are left alone unless it is this one. */
  readonly ownerId: number;
  readonly files: Map<string, ConfigurationFile>;
  /** By path: within one load a path is looked at once. */
  readonly answers: Map<string, FileAnswer>;
  bytes: number;
}

export function createFileAccess(expid: string, ownerId: number): FileAccess {
  return { expid, ownerId, files: new Map(), answers: new Map(), bytes: 0 };
}

/** Runs a computation that asks for files, and notes each with its fingerprint. @throws what it throws, `SOURCE_TOO_LARGE` */
export async function runWithFiles<Result>(reader: FileReader<Result>, access: FileAccess): Promise<Result> {
  let step = reader.next();
  while (!step.done) step = reader.next(await lookAt(step.value, access));
  return step.value;
}

/** What is at a path, as first seen in this load. */
export async function lookAt(path: string, access: FileAccess): Promise<FileAnswer> {
  const answer = access.answers.get(path) ?? (await readPath(path, access));
  access.answers.set(path, answer);
  return answer;
}

async function readPath(path: string, access: FileAccess): Promise<FileAnswer> {
  if (access.files.size >= MAX_FILES) throw tooLarge(path, access, `more than ${MAX_FILES} files are included`);
  const note = (fingerprint: string | null) => access.files.set(path, { path, fingerprint });
  try {
    const found = await stat(path);
    if (found.isDirectory()) {
      const entries = await listFolder(path);
      note(folderFingerprint(entries));
      return { kind: "folder", entries };
    }
    note(fileFingerprint(found));
    const refusal = await refuse(path, found, access);
    if (refusal !== null) return { kind: "missing", reason: refusal };
    const text = await readText(path, access);
    return { kind: "file", text };
  } catch (error) {
    const code = systemErrorCode(error);
    if (error instanceof AutosubmitReadError || code === null) throw error;
    note(null);
    return { kind: "missing", reason: ABSENT.has(code) ? null : `cannot be read (${code})` };
  }
}

/** Whether everything is as it was when these were noted. */
export async function areFilesUnchanged(files: readonly ConfigurationFile[]): Promise<boolean> {
  for (const file of files) if ((await currentFingerprint(file.path)) !== file.fingerprint) return false;
  return true;
}

async function currentFingerprint(path: string): Promise<string | null> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? folderFingerprint(await listFolder(path)) : fileFingerprint(found);
  } catch (error) {
    if (systemErrorCode(error) === null) throw error;
    return null;
  }
}

function fileFingerprint(found: Stats): string {
  const base = `${found.ino}:${found.size}:${found.mtimeMs}:${found.ctimeMs}:${found.mode}:${found.uid}`;
  const age = Date.now() - Math.max(found.mtimeMs, found.ctimeMs);
  return age >= 0 && age < RACY_MS ? `${base}:${process.hrtime.bigint()}` : base;
}

async function listFolder(path: string): Promise<FolderEntry[]> {
  const names = (await readdir(path)).filter(isConfigurationFile);
  return Promise.all(names.map(async (name) => ({ name, resolvedPath: await resolvedPath(join(path, name)) })));
}

/** A link that leads nowhere stands for itself, as with Python's `resolve`. */
async function resolvedPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemErrorCode(error) === null) throw error;
    return path;
  }
}

function folderFingerprint(entries: readonly FolderEntry[]): string {
  return JSON.stringify(entries.map((entry) => [entry.name, entry.resolvedPath]).sort());
}

async function refuse(path: string, found: Stats, access: FileAccess): Promise<string | null> {
  if (!found.isFile()) return "is neither a file nor a folder";
  if (KERNEL_FOLDER.test(await realpath(path))) return "is no file of this site";
  // The process may read more than the experiment's owner, its own secrets above all; configurations are shown to users.
  const isShared = (found.mode & (constants.S_IRGRP | constants.S_IROTH)) !== 0;
  if (!isShared && found.uid !== access.ownerId) return "is private to another user";
  if (found.size > MAX_FILE_BYTES) throw tooLarge(path, access, `it is larger than ${MAX_FILE_BYTES} bytes`);
  return null;
}

async function readText(path: string, access: FileAccess): Promise<string> {
  // Not blocking: opening a pipe that took the file's place must not wait for its writer.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const bytes = await readBounded(handle, path, access);
    access.bytes += bytes.length;
    if (access.bytes > MAX_TOTAL_BYTES)
      throw tooLarge(path, access, `the files together exceed ${MAX_TOTAL_BYTES} bytes`);
    return decodeText(bytes).replaceAll(/\r\n?/g, "\n");
  } finally {
    await handle.close();
  }
}

/** The whole file, even if it grows meanwhile, up to the limit. */
async function readBounded(handle: OpenedFile, path: string, access: FileAccess): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const buffer = Buffer.allocUnsafe(64 * 1024);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) return Buffer.concat(chunks, total);
    chunks.push(buffer.subarray(0, bytesRead));
    total += bytesRead;
    if (total > MAX_FILE_BYTES) throw tooLarge(path, access, `it is larger than ${MAX_FILE_BYTES} bytes`);
  }
}

function tooLarge(path: string, { expid }: FileAccess, message: string): AutosubmitReadError {
  return new AutosubmitReadError("SOURCE_TOO_LARGE", `${path}: ${message}`, { expid, path });
}
