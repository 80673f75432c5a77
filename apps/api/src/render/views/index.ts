import { experimentView } from "./experiment.js";

/** Every view by its name, which is that of the endpoint it answers. A new view is added here. */
export const VIEWS = {
  "v4.experiment": experimentView,
} as const;

export type ViewName = keyof typeof VIEWS;

/** What a view must be asked with. */
export type ParametersOf<Name extends ViewName> = Parameters<(typeof VIEWS)[Name]["build"]>[1];
