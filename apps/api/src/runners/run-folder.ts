import { closeSync, mkdirSync, openSync } from "node:fs";
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "./command-host.js";

/**
 * What a run leaves on this machine, in a folder of its own: the launcher writes it, the API reads it. Everything is there
 * before it is needed, so that an API that was killed at any moment finds out what happened.
 */
export interface RunFolder {
  path: string;
  /** What is to be run. */
  order: string;
  /** Made by whoever comes first: the launcher, to start, or the API, to revoke. */
  claim: string;
  /** The program runs: its number and identity. */
  started: string;
  /** The program ended. */
  ended: string;
  /** The newest output, and what came before it. */
  output: string;
  olderOutput: string;
}

export interface RunOrder {
  argv: Command["argv"];
  stdin: string | null;
  workingDirectory: string;
  /** Of each of the two files of output. */
  outputBytes: number;
}

/** Either the program runs, or it could not be started. */
export type RunStart = { pid: number; identity: string } | { failure: string };

/** As in `ProcessState`. */
export interface RunEnd {
  exitCode: number;
}

export function runFolder(stateDir: string, runId: string): RunFolder {
  const path = join(stateDir, "runs", runId);
  const file = (name: string) => join(path, name);
  return {
    path,
    order: file("order.json"),
    claim: file("claim"),
    started: file("started.json"),
    ended: file("ended.json"),
    output: file("output.log"),
    olderOutput: file("output.log.1"),
  };
}

/** Only the API's own account sees what commands hold and print. */
export function createRunFolder({ path }: RunFolder): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/** Whether the caller is the one that came first. */
export function claimRun({ claim }: RunFolder): boolean {
  try {
    closeSync(openSync(claim, "wx", 0o600));
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Writes the whole file or nothing. */
export async function writeWhole(path: string, value: RunOrder | RunStart | RunEnd): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(value), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** What one of the files says, as `writeWhole` wrote it; null when it is not there. */
export async function readWhole<Value extends RunOrder | RunStart | RunEnd>(path: string): Promise<Value | null> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Value;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** Removes what ended, and was not touched since. */
export async function removeOldRuns(stateDir: string, before: Date): Promise<void> {
  const runs = join(stateDir, "runs");
  const names = await readdir(runs).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  });
  for (const name of names) {
    const folder = runFolder(stateDir, name);
    const ended = await stat(folder.ended).catch(() => null);
    if (ended !== null && ended.mtime < before) await rm(folder.path, { recursive: true, force: true });
  }
}

export function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
