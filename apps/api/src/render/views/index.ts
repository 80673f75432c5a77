import { experimentView } from "./experiment.js";
import { experimentCountView } from "./experiment-count.js";
import { jobsView } from "./jobs.js";
import { quickView } from "./quick.js";
import { wrappersView } from "./wrappers.js";

/** Every view by its name, which is that of the endpoint it answers. A new view is added here. */
export const VIEWS = {
  "v3.expcount": experimentCountView,
  "v3.quick": quickView,
  "v4.experiment": experimentView,
  "v4.jobs": jobsView,
  "v4.wrappers": wrappersView,
} as const;

export type ViewName = keyof typeof VIEWS;

/** What a view must be asked with. */
export type ParametersOf<Name extends ViewName> = Parameters<(typeof VIEWS)[Name]["build"]>[1];
