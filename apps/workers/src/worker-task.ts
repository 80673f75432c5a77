import type { ExperimentRange, RegisteredExperiment, SiteDatabases } from "@autosubmit-api/db";
import type { TimeZone } from "@autosubmit-api/shared-types";
import type { Experiment } from "autosubmit-reader";
import type { TaskId } from "./config/task-settings.js";

/** Something that reader processes read of an experiment; `Finding` crosses between processes: plain data. */
export interface ExperimentReading<Finding = unknown> {
  readonly id: string;
  /** Reads one experiment, as little of it as is needed. */
  read(experiment: Experiment, known: KnownExperiment): Promise<TaskReading<Finding>>;
}

/**
 * Something that is done for every experiment again and again. `read` runs in a reader process, which may hang or die
 * with the experiment; the rest runs in the worker and never touches an experiment's files. A new task is a file in
 * `tasks/` and a line in `tasks.ts`.
 */
export interface WorkerTask<Finding = unknown> extends ExperimentReading<Finding> {
  /** The name in the settings file and in the databases. */
  readonly id: TaskId;
  /** The name on the command line and in the log. */
  readonly name: string;
  /** One line for `--list`. */
  readonly purpose: string;
  /** Used where the settings file says nothing. */
  readonly intervalMinutes: number;
  readonly experimentTimeoutMs: number;

  /** Done once a cycle, by the worker that starts it. */
  beginCycle?(context: TaskContext): Promise<void>;

  /** Gets ready to store what is found about the experiments of a range. */
  openRange(context: TaskContext, range: ExperimentRange): Promise<RangeRecorder<Finding>>;
}

/** What is known of an experiment before it is read. */
export interface KnownExperiment {
  /** The version that created it. */
  autosubmitVersion: string | null;
  /** From the last reading that was stored; null when it must be read in full. */
  fingerprint: string | null;
}

export interface TaskReading<Finding> {
  /** Null when there is nothing to store: nothing has changed, or the experiment is gone. */
  finding: Finding | null;
  /** For the next reading, in the task's own notation; null to forget it. */
  fingerprint: string | null;
  /** Whether more was read than it takes to see that nothing has changed. */
  inFull: boolean;
}

export interface TaskContext {
  databases: SiteDatabases;
  clock: () => Date;
  timeZone: TimeZone;
}

/** Stores findings about a range of experiments. */
export interface RangeRecorder<Finding> {
  /** The fingerprint that the next reading may rely on, or null when what is stored is not what was read then. */
  trusted(experiment: RegisteredExperiment, fingerprint: string | null): string | null;
  /** Stores these, all or none. @returns the numbers of the experiments whose row was written */
  store(findings: readonly { experiment: RegisteredExperiment; finding: Finding }[]): Promise<readonly number[]>;
}
