import type { RouteApp, RouteServices } from "./route-app.js";
import { jobRoutes } from "./v3/jobs.js";
import { experimentRoutes } from "./v4/experiments.js";

/** Every resource of the API; a new file of routes is added here. */
export function registerRoutes(app: RouteApp, services: RouteServices): void {
  experimentRoutes(app, services);
  jobRoutes(app, services);
}
