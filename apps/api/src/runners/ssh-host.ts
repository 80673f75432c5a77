import { homedir } from "node:os";
import {
  type Command,
  type CommandHost,
  CommandHostError,
  type CommandLimits,
  type CommandResult,
  type ProcessHandle,
  type ProcessOutput,
  type ProcessState,
  RUN_ID,
} from "./command-host.js";
import type { SshTarget } from "./configuration.js";
import { shellQuoteAll } from "./shell-quote.js";
import { connectSsh, type SshAccess, type SshConnection } from "./ssh-connection.js";
import { SshError } from "./ssh-error.js";
import { POOL_LIMITS, type PoolLimits, SshPool } from "./ssh-pool.js";
import {
  findScript,
  inspectScript,
  killScript,
  outputScript,
  runScript,
  signalScript,
  startScript,
} from "./ssh-scripts.js";
import { runSession, type Session } from "./ssh-session.js";

/** What is asked besides commands (whether a process runs, …) is small and quick. */
const QUESTION_MS = 30_000;
/** How long a command whose time is up may take to be ended. */
const KILL_MS = 10_000;
/** What Linux takes as one argument is 128 KiB, and 2 MiB together; a little is left for the environment. */
const MAX_WORD_BYTES = 131_071;
const MAX_WORDS_BYTES = 1_500_000;
/** One more than there are connections: at last, a new one. */
const RETRIES = POOL_LIMITS.connections + 1;
/** A run's connection is its own: the server keeps the session of a run until the run ends. */
const START_LIMITS: PoolLimits = { connections: 4, channels: 1, waiting: 50, idleMs: 0 };

/** How a host over SSH may differ from the usual. */
export interface SshHostOptions extends Omit<SshAccess, "home"> {
  home?: string;
  pool?: PoolLimits;
}

/**
 * A machine that runs commands over SSH. Connections are made when the first command needs one, shared, and closed when
 * nobody needs them; the machine needs a POSIX shell, and `setsid` for `start`.
 */
export function openSshHost(
  target: SshTarget,
  { settings, home = homedir(), pool: limits = POOL_LIMITS }: SshHostOptions,
): CommandHost {
  const open = (signal: AbortSignal) => connectSsh(target, { settings, home }, signal);
  const pool = new SshPool(open, limits);
  const starts = new SshPool(open, START_LIMITS);
  const ask = (write: (nonce: string) => string, outputBytes = 1_024) => askQuestion(pool, write, outputBytes);
  return {
    run: async (command, limits, signal) => runCommand(pool, checkCommand(command), limits, signal),
    start: async (command, runId) => startRun(starts, checkCommand(command), checkRunId(runId)),
    find: async (runId) => {
      const id = checkRunId(runId);
      return findRun(await ask((nonce) => findScript(nonce, id)), id);
    },
    inspect: async (handle) => {
      const run = checkHandle(handle);
      return stateOf(await ask((nonce) => inspectScript(nonce, run)));
    },
    signal: async (handle, name) => {
      const run = checkHandle(handle);
      expectAnswer(await ask((nonce) => signalScript(nonce, run, name)), "done");
    },
    readOutput: async (handle, maxBytes) => {
      const { runId } = checkHandle(handle);
      const size = Math.max(0, Math.trunc(maxBytes));
      return outputOf(await ask((nonce) => outputScript(nonce, runId, size), size));
    },
    close: async () => {
      await Promise.all([pool.close(), starts.close()]);
    },
  };
}

/** Opens a session, on another connection if the one at hand turns out to be gone or full; nothing was run until then. */
function openSession<Result>(
  pool: SshPool,
  write: (nonce: string) => string,
  outputBytes: number,
  work: (session: Session, connection: SshConnection) => Promise<Result>,
): Promise<Result> {
  const attempt = (left: number): Promise<Result> =>
    pool
      .use(async (connection) => {
        const session = await runSession(connection, write, outputBytes).catch((error: unknown) => {
          if (left === 0 || !(error instanceof SshError)) throw error;
          pool.retire(connection);
          return null;
        });
        return session === null ? null : { result: await work(session, connection) };
      })
      .then((done) => (done === null ? attempt(left - 1) : done.result));
  return attempt(RETRIES);
}

