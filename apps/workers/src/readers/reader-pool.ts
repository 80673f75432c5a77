import { type ChildProcess, fork } from "node:child_process";
import type { Environment } from "@autosubmit-api/settings";
import type { TaskReading } from "../worker-task.js";
import type { NumberedAnswer, NumberedQuestion, ReadQuestion } from "./protocol.js";

/** An experiment could not be read; the message says why. */
export class ReadFailure extends Error {
  override readonly name = "ReadFailure";
}

export interface ReaderPoolOptions {
  /** The program of a reader process. */
  program: URL;
  /** Options of Node.js for it. */
  execArgv?: string[];
  environment: Environment;
  readers: number;
  experimentsPerReader: number;
}

interface Job {
  question: ReadQuestion;
  timeoutMs: number;
  resolve(reading: TaskReading<unknown>): void;
  reject(error: Error): void;
}

interface Reader {
  process: ChildProcess;
  /** Reads one experiment at a time: whatever happens to it, that one is the cause. */
  alone: boolean;
  jobs: Map<number, { job: Job; timer: NodeJS.Timeout }>;
}

/** A process that was killed ends within this time, unless it is in a call that nothing can take back. */
const ENDS_WITHIN_MS = 1_000;
/** Readers for experiments that were in a process that hung or died. */
const LONE_READERS = 2;

/**
 * Processes that read experiments, some at a time each. When one gives no answer in time or dies, it is killed, and all
 * that it had in hand is read again, one by one in a process of its own: so the experiment that is the cause is found, and
 * the others lose nothing but time. An experiment that was the cause starts alone the next time.
 */
export class ReaderPool {
  readonly capacity: number;
  private readonly readers = new Set<Reader>();
  private readonly waiting: Job[] = [];
  private readonly waitingAlone: Job[] = [];
  private readonly suspects = new Set<string>();
  /** Experiments whose process was killed and is still there: their file system does not answer. */
  private readonly unanswered = new Map<string, number>();
  private readonly freeListeners: (() => void)[] = [];
  private nextNumber = 0;
  private inHand = 0;
  private closed = false;

  constructor(private readonly options: ReaderPoolOptions) {
    this.capacity = options.readers * options.experimentsPerReader;
  }

  /** @throws ReadFailure when it cannot be read, in particular not within `timeoutMs` */
  read(question: ReadQuestion, timeoutMs: number): Promise<TaskReading<unknown>> {
    if (this.closed) return Promise.reject(new ReadFailure("the readers are closed"));
    // Another process would not come back either.
    if (this.unanswered.has(question.expid)) return Promise.reject(new ReadFailure("its file system does not answer"));
    this.inHand += 1;
    return new Promise<TaskReading<unknown>>((resolve, reject) => {
      const job = { question, timeoutMs, resolve, reject };
      (this.suspects.has(keyOf(question)) ? this.waitingAlone : this.waiting).push(job);
      this.assign();
    }).finally(() => {
      this.inHand -= 1;
      if (this.isFree()) for (const notify of this.freeListeners.splice(0)) notify();
    });
  }

  /** Resolves when more can be read at once, or the pool is closed. */
  whenFree(): Promise<void> {
    if (this.isFree()) return Promise.resolve();
    return new Promise((resolve) => this.freeListeners.push(resolve));
  }

  /** Ends the processes that have nothing to do. */
  rest(): void {
    for (const reader of this.readers) if (reader.jobs.size === 0) this.end(reader);
  }

  /** Ends all processes at once; what they have in hand fails. */
  close(): void {
    this.closed = true;
    const failure = new ReadFailure("the readers were closed");
    for (const job of [...this.waiting.splice(0), ...this.waitingAlone.splice(0)]) job.reject(failure);
    for (const reader of this.readers) for (const job of this.end(reader)) job.reject(failure);
  }

  private isFree(): boolean {
    return this.closed || this.inHand < this.capacity;
  }

  private assign(): void {
    if (this.closed) return;
    this.assignFrom(this.waiting, false, this.options.readers, this.options.experimentsPerReader);
    this.assignFrom(this.waitingAlone, true, LONE_READERS, 1);
  }

  private assignFrom(waiting: Job[], alone: boolean, mostReaders: number, mostJobs: number): void {
    while (waiting.length > 0) {
      const readers = [...this.readers].filter((reader) => reader.alone === alone);
      const reader =
        readers.find(({ jobs }) => jobs.size < mostJobs) ?? (readers.length < mostReaders ? this.start(alone) : null);
      const job = reader && waiting.shift();
      if (!reader || !job) return;
      this.hand(job, reader);
    }
  }

  private start(alone: boolean): Reader {
    const { program, environment, execArgv } = this.options;
    const child = fork(program, [], {
      env: environment,
      serialization: "advanced",
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      ...(execArgv ? { execArgv } : {}),
    });
    const reader: Reader = { process: child, alone, jobs: new Map() };
    this.readers.add(reader);
    child.on("message", (answer: NumberedAnswer) => this.take(answer, reader));
    child.on("error", (error) => this.lose(reader, `its reader process failed (${error.message})`));
    child.on("exit", (status, signal) =>
      this.lose(reader, `its reader process ended (${signal ?? `status ${status}`})`),
    );
    return reader;
  }

  private hand(job: Job, reader: Reader): void {
    this.nextNumber += 1;
    const number = this.nextNumber;
    const timer = setTimeout(() => this.lose(reader, `no answer within ${job.timeoutMs / 1_000} s`), job.timeoutMs);
    reader.jobs.set(number, { job, timer });
    const message: NumberedQuestion = { number, question: job.question, patienceMs: job.timeoutMs / 2 };
    // A failure to send is seen as the end of the process.
    reader.process.send(message, () => undefined);
  }

  private take(answer: NumberedAnswer, reader: Reader): void {
    const found = reader.jobs.get(answer.number);
    if (!found) return;
    clearTimeout(found.timer);
    reader.jobs.delete(answer.number);
    if (reader.alone) this.suspects.delete(keyOf(found.job.question));
    if ("reading" in answer) found.job.resolve(answer.reading);
    else found.job.reject(new ReadFailure(answer.problem));
    this.assign();
  }

  /** A reader that hung or died: what it had in hand is read alone, or was alone and has failed. */
  private lose(reader: Reader, why: string): void {
    if (!this.readers.has(reader)) return;
    for (const job of this.end(reader)) {
      if (!reader.alone) this.waitingAlone.push(job);
      else {
        this.suspects.add(keyOf(job.question));
        this.noteUnlessEnded(reader.process, job.question.expid);
        job.reject(new ReadFailure(why));
      }
    }
    this.assign();
  }

  private noteUnlessEnded(process: ChildProcess, expid: string): void {
    const change = (by: number) => {
      const count = (this.unanswered.get(expid) ?? 0) + by;
      if (count > 0) this.unanswered.set(expid, count);
      else this.unanswered.delete(expid);
    };
    const timer = setTimeout(() => {
      change(1);
      process.once("exit", () => change(-1));
    }, ENDS_WITHIN_MS).unref();
    process.once("exit", () => clearTimeout(timer));
  }

  /** Ends a process. @returns what it had in hand */
  private end(reader: Reader): Job[] {
    this.readers.delete(reader);
    // Nothing that it holds needs saving, and one that hangs would not listen to anything milder.
    reader.process.kill("SIGKILL");
    const jobs = [...reader.jobs.values()];
    reader.jobs.clear();
    return jobs.map(({ job, timer }) => {
      clearTimeout(timer);
      return job;
    });
  }
}

const keyOf = ({ reading, expid }: ReadQuestion) => `${reading} ${expid}`;
