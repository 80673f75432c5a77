export { countJobsByStatus, type JobCounts } from "./job-counts.js";
export { indexWrappers, NO_WRAPPERS, type Wrapper, type Wrappers, wrapperId } from "./jobs/wrappers.js";
export { activeFirst, buildQuickView, type QuickJob, type QuickView } from "./quick-view.js";
