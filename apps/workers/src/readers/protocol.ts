import type { KnownExperiment, TaskReading } from "../worker-task.js";

/** What the worker asks a reader process: to read an experiment for a task or for the watcher. */
export interface ReadQuestion extends KnownExperiment {
  /** The id of the reading. */
  reading: string;
  expid: string;
}

/** A question on its way; the answer carries the same number. */
export interface NumberedQuestion {
  number: number;
  question: ReadQuestion;
  /** How long a database server may be away before that is the answer. */
  patienceMs: number;
}

export type NumberedAnswer =
  | { number: number; reading: TaskReading<unknown> }
  /** `problem` says why it could not be read, for people. */
  | { number: number; problem: string };
