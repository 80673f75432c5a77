import { Gauge, type Registry } from "prom-client";
import type { SiteMetrics, TaskMetrics } from "../render/views/site-metrics.js";

/** Sets what the databases tell of the site; null when they could not be read in time. */
export type SiteGauges = (metrics: SiteMetrics | null) => void;

/** The gauges of experiments and workers: the same whichever process of the API is asked. */
export function siteGauges(registry: Registry): SiteGauges {
  const registers = [registry];
  const readable = new Gauge({
    name: "autosubmit_api_site_readable",
    help: "1 when the databases were read for this answer, 0 when metrics of experiments and workers are left out",
    registers,
  });
  const experiments = new Gauge({
    name: "autosubmit_experiments",
    help: "Experiments of the site by stored status",
    labelNames: ["status"],
    registers,
  });
  const setTasks = taskGauges(registry);
  return (metrics) => {
    readable.set(metrics === null ? 0 : 1);
    experiments.reset();
    for (const [status, count] of Object.entries(metrics?.experiments ?? {})) experiments.set({ status }, count);
    setTasks(metrics?.tasks ?? []);
  };
}

/** Each gauge of a task: its name, what it tells, and where that is; null leaves it out. */
const TASK_GAUGES: readonly [name: string, help: string, measure: (task: TaskMetrics) => number | null][] = [
  ["enabled", "1 when the task is scheduled", ({ enabled }) => (enabled ? 1 : 0)],
  ["next_run_timestamp_seconds", "When it is due next", ({ nextRunAt }) => nextRunAt],
  ["under_way_since_timestamp_seconds", "When the cycle under way was started", ({ underWaySince }) => underWaySince],
  ["last_finished_timestamp_seconds", "When a cycle was finished last", ({ lastFinishedAt }) => lastFinishedAt],
  ["last_duration_seconds", "How long that took", ({ lastDurationSeconds }) => lastDurationSeconds],
  ["failing_experiments", "Experiments that it cannot handle at present", ({ failing }) => failing],
];

function taskGauges(registry: Registry): (tasks: readonly TaskMetrics[]) => void {
  const gauges = TASK_GAUGES.map(([name, help, measure]) => {
    const labelNames = ["task"] as const;
    const gauge = new Gauge({ name: `autosubmit_workers_task_${name}`, help, labelNames, registers: [registry] });
    return { gauge, measure };
  });
  const experiments = new Gauge({
    name: "autosubmit_workers_task_last_experiments",
    help: "Experiments of the last finished cycle: examined, of these read in full, changed, and failed",
    labelNames: ["task", "outcome"],
    registers: [registry],
  });
  return (tasks) => {
    for (const { gauge, measure } of gauges) {
      gauge.reset();
      for (const task of tasks) {
        const value = measure(task);
        if (value !== null) gauge.set({ task: task.task }, value);
      }
    }
    experiments.reset();
    for (const { task, last } of tasks)
      for (const [outcome, count] of Object.entries(last ?? {})) experiments.set({ task, outcome }, count);
  };
}
