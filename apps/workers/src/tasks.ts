import { updateExperimentDetails } from "./tasks/update-experiment-details.js";
import { updateExperimentStatus } from "./tasks/update-experiment-status.js";
import { updateGraphLayout } from "./tasks/update-graph-layout.js";
import type { WorkerTask } from "./worker-task.js";

/** All tasks, in the order in which a start runs them. */
export const TASKS: readonly WorkerTask[] = [updateExperimentStatus, updateExperimentDetails, updateGraphLayout];

/** The task of that name or id in any case, or null. */
export function findTask(text: string): WorkerTask | null {
  return TASKS.find(({ id, name }) => id === text.toUpperCase() || name === text.toLowerCase()) ?? null;
}
