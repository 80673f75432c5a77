/**
 * Where commands are run: this machine (`local-host.ts`), or another one over SSH (`ssh-host.ts`). Everything above speaks of
 * argument lists and of processes that are identified beyond their number; how that is done is the host's own affair.
 */

/** A program and its arguments; never a shell line. A program without a slash is looked up in the host's `PATH`. */
export interface Command {
  argv: readonly [string, ...string[]];
  /** What the program reads from its standard input; nothing (`/dev/null`) when `null`. */
  stdin: string | null;
}

/** What a command may take. */
export interface CommandLimits {
  /** From the start, connecting included; the command is then killed with everything it started. */
  timeoutMs: number;
  /** Of standard output and standard error each; what is beyond is read and dropped, so that the command goes on. */
  outputBytes: number;
}

/** How a command ended. Failing (a status other than 0) is a result, not an error. */
export interface CommandResult {
  /** `null` when a signal ended the program, or when the time was up. */
  exitCode: number | null;
  /** `SIGKILL`, …; `null` when the program ended by itself. */
  signal: string | null;
  stdout: string;
  stderr: string;
  /** Whether some output was dropped. */
  truncated: boolean;
  timedOut: boolean;
}

/** A process that outlives the request that started it, identified beyond the reuse of its number. */
export interface ProcessHandle {
  /** The name under which it was started, chosen by the caller before the start. */
  runId: string;
  /** Of the program itself (not of a launcher around it); it leads a process group of its own. */
  pid: number;
  /** Opaque: equal only for the same process, on the same boot of the same machine. */
  startedAt: string;
  /** The file on the host that has what it printed; `null` when the host keeps none. */
  outputPath: string | null;
}

/** Ended: its exit status, 128 + the signal's number if a signal ended it, `null` when nobody saw it end (reboot, lost files). */
export type ProcessState = { running: true } | { running: false; exitCode: number | null };

/** From polite to final. Autosubmit ends its cycle at an interrupt, as `autosubmit stop` sends it. */
export type StopSignal = "SIGINT" | "SIGTERM" | "SIGKILL";

/** The end of what a process printed. */
export interface ProcessOutput {
  text: string;
  /** Whether `text` is not everything that was printed. */
  truncated: boolean;
}

/** Long enough for its purpose and safe as a file name everywhere; anything else is refused by `start` and `find`. */
export const RUN_ID = /^[0-9a-z][0-9a-z-]{7,63}$/;

/**
 * A place that runs commands. Every method throws `CommandHostError` when the host cannot be asked; none ever guesses: an
 * unreachable host is an error, not an ended process.
 */
export interface CommandHost {
  /** Runs a command to its end. An aborted `signal` kills it and rejects with the signal's reason. */
  run(command: Command, limits: CommandLimits, signal?: AbortSignal): Promise<CommandResult>;
  /**
   * Starts a long run, detached: it survives this API, and its output and exit status are kept, bounded, on the host. Resolves
   * when the program runs. The same `runId` is never started twice.
   */
  start(command: Command, runId: string): Promise<ProcessHandle>;
  /**
   * The process that was started as `runId`, for an API that died before it could write the handle down. `null`: it never
   * started, and never will, since this also revokes the `runId`.
   */
  find(runId: string): Promise<ProcessHandle | null>;
  inspect(handle: ProcessHandle): Promise<ProcessState>;
  /** To the whole process group, if it is still the same process; otherwise nothing happens. */
  signal(handle: ProcessHandle, name: StopSignal): Promise<void>;
  /** The last `maxBytes` of what it printed, standard output and error as they came; empty when nothing is left of it. */
  readOutput(handle: ProcessHandle, maxBytes: number): Promise<ProcessOutput>;
  /** Closes connections. Processes go on. */
  close(): Promise<void>;
}

/** Why a host could not do what it was asked; the message may be shown to users and holds no secret. */
export type CommandHostFailure = "UNREACHABLE" | "REFUSED" | "PROGRAM_MISSING" | "FAILED";

/** A host could not be asked, or could not start the program. */
export class CommandHostError extends Error {
  override readonly name = "CommandHostError";
  readonly code: CommandHostFailure;

  constructor(code: CommandHostFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
