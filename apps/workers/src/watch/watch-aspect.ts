import type { LiveEvent, LiveEventData, LiveEventKind, TimeZone } from "@autosubmit-api/shared-types";
import type { ExperimentReading } from "../worker-task.js";

/** An event that has no number yet. */
export type Change = { [Kind in LiveEventKind]: Pick<LiveEvent & { kind: Kind }, "kind" | "data"> }[LiveEventKind];

/** What is stored of an aspect between two looks, in its own notation. */
export interface AspectState {
  /** The large part, which seldom changes. */
  base: string;
  state: string;
}

/** What a look came to. */
export interface AspectStep {
  /** Null where it stays. */
  base: string | null;
  state: string;
  changes: Change[];
}

/** Now, and how local times are told. */
export interface LookTime {
  now: Date;
  timeZone: TimeZone;
}

/**
 * One source of events. `read` runs in a reader process; `compare` is pure. A new one is a file in `aspects/` and a line in
 * `aspects.ts`.
 */
export interface WatchAspect<Finding = unknown> extends ExperimentReading<Finding> {
  /**
   * What has changed since `before`, null at the first look, which only remembers: nobody needs to be told of what was
   * there already. Null when there is nothing to tell or to remember.
   */
  compare(before: AspectState | null, finding: Finding, time: LookTime): AspectStep | null;
}

/** One event of a kind, typed. */
export const change = <Kind extends LiveEventKind>(kind: Kind, data: LiveEventData[Kind]): Change =>
  ({ kind, data }) as Change;
