import { WorkersV4 } from "@autosubmit-api/shared-types";
import type { RouteApp, RouteServices } from "../route-app.js";
import { v4Responses } from "../schemas.js";
import { sendV4View } from "../send-view.js";

/** What the workers do, and did last. */
export function workerRoutes(app: RouteApp, { renderPool }: RouteServices): void {
  app.get(
    "/v4/workers",
    {
      config: { access: "read" },
      schema: { tags: ["v4"], summary: "Tasks of the workers: last and next run", response: v4Responses(WorkersV4) },
    },
    (request, reply) =>
      sendV4View({ request, reply, renderPool }, { view: "v4.workers", expid: null, parameters: {}, light: true }),
  );
}
