import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, renameSync, writeSync } from "node:fs";
import { constants } from "node:os";
import process from "node:process";
import { processIdentity } from "./process-identity.js";
import {
  claimRun,
  codeOf,
  type RunEnd,
  type RunFolder,
  type RunOrder,
  readWhole,
  runFolder,
  writeWhole,
} from "./run-folder.js";

/**
 * A program of its own: starts what a run's folder orders, keeps the end of what it prints and the status it ends with, and
 * lives as long as the run does, whatever becomes of the API. Its own command line does not name Autosubmit, which looks for
 * `autosubmit run EXPID` among all processes.
 */

const [stateDir, runId] = process.argv.slice(2);
if (stateDir === undefined || runId === undefined) process.exit(2);

// Signals are for the program, which is in a group of its own; this one sees its end.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);

const SHELL_SIGNAL_STATUS = 128;

const exitCodeOf = (code: number | null, signal: NodeJS.Signals | null): number =>
  signal === null ? (code ?? 0) : SHELL_SIGNAL_STATUS + constants.signals[signal];

/** Writes to a file of bounded size, and goes on in a new one when it is full, keeping the one before. */
function boundedLog({ output, olderOutput }: RunFolder, limitBytes: number): (chunk: Buffer) => void {
  let file = openSync(output, "a", 0o600);
  let written = 0;
  return (chunk) => {
    try {
      if (written > 0 && written + chunk.length > limitBytes) {
        closeSync(file);
        renameSync(output, olderOutput);
        file = openSync(output, "a", 0o600);
        written = 0;
      }
      written += writeSync(file, chunk);
    } catch {
      // A full disk must not end the experiment: what it prints is lost.
    }
  };
}

async function launch(folder: RunFolder): Promise<void> {
  const order = await readWhole<RunOrder>(folder.order);
  if (order === null || !claimRun(folder)) return;
  const log = boundedLog(folder, order.outputBytes);
  const [program, ...words] = order.argv;
  const child = startProgram(program, words, order);
  if (child instanceof Error) return writeWhole(folder.started, { failure: codeOf(child) ?? child.message });
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(order.stdin);
  child.stdout?.on("data", log);
  child.stderr?.on("data", log);
  watchEnd(child, folder);
}

/** Not every failure is told as an event: one of arguments that are too long is thrown. */
function startProgram(program: string, words: string[], order: RunOrder): ChildProcess | Error {
  try {
    return spawn(program, words, {
      cwd: order.workingDirectory,
      detached: true,
      stdio: [order.stdin === null ? "ignore" : "pipe", "pipe", "pipe"],
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function watchEnd(child: ChildProcess, folder: RunFolder): void {
  // In this order, also for programs that end at once.
  let started: Promise<void> = Promise.resolve();
  child.on("error", (error) => {
    started = writeWhole(folder.started, { failure: "code" in error ? String(error.code) : error.message });
  });
  child.on("spawn", () => {
    started = tellStart(child, folder);
  });
  child.on("exit", async (code, signal) => {
    const end: RunEnd = { exitCode: exitCodeOf(code, signal) };
    await started;
    await writeWhole(folder.ended, end);
  });
}

async function tellStart({ pid }: ChildProcess, folder: RunFolder): Promise<void> {
  if (pid === undefined) return;
  const identity = (await processIdentity(pid)) ?? "ended";
  await writeWhole(folder.started, { pid, identity });
}

await launch(runFolder(stateDir, runId));
