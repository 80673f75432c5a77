import type { ExperimentStatus } from "./experiment-status.js";
import type { JobStatusName } from "./job-status.js";

/**
 * What the live feed tells of an experiment, by kind. Times are ISO 8601 with the site's offset, null when they cannot be
 * told.
 */
export interface LiveEventData {
  /** A job that has another status than before. */
  "job-status": {
    name: string;
    section: string;
    old: JobStatusName;
    new: JobStatusName;
    /** When Autosubmit wrote it. */
    at: string | null;
  };
  /** Jobs came or went, or more changed at once than are told one by one: whoever shows the jobs reads them anew. */
  "job-list": { added: number; removed: number; changed: number; total: number };
  /** How many jobs have each status, statuses without jobs left out; follows the changes that led to it. */
  "status-counts": { counts: Partial<Record<JobStatusName, number>>; total: number };
  "run-started": { runId: number; startedAt: string | null; total: number };
  "run-finished": { runId: number; finishedAt: string | null; total: number; completed: number; failed: number };
  /** Autosubmit began or ceased to work on the experiment, as far as its files tell. */
  "experiment-status": {
    old: ExperimentStatus;
    new: ExperimentStatus;
    confidence: "high" | "medium" | "low";
    since: string | null;
    /** For people, the deciding one first. */
    reasons: string[];
  };
  /** A file that appeared among the logs of jobs or of Autosubmit's commands. */
  "log-added": { name: string; folder: "jobs" | "commands" };
}

export type LiveEventKind = keyof LiveEventData;

/** Every kind of event. */
export const LIVE_EVENT_KINDS = [
  "job-status",
  "job-list",
  "status-counts",
  "run-started",
  "run-finished",
  "experiment-status",
  "log-added",
] as const satisfies LiveEventKind[];

/** An event as it is told: one of the kinds with its data. */
export type LiveEvent = {
  [Kind in LiveEventKind]: {
    /** Grows from event to event over the whole site; never given twice. */
    id: number;
    /** When it was noticed. */
    at: string;
    expid: string;
    kind: Kind;
    data: LiveEventData[Kind];
  };
}[LiveEventKind];
