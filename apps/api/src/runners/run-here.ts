import { type ChildProcess, spawn } from "node:child_process";
import { type Command, CommandHostError, type CommandLimits, type CommandResult } from "./command-host.js";
import { codeOf } from "./run-folder.js";
import { requireWord } from "./shell-quote.js";

/** Where and with what programs of this machine are started. */
export interface ProgramPlace {
  environment: Readonly<Record<string, string>>;
  workingDirectory: string;
}

/** How long a killed program may keep its output open before it is left alone. */
const LINGER_MS = 2_000;

/**
 * Runs a program of this machine to its end, in a process group of its own, without a shell.
 * @throws CommandHostError
 * @throws UnquotableWordError for words that would not arrive as they are
 */
export async function runHere(
  { argv, stdin }: Command,
  { timeoutMs, outputBytes }: CommandLimits,
  place: ProgramPlace,
  signal?: AbortSignal,
): Promise<CommandResult> {
  signal?.throwIfAborted();
  for (const word of [...argv, stdin ?? ""]) requireWord(word);
  const [program, ...words] = argv;
  const child = startProgram(program, words, stdin, place);
  const stdout = keepStart(child.stdout, outputBytes);
  const stderr = keepStart(child.stderr, outputBytes);
  return new Promise((resolve, reject) => {
    let timedOut = false;
    const kill = () => {
      killGroup(child);
      // Whatever left the group may hold the pipes.
      setTimeout(() => child.stdout?.destroy(), LINGER_MS).unref();
      setTimeout(() => child.stderr?.destroy(), LINGER_MS).unref();
    };
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, timeoutMs);
    signal?.addEventListener("abort", kill);
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", kill);
      finish();
    };
    child.on("error", (error) => settle(() => reject(asHostError(program, error))));
    child.on("close", (code, endedBy) =>
      settle(() => {
        if (signal?.aborted) return reject(signal.reason);
        const truncated = stdout.truncated() || stderr.truncated();
        const exitCode = timedOut ? null : code;
        resolve({ exitCode, signal: endedBy, stdout: stdout.text(), stderr: stderr.text(), truncated, timedOut });
      }),
    );
  });
}

function startProgram(
  program: string,
  words: readonly string[],
  stdin: string | null,
  { environment, workingDirectory }: ProgramPlace,
): ChildProcess {
  try {
    const child = spawn(program, words, {
      cwd: workingDirectory,
      env: environment,
      detached: true,
      stdio: [stdin === null ? "ignore" : "pipe", "pipe", "pipe"],
    });
    // A program that does not read what it is given is its own affair.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(stdin);
    return child;
  } catch (error) {
    // Words that are longer than the system takes.
    throw asHostError(program, error);
  }
}

function asHostError(program: string, error: unknown): CommandHostError {
  const code = codeOf(error) ?? "unknown";
  if (code === "ENOENT")
    return new CommandHostError("PROGRAM_MISSING", `${program} was not found on this machine`, { cause: error });
  const reason = code === "E2BIG" ? "its arguments are too long" : code;
  return new CommandHostError("FAILED", `${program} could not be started: ${reason}`, { cause: error });
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    // Ended meanwhile.
    if (codeOf(error) !== "ESRCH") throw error;
  }
}

interface Kept {
  text(): string;
  truncated(): boolean;
}

/** Reads a stream to its end and keeps its first bytes. */
function keepStart(stream: NodeJS.ReadableStream | null, limitBytes: number): Kept {
  const chunks: Buffer[] = [];
  let kept = 0;
  let seen = 0;
  stream?.on("data", (chunk: Buffer) => {
    seen += chunk.length;
    if (kept >= limitBytes) return;
    chunks.push(chunk.subarray(0, limitBytes - kept));
    kept = Math.min(limitBytes, seen);
  });
  return { text: () => Buffer.concat(chunks).toString("utf8"), truncated: () => seen > kept };
}