interface Answer {
  words: string[];
  /** What came after the answer's line. */
  stdout: Buffer;
}

function askQuestion(pool: SshPool, write: (nonce: string) => string, outputBytes: number): Promise<Answer> {
  return openSession(pool, write, outputBytes, async (session) => {
    const timeout = after(QUESTION_MS);
    try {
      const ended = await Promise.race([session.ended, timeout.over]);
      if (ended === undefined) throw new SshError("ANSWER", "The machine took too long to answer");
      return { words: answerWords(await session.answer, session), stdout: session.output().stdout };
    } finally {
      timeout.clear();
      session.close();
    }
  });
}

/** A promise of `undefined` in `ms`. */
function after(ms: number): { over: Promise<undefined>; clear: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  return { over, clear: () => clearTimeout(timer) };
}

/** @throws CommandHostError for the answers that mean that it cannot be done */
function answerWords(answer: string | null, session: Session): string[] {
  const words = (answer ?? "").split(" ");
  const [kind = "", detail = ""] = words;
  if (answer === null)
    throw new SshError("ANSWER", "The machine lets this API sign in, but does not run its commands", {
      notes: [session.noise()],
    });
  if (kind === "missing") throw new CommandHostError("PROGRAM_MISSING", "The program is not installed on the machine");
  if (kind === "taken") throw new CommandHostError("FAILED", "A run of that name was started before, or revoked");
  if (kind === "nosetsid") throw new CommandHostError("FAILED", "The machine has no setsid, which runs need");
  if (kind === "unwritable")
    throw new CommandHostError("FAILED", "The machine cannot write down runs in ~/.local/state/autosubmit-api");
  if (kind === "damaged") throw new SshError("ANSWER", "The command did not arrive whole, and was not run");
  if (kind === "elsewhere")
    throw new SshError("OTHER_MACHINE", `The run is on another machine of that name than ${detail}, which answered`);
  return words;
}

function expectAnswer({ words }: Answer, ...kinds: string[]): string[] {
  if (kinds.includes(words[0] ?? "")) return words;
  throw new SshError("ANSWER", "The machine gave an answer that makes no sense");
}

async function runCommand(
  pool: SshPool,
  command: Command,
  { timeoutMs, outputBytes }: CommandLimits,
  signal?: AbortSignal,
): Promise<CommandResult> {
  signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMs);
  const stop = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  const stopped = new Promise<"stopped">((resolve) => {
    stop.addEventListener("abort", () => resolve("stopped"), { once: true });
  });
  let isSent = false;
  const write = (nonce: string) => {
    stop.throwIfAborted();
    isSent = true;
    return runScript(nonce, command);
  };
  const running = openSession(pool, write, outputBytes, (session, connection) =>
    runToEnd(session, connection, stopped),
  );
  // Nobody waits for it any more when the time is up before it was sent; it ends by itself then.
  running.catch(() => undefined);
  await Promise.race([running, stopped]);
  if (stop.aborted && !isSent && !signal?.aborted)
    throw new SshError("CONNECT_TIMEOUT", "The machine could not be asked in time");
  const result = isSent ? await running : null;
  signal?.throwIfAborted();
  return result ?? running;
}

async function runToEnd(
  session: Session,
  connection: SshConnection,
  stopped: Promise<"stopped">,
): Promise<CommandResult> {
  try {
    const first = await Promise.race([session.ended, stopped]);
    if (first === "stopped") {
      await killSession(session, connection);
      return resultOf(session, { exitCode: null, signal: "SIGKILL", timedOut: true });
    }
    answerWords(await session.answer, session);
    return resultOf(session, { ...first, timedOut: false });
  } finally {
    session.close();
  }
}

function resultOf(session: Session, ended: Pick<CommandResult, "exitCode" | "signal" | "timedOut">): CommandResult {
  const { stdout, stderr, truncated } = session.output();
  return { ...ended, stdout: stdout.toString("utf8"), stderr: stderr.toString("utf8"), truncated };
}

