import { type DatabasePlaces, migrate, siteDatabases, type TaskOverview } from "@autosubmit-api/db";
import { isoInstant } from "@autosubmit-api/domain";
import type { TimeZone } from "@autosubmit-api/shared-types";
import { dueAt, type PlannedTask } from "./attend-task.js";
import { describeSchedule } from "./schedule.js";

/** The tasks as text for a terminal: plan, last run and next run of each. Changes nothing. */
export async function listTasks(
  plans: readonly PlannedTask[],
  places: DatabasePlaces,
  { now, timeZone }: { now: Date; timeZone: TimeZone },
): Promise<string> {
  const reports = await migrate(places, { check: true });
  const isReady = reports.every(({ database, steps }) => database !== "api" || steps.length === 0);
  const overviews = isReady ? await siteDatabases(places).workerTasks.listOverviews() : [];
  const blocks = plans.map((plan) => {
    const overview = overviews.find(({ task }) => task === plan.task.id) ?? null;
    const last = overview?.current ?? overview?.last ?? null;
    const next = dueAt(plan, { last, workerStart: now, now, timeZone: timeZone.name });
    return [
      `${plan.task.name} (${plan.task.id}): ${plan.task.purpose}`,
      `  schedule  ${plan.enabled ? describeSchedule(plan.schedule) : "not enabled"}`,
      `  last run  ${describeLast(overview, timeZone)}`,
      `  next run  ${describeNext(next, overview, now, timeZone)}`,
    ].join("\n");
  });
  return blocks.join("\n\n");
}

function describeLast(overview: TaskOverview | null, timeZone: TimeZone): string {
  if (!overview?.last || overview.lastDurationMs === null) return "never";
  const { startedAt, examined, read, changed, failed } = overview.last;
  const counts = `${examined} examined, ${read} read in full, ${changed} changed, ${failed} failed`;
  const failing = overview.failures.map(({ expid, message }) => `\n            ${expid}: ${message}`).join("");
  return `${timeOf(startedAt, timeZone)}, ${overview.lastDurationMs / 1000} s: ${counts}${failing}`;
}

function describeNext(next: Date | null, overview: TaskOverview | null, now: Date, timeZone: TimeZone): string {
  if (overview?.current) return `under way since ${timeOf(overview.current.startedAt, timeZone)}`;
  if (next === null) return "none";
  return next <= now ? "as soon as a worker runs" : timeOf(next, timeZone);
}

function timeOf(at: Date, timeZone: TimeZone): string {
  return isoInstant(at.getTime() / 1000, timeZone) ?? at.toISOString();
}
