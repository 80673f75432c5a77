import { healthRoutes } from "./health.js";
import type { RouteApp, RouteServices } from "./route-app.js";
import { configurationRoutes as configurationV3Routes } from "./v3/configuration.js";
import { experimentSearchRoutes, runningRoutes } from "./v3/experiment-search.js";
import { historyRoutes as historyRoutesV3 } from "./v3/history.js";
import { jobViewRoutes as jobViewV3Routes } from "./v3/job-views.js";
import { jobRoutes } from "./v3/jobs.js";
import { loginRoutes as loginV3Routes } from "./v3/login.js";
import { logRoutes as logV3Routes } from "./v3/logs.js";
import { obsoleteRoutes } from "./v3/obsolete.js";
import { configurationRoutes as configurationV4Routes } from "./v4/configuration.js";
import { eventRoutes } from "./v4/events.js";
import { experimentListRoutes } from "./v4/experiment-search.js";
import { experimentRoutes } from "./v4/experiments.js";
import { historyRoutes as historyRoutesV4 } from "./v4/history.js";
import { jobViewRoutes as jobViewV4Routes } from "./v4/job-views.js";
import { jobsRoutes } from "./v4/jobs.js";
import { loginRoutes as loginV4Routes } from "./v4/login.js";
import { logRoutes as logV4Routes } from "./v4/logs.js";
import { workerRoutes } from "./v4/workers.js";

/** Every resource of the API; a new file of routes is added here. */
export function registerRoutes(app: RouteApp, services: RouteServices): void {
  healthRoutes(app, services);
  experimentRoutes(app, services);
  jobRoutes(app, services);
  configurationV3Routes(app, services);
  configurationV4Routes(app, services);
  jobViewV3Routes(app, services);
  obsoleteRoutes(app);
  jobsRoutes(app, services);
  jobViewV4Routes(app, services);
  experimentListRoutes(app, services);
  experimentSearchRoutes(app, services);
  runningRoutes(app, services);
  logV3Routes(app, services);
  logV4Routes(app, services);
  historyRoutesV3(app, services);
  historyRoutesV4(app, services);
  workerRoutes(app, services);
  loginV3Routes(app, services);
  loginV4Routes(app, services);
  eventRoutes(app, services);
}
