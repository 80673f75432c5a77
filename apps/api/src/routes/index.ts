import { historyRoutes as historyRoutesV3 } from "./v3/history.js";
import { historyRoutes as historyRoutesV4 } from "./v4/history.js";
import type { RouteApp, RouteServices } from "./route-app.js";
import { jobRoutes } from "./v3/jobs.js";
import { experimentRoutes } from "./v4/experiments.js";

/** Every resource of the API; a new file of routes is added here. */
export function registerRoutes(app: RouteApp, services: RouteServices): void {
  experimentRoutes(app, services);
  jobRoutes(app, services);
  historyRoutesV3(app, services);
  historyRoutesV4(app, services);
}
