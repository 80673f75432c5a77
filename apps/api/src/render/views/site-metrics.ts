import { EXPERIMENT_STATUSES } from "@autosubmit-api/shared-types";
import { readListedExperiments } from "../listed-sources.js";
import { answer, defineView } from "../view.js";
import { readWorkerTasks } from "../worker-sources.js";

/** What metrics tell of a task of the workers. Instants are epoch seconds; null for never. */
export interface TaskMetrics {
  task: string;
  enabled: boolean;
  nextRunAt: number | null;
  /** When the cycle under way was started. */
  underWaySince: number | null;
  lastFinishedAt: number | null;
  lastDurationSeconds: number | null;
  /** Experiments of the last finished cycle. */
  last: { examined: number; read: number; changed: number; failed: number } | null;
  /** Experiments that the task cannot handle at present. */
  failing: number;
}

/** What metrics tell of the site. */
export interface SiteMetrics {
  /** Experiments by stored status; statuses beyond `EXPERIMENT_STATUSES` are `OTHER`, none is `UNKNOWN`. */
  experiments: Record<string, number>;
  tasks: TaskMetrics[];
}

/** The site's part of `GET /metrics`. Built from kept sources. */
export const siteMetricsView = defineView({
  timeDependent: true,
  build: async (snapshot, _parameters, { note }) => {
    const experiments: Record<string, number> = { OTHER: 0, UNKNOWN: 0 };
    for (const status of EXPERIMENT_STATUSES) experiments[status] = 0;
    for (const { status } of await readListedExperiments(snapshot, note)) {
      const name = nameOf(status);
      experiments[name] = (experiments[name] ?? 0) + 1;
    }
    const tasks = (await readWorkerTasks(snapshot.site)) ?? [];
    const metrics: SiteMetrics = {
      experiments,
      tasks: tasks.map(({ task, enabled, nextRunAt, current, last, lastDurationMs, failures }) => ({
        task,
        enabled,
        nextRunAt: epochSeconds(nextRunAt),
        underWaySince: epochSeconds(current?.startedAt ?? null),
        lastFinishedAt: epochSeconds(last?.finishedAt ?? null),
        lastDurationSeconds: lastDurationMs === null ? null : lastDurationMs / 1_000,
        last: last === null ? null : countsOf(last),
        failing: failures.length,
      })),
    };
    return answer(metrics);
  },
});

function nameOf(status: string | null): string {
  if (status === null) return "UNKNOWN";
  return (EXPERIMENT_STATUSES as readonly string[]).includes(status) ? status : "OTHER";
}

function countsOf({ examined, read, changed, failed }: NonNullable<TaskMetrics["last"]>): TaskMetrics["last"] {
  return { examined, read, changed, failed };
}

const epochSeconds = (at: Date | null) => (at === null ? null : at.getTime() / 1_000);
