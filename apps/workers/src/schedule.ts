import { Cron } from "croner";

/** When a task is due: a time after its last start, or at fixed times on the site's clock. */
export type Schedule = { kind: "interval"; minutes: number } | { kind: "cron"; expression: string };

const MINUTE_MS = 60_000;

/**
 * When the task is due next. What was missed while no worker ran is due at once, one time.
 * @param lastStart when the task was last started by any worker; null for never
 * @param workerStart when this worker started: a cron task that never ran waits for its next time after that
 * @param timeZone IANA name of the clock that cron expressions mean
 * @returns null for a cron expression without a next time
 */
export function nextRunAt(
  schedule: Schedule,
  { lastStart, workerStart, timeZone }: { lastStart: Date | null; workerStart: Date; timeZone: string },
): Date | null {
  if (schedule.kind === "cron") {
    return new Cron(schedule.expression, { timezone: timeZone }).nextRun(lastStart ?? workerStart);
  }
  return lastStart === null ? workerStart : new Date(lastStart.getTime() + schedule.minutes * MINUTE_MS);
}

/** For people: `every 5 minutes`, `every 4 hours`, or the cron expression. */
export function describeSchedule(schedule: Schedule): string {
  if (schedule.kind === "cron") return schedule.expression;
  const { minutes } = schedule;
  if (minutes >= 120 && minutes % 60 === 0) return `every ${minutes / 60} hours`;
  return minutes === 1 ? "every minute" : `every ${minutes} minutes`;
}
