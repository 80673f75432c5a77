import type { TaskOverview } from "@autosubmit-api/db";
import { isoInstant } from "@autosubmit-api/domain";
import type { TimeZone, WorkersV4Body, WorkerTaskV4Body } from "@autosubmit-api/shared-types";

type WorkerCycle = NonNullable<TaskOverview["last"]>;
type WorkerRun = NonNullable<WorkerTaskV4Body["last_run"]>;

const HOW_TO_START = "start them with `npm run workers` or the unit autosubmit-workers.service";

/** @param overviews null when there is no workers' database */
export function presentWorkers(overviews: readonly TaskOverview[] | null, zone: TimeZone): WorkersV4Body {
  if (overviews === null) return { tasks: [], note: `No workers' database exists yet: ${HOW_TO_START}` };
  const tasks = overviews.map((overview) => presentTask(overview, zone));
  return { tasks, note: tasks.length === 0 ? `No worker has run yet: ${HOW_TO_START}` : null };
}

function presentTask(overview: TaskOverview, zone: TimeZone): WorkerTaskV4Body {
  const { task, enabled, schedule, nextRunAt, updatedAt, updatedBy, current, last, failures } = overview;
  return {
    id: task,
    enabled,
    schedule,
    next_run: nextRunAt && instant(nextRunAt, zone),
    updated: instant(updatedAt, zone),
    updated_by: updatedBy,
    current_run: current && presentRun(current, zone),
    last_run: last && presentRun(last, zone),
    failures: failures.map(({ expid, message, firstFailedAt, failedAt, times }) => ({
      expid,
      message,
      first_failed: instant(firstFailedAt, zone),
      last_failed: instant(failedAt, zone),
      times,
    })),
  };
}

function presentRun(cycle: WorkerCycle, zone: TimeZone): WorkerRun {
  const { startedAt, finishedAt, experiments, examined, read, changed, failed } = cycle;
  return {
    started: instant(startedAt, zone),
    finished: finishedAt && instant(finishedAt, zone),
    duration: finishedAt && (finishedAt.getTime() - startedAt.getTime()) / 1000,
    ...{ experiments, examined, read, changed, failed },
  };
}

function instant(at: Date, zone: TimeZone): string {
  return isoInstant(Math.floor(at.getTime() / 1000), zone) ?? at.toISOString();
}
