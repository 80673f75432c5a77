import {
  type BigIntStats,
  closeSync,
  copyFileSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from "node:fs";
import {
  copyFile as copyFilePooled,
  lstat as lstatPooled,
  open as openPooled,
  readdir as readdirPooled,
  realpath as realpathPooled,
  stat as statPooled,
} from "node:fs/promises";

/** A file that is open for reading; must be closed. */
export interface OpenedFile {
  stat(): Promise<Stats>;
  stat(options: { bigint: true }): Promise<BigIntStats>;
  /** @param position null reads on from where the last read ended */
  read(buffer: Buffer, offset: number, length: number, position: number | null): Promise<{ bytesRead: number }>;
  readFile(): Promise<Buffer>;
  close(): Promise<void>;
}

/** Every call to the file system that this package makes, but for those of SQLite. */
interface FileCalls {
  stat(path: string): Promise<Stats>;
  stat(path: string, options: { bigint: true }): Promise<BigIntStats>;
  lstat(path: string): Promise<Stats>;
  readdir(path: string): Promise<string[]>;
  realpath(path: string): Promise<string>;
  open(path: string, flags: number): Promise<OpenedFile>;
  copyFile(from: string, to: string, mode: number): Promise<void>;
}

/** Hears of calls that this thread waits for, one after the other. Its functions must be quick and must not throw. */
export interface FileCallWatch {
  began(path: string): void;
  ended(): void;
}

/** Node's way: four threads that all of the process share make the calls. */
const POOLED: FileCalls = {
  stat: statPooled as FileCalls["stat"],
  lstat: lstatPooled,
  readdir: readdirPooled,
  realpath: realpathPooled,
  open: openPooled,
  copyFile: copyFilePooled,
};
let calls = POOLED;
let watch: FileCallWatch | null = null;

/**
 * From now on, calls to the file system are made by the thread that calls this, which waits for each. For threads that do
 * nothing else: a file system that hangs then holds up one of them, and not the threads that Node keeps for all files of
 * the process.
 */
export function makeFileCallsHere(newWatch: FileCallWatch): void {
  calls = WAITING;
  watch = newWatch;
}

/** Makes a call that waits, and lets whoever watches know. */
export function watchedCall<Result>(path: string, call: () => Result): Result {
  watch?.began(path);
  try {
    return call();
  } finally {
    watch?.ended();
  }
}

const WAITING: FileCalls = {
  stat: (async (path: string, options?: { bigint: true }) =>
    watchedCall(path, () => statSync(path, options))) as FileCalls["stat"],
  lstat: async (path) => watchedCall(path, () => lstatSync(path)),
  readdir: async (path) => watchedCall(path, () => readdirSync(path)),
  realpath: async (path) => watchedCall(path, () => realpathSync.native(path)),
  open: async (path, flags) =>
    openedHere(
      path,
      watchedCall(path, () => openSync(path, flags)),
    ),
  copyFile: async (from, to, mode) => watchedCall(from, () => copyFileSync(from, to, mode)),
};

function openedHere(path: string, file: number): OpenedFile {
  return {
    stat: (async (options?: { bigint: true }) =>
      watchedCall(path, () => fstatSync(file, options))) as OpenedFile["stat"],
    read: async (buffer, offset, length, position) => ({
      bytesRead: watchedCall(path, () => readSync(file, buffer, offset, length, position)),
    }),
    readFile: async () => watchedCall(path, () => readFileSync(file)),
    close: async () => watchedCall(path, () => closeSync(file)),
  };
}

export const stat = ((path: string, options?: { bigint: true }) =>
  options === undefined ? calls.stat(path) : calls.stat(path, options)) as FileCalls["stat"];
export const lstat: FileCalls["lstat"] = (path) => calls.lstat(path);
export const readdir: FileCalls["readdir"] = (path) => calls.readdir(path);
export const realpath: FileCalls["realpath"] = (path) => calls.realpath(path);
export const open: FileCalls["open"] = (path, flags) => calls.open(path, flags);
export const copyFile: FileCalls["copyFile"] = (from, to, mode) => calls.copyFile(from, to, mode);