/** Ends what a session runs, with everything it started; a session that has not said yet what it runs gets a moment to do so. */
async function killSession(session: Session, connection: SshConnection): Promise<void> {
  const timeout = after(KILL_MS);
  const kill = async () => {
    const [kind, pid, ...identity] = (await session.answer)?.split(" ") ?? [];
    if (kind !== "started" || !/^\d+$/.test(pid ?? "")) return;
    const killing = await runSession(connection, (nonce) => killScript(nonce, Number(pid), identity.join(" ")), 0);
    await killing.ended;
  };
  try {
    await Promise.race([kill(), timeout.over]);
  } catch (error) {
    // Without a connection nothing can be ended; the command's time is up all the same.
    if (!(error instanceof SshError)) throw error;
  } finally {
    timeout.clear();
  }
}

async function startRun(starts: SshPool, command: Command, runId: string): Promise<ProcessHandle> {
  return starts.use(async (connection) => {
    const timeout = after(QUESTION_MS);
    try {
      const session = await runSession(connection, (nonce) => startScript(nonce, command, runId), 0);
      const answer = await Promise.race([session.answer, timeout.over]);
      if (answer === undefined) throw new SshError("ANSWER", "The machine took too long to answer");
      return handleOf(answerWords(answer, session), "started", runId);
    } finally {
      timeout.clear();
      starts.retire(connection);
    }
  });
}

function findRun(answer: Answer, runId: string): ProcessHandle | null {
  const words = expectAnswer(answer, "claimed", "revoked");
  return words[0] === "revoked" ? null : handleOf(words, "claimed", runId);
}

/** `started PID IDENTITY<tab>FOLDER`. */
function handleOf(words: string[], expected: string, runId: string): ProcessHandle {
  const [said = "", folder] = words.join(" ").split("\t");
  const [kind, pid = "", ...identity] = said.split(" ");
  if (kind !== expected || !/^[1-9]\d{0,9}$/.test(pid) || identity.length < 3 || folder === undefined)
    throw new SshError("ANSWER", "The machine gave an answer that makes no sense");
  return { runId, pid: Number(pid), startedAt: identity.join(" "), outputPath: `${folder}/output` };
}

function stateOf(answer: Answer): ProcessState {
  const [kind, status = ""] = expectAnswer(answer, "running", "ended");
  if (kind === "running") return { running: true };
  return { running: false, exitCode: /^\d{1,3}$/.test(status) ? Number(status) : null };
}

function outputOf(answer: Answer): ProcessOutput {
  const [, total = "0", dropped] = expectAnswer(answer, "output");
  const truncated = dropped === "1" || Number(total) > answer.stdout.length;
  return { text: (truncated ? atCharacter(answer.stdout) : answer.stdout).toString("utf8"), truncated };
}

/** Without the rest of a character that was cut: up to three bytes that continue one. */
function atCharacter(bytes: Buffer): Buffer {
  const start = bytes.subarray(0, 4).findIndex((byte) => (byte & 0xc0) !== 0x80);
  return bytes.subarray(Math.max(0, start));
}

function checkRunId(runId: string): string {
  if (RUN_ID.test(runId)) return runId;
  throw new CommandHostError("FAILED", "That cannot be the name of a run");
}

function checkHandle(handle: ProcessHandle): ProcessHandle {
  checkRunId(handle.runId);
  if (Number.isSafeInteger(handle.pid) && handle.pid > 1) return handle;
  throw new CommandHostError("FAILED", "That cannot be the number of a process");
}

/** What no machine could run is refused before it is asked. @throws UnquotableWordError */
function checkCommand(command: Command): Command {
  const sizes = command.argv.map((word) => Buffer.byteLength(word) + 1);
  if (Math.max(...sizes) > MAX_WORD_BYTES || sizes.reduce((sum, size) => sum + size, 0) > MAX_WORDS_BYTES)
    throw new CommandHostError("FAILED", "The command is longer than a machine can take");
  if (/^($|-)/.test(command.argv[0])) throw new CommandHostError("FAILED", "That cannot be the name of a program");
  shellQuoteAll(command.argv);
  return command;
}
