import type { RunLogStateV3Body, RunningV3Body } from "@autosubmit-api/shared-types";
import type { LogFile } from "autosubmit-reader";

/** A run log that was written more recently is that of a living run (seconds). */
const RECENT = 300;
/** A log dated further ahead than this says nothing (seconds). */
const CLOCK_TOLERANCE = 600;

export function presentRunning(running: boolean): RunningV3Body {
  return { running, error: false, error_message: "" };
}

export function presentRunningFailure(message: string): RunningV3Body {
  return { running: false, error: true, error_message: message };
}

/** @param log the newest run log; null when there is none */
export function presentRunLogState(log: Pick<LogFile, "path" | "modifiedAt"> | null, now: Date): RunLogStateV3Body {
  const timediff = log === null ? 0 : Math.trunc(now.getTime() / 1000 - log.modifiedAt);
  const is_running = log !== null && timediff < RECENT && timediff > -CLOCK_TOLERANCE;
  return { error: false, error_message: "", is_running, timediff, log_path: log?.path ?? null };
}

export function presentRunLogStateFailure(message: string): RunLogStateV3Body {
  return { error: true, error_message: message, is_running: false, timediff: RECENT, log_path: null };
}
