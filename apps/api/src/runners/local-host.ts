import { spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type Command,
  type CommandHost,
  CommandHostError,
  type ProcessHandle,
  type ProcessOutput,
  type ProcessState,
  RUN_ID,
  type StopSignal,
} from "./command-host.js";
import { bootId, processIdentity } from "./process-identity.js";
import {
  claimRun,
  codeOf,
  createRunFolder,
  type RunEnd,
  type RunFolder,
  type RunOrder,
  type RunStart,
  readWhole,
  removeOldRuns,
  runFolder,
  writeWhole,
} from "./run-folder.js";
import { type ProgramPlace, runHere } from "./run-here.js";
import { requireWord } from "./shell-quote.js";

export interface LocalHostSettings extends ProgramPlace {
  /** Where runs keep their output and status. */
  stateDir: string;
  /** The launcher's program, built. */
  launcherFile: string;
  /** Kept of what a run prints. */
  outputBytes: number;
}

const START_TIMEOUT_MS = 15_000;
const START_POLL_MS = 20;
const KEPT_MS = 30 * 24 * 3_600_000;
/** The launcher needs next to nothing; runs may last for weeks. */
const LAUNCHER_OPTIONS = ["--max-old-space-size=32", "--max-semi-space-size=1"];

/** This machine. Runs go on without the API, each under a launcher of its own (`run-launcher.ts`). */
export function openLocalHost(settings: LocalHostSettings): CommandHost {
  const folderOf = (runId: string): RunFolder => {
    if (!RUN_ID.test(runId)) throw new CommandHostError("REFUSED", "The name of a run is not one");
    return runFolder(settings.stateDir, runId);
  };
  return {
    run: (command, limits, signal) => runHere(command, limits, settings, signal),
    start: (command, runId) => startRun(command, runId, folderOf(runId), settings),
    find: async (runId) => findRun(runId, folderOf(runId)),
    inspect: (handle) => inspectRun(handle, folderOf(handle.runId)),
    signal: signalRun,
    readOutput: (handle, maxBytes) => readEnd(folderOf(handle.runId), maxBytes),
    close: async () => undefined,
  };
}

async function startRun(
  { argv, stdin }: Command,
  runId: string,
  folder: RunFolder,
  settings: LocalHostSettings,
): Promise<ProcessHandle> {
  for (const word of [...argv, stdin ?? ""]) requireWord(word);
  const { stateDir, environment, workingDirectory, outputBytes, launcherFile } = settings;
  await removeOldRuns(stateDir, new Date(Date.now() - KEPT_MS));
  createRunFolder(folder);
  const order: RunOrder = { argv, stdin, workingDirectory, outputBytes: Math.ceil(outputBytes / 2) };
  await writeWhole(folder.order, order);
  const launcher = spawn(process.execPath, [...LAUNCHER_OPTIONS, launcherFile, stateDir, runId], {
    cwd: "/",
    env: environment,
    detached: true,
    stdio: "ignore",
  });
  const failed = new Promise<never>((_, reject) => {
    const fail = (cause?: Error) =>
      reject(new CommandHostError("FAILED", "The launcher of runs could not be started", { cause }));
    launcher.on("error", fail);
    // It lives as long as the run, so what it has to say was written before.
    launcher.on("exit", async () => (await readWhole<RunStart>(folder.started)) ?? fail());
  });
  launcher.unref();
  return Promise.race([waitForStart(argv[0], runId, folder), failed]);
}

async function waitForStart(program: string, runId: string, folder: RunFolder): Promise<ProcessHandle> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const start = await readWhole<RunStart>(folder.started);
    if (start !== null && "failure" in start) throw startFailure(program, start.failure);
    if (start !== null) return handleOf(runId, start, folder);
    if (performance.now() > deadline && claimRun(folder))
      throw new CommandHostError("FAILED", `${program} was not started within ${START_TIMEOUT_MS / 1000} s`);
    await sleep(START_POLL_MS);
  }
}

function startFailure(program: string, code: string): CommandHostError {
  if (code === "ENOENT") return new CommandHostError("PROGRAM_MISSING", `${program} was not found on this machine`);
  return new CommandHostError("FAILED", `${program} could not be started: ${code}`);
}

function handleOf(runId: string, { pid, identity }: Exclude<RunStart, { failure: string }>, { output }: RunFolder) {
  return { runId, pid, startedAt: `${hostname()}/${identity}`, outputPath: output };
}

async function findRun(runId: string, folder: RunFolder): Promise<ProcessHandle | null> {
  createRunFolder(folder);
  if (claimRun(folder)) return null;
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const start = await readWhole<RunStart>(folder.started);
    if (start !== null) return "failure" in start ? null : handleOf(runId, start, folder);
    // Whoever claimed it had revoked it, or was killed before it could start anything.
    if (performance.now() > deadline) return null;
    await sleep(START_POLL_MS);
  }
}

async function inspectRun(handle: ProcessHandle, folder: RunFolder): Promise<ProcessState> {
  if (await isSame(handle)) return { running: true };
  const end = await readWhole<RunEnd>(folder.ended);
  if (end !== null) return { running: false, exitCode: end.exitCode };
  const { machine, boot } = placeOf(handle);
  if (machine !== hostname() && boot !== (await bootId()))
    throw new CommandHostError("UNREACHABLE", `The run is on the machine ${machine}, which only its own API can ask`);
  return { running: false, exitCode: await awaitStatus(folder) };
}

const STATUS_PATIENCE_MS = 500;

/** The launcher writes the status just after the program is gone. */
async function awaitStatus(folder: RunFolder): Promise<number | null> {
  const deadline = performance.now() + STATUS_PATIENCE_MS;
  while (performance.now() < deadline) {
    const end = await readWhole<RunEnd>(folder.ended);
    if (end !== null) return end.exitCode;
    await sleep(START_POLL_MS);
  }
  return null;
}

function placeOf({ startedAt }: ProcessHandle): { machine: string; boot: string; identity: string } {
  const [machine = "", boot = "", ticks = ""] = startedAt.split("/");
  return { machine, boot, identity: `${boot}/${ticks}` };
}

async function isSame(handle: ProcessHandle): Promise<boolean> {
  return handle.pid > 1 && (await processIdentity(handle.pid)) === placeOf(handle).identity;
}

async function signalRun(handle: ProcessHandle, name: StopSignal): Promise<void> {
  if (!(await isSame(handle))) return;
  try {
    process.kill(-handle.pid, name);
  } catch (error) {
    if (codeOf(error) === "ESRCH") return;
    throw new CommandHostError("REFUSED", `The run could not be sent ${name}: ${codeOf(error)}`, { cause: error });
  }
}

async function readEnd({ output, olderOutput }: RunFolder, maxBytes: number): Promise<ProcessOutput> {
  const newest = await tailOf(output, maxBytes);
  const before = await tailOf(olderOutput, maxBytes - newest.bytes.length);
  const truncated = newest.isCut || before.isCut || before.bytes.length > 0;
  return { text: Buffer.concat([before.bytes, newest.bytes]).toString("utf8"), truncated };
}

async function tailOf(path: string, maxBytes: number): Promise<{ bytes: Buffer; isCut: boolean }> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const length = Math.max(0, Math.min(size, maxBytes));
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
      return { bytes: buffer.subarray(0, bytesRead), isCut: length < size };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (codeOf(error) === "ENOENT") return { bytes: Buffer.alloc(0), isCut: false };
    throw error;
  }
}
