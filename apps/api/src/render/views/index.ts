import { experimentView } from "./experiment.js";
import { experimentCountView } from "./experiment-count.js";
import { jobsView } from "./jobs.js";
import { quickView } from "./quick.js";
import { wrappersView } from "./wrappers.js";
import { jobHistoryView } from "./job-history.js";
import { jobsHistoryView } from "./jobs-history.js";
import { performanceV3View, performanceV4View } from "./performance.js";
import { runsV3View, runsV4View } from "./runs.js";
import { statisticsView } from "./statistics.js";
import { userMetricsRunsView, userMetricsView } from "./user-metrics.js";

/** Every view by its name, which is that of the endpoint it answers. A new view is added here. */
export const VIEWS = {
  "v3.expcount": experimentCountView,
  "v3.quick": quickView,
  "v4.experiment": experimentView,
  "v4.jobs": jobsView,
  "v4.wrappers": wrappersView,
  "v3.history": jobHistoryView,
  "v3.performance": performanceV3View,
  "v3.runs": runsV3View,
  "v3.stats": statisticsView,
  "v4.jobs-history": jobsHistoryView,
  "v4.performance": performanceV4View,
  "v4.runs": runsV4View,
  "v4.user-metrics": userMetricsView,
  "v4.user-metrics-runs": userMetricsRunsView,
} as const;

export type ViewName = keyof typeof VIEWS;

/** What a view must be asked with. */
export type ParametersOf<Name extends ViewName> = Parameters<(typeof VIEWS)[Name]["build"]>[1];
