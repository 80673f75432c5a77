import { activity } from "./aspects/activity.js";
import { jobStatuses } from "./aspects/job-statuses.js";
import { logs } from "./aspects/logs.js";
import { runs } from "./aspects/runs.js";
import type { WatchAspect } from "./watch-aspect.js";

/** Everything that is watched of an experiment. */
export const ASPECTS: readonly WatchAspect[] = [jobStatuses, runs, activity, logs];
