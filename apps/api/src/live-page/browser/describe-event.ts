import type { LiveEvent } from "@autosubmit-api/client";

/** An event in a line; null for those that are shown otherwise. */
export function describeEvent(event: LiveEvent): string | null {
  switch (event.kind) {
    case "job-status":
      return `${event.data.name}: ${event.data.old} → ${event.data.new}`;
    case "job-list":
      return `job list: ${event.data.added} added, ${event.data.removed} removed, ${event.data.changed} changed`;
    case "run-started":
      return `run ${event.data.runId} started, ${event.data.total} jobs`;
    case "run-finished":
      return `run ${event.data.runId} finished: ${event.data.completed} of ${event.data.total} completed, ${event.data.failed} failed`;
    case "experiment-status":
      return `experiment: ${event.data.old} → ${event.data.new}`;
    case "log-added":
      return `log ${event.data.name}`;
    case "status-counts":
      return null;
  }
}
