import type { TaskOverview } from "@autosubmit-api/db";

/** Whether the workers do what they intend to. */
export interface WorkerVerdict {
  isFresh: boolean;
  /** One line for operators. */
  detail: string;
  /** Enabled tasks that should have run and did not. */
  late: string[];
}

/** A worker that looks every few seconds is late after this; a cycle under way counts as long as it may take. */
const GRACE_MS = 10 * 60_000;
const LONGEST_CYCLE_MS = 6 * 3_600_000;

/**
 * Judges the workers by what they left in the database: an enabled task whose next run is long past, or whose cycle goes on
 * without an end, is late.
 * @param tasks null when there is no workers' database
 */
export function judgeWorkers(tasks: readonly TaskOverview[] | null, now: Date): WorkerVerdict {
  if (tasks === null || tasks.length === 0) return { isFresh: false, detail: "no worker has run yet", late: [] };
  const late = tasks.filter((task) => isLate(task, now)).map(({ task }) => task);
  const failing = tasks.reduce((sum, { failures }) => sum + failures.length, 0);
  const enabled = tasks.filter((task) => task.enabled).length;
  const rest = `${enabled} of ${tasks.length} tasks enabled, ${failing} experiments failing`;
  return late.length === 0
    ? { isFresh: true, detail: rest, late }
    : { isFresh: false, detail: `late: ${late.join(", ")}; ${rest}`, late };
}

function isLate({ enabled, current, nextRunAt }: TaskOverview, now: Date): boolean {
  if (!enabled) return false;
  if (current !== null) return now.getTime() - current.startedAt.getTime() > LONGEST_CYCLE_MS;
  return nextRunAt !== null && now.getTime() - nextRunAt.getTime() > GRACE_MS;
}
