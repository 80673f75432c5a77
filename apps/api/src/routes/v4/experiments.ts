import { ExperimentV4, WrappersV4 } from "@autosubmit-api/shared-types";
import type { RouteApp, RouteServices } from "../route-app.js";
import { ExperimentParams, v4Responses } from "../schemas.js";
import { sendV4View } from "../send-view.js";

/** One experiment: its row in the main database and its wrappers. */
export function experimentRoutes(app: RouteApp, { renderPool }: RouteServices): void {
  app.get(
    "/v4/experiments/:expid",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "An experiment",
        params: ExperimentParams,
        response: v4Responses(ExperimentV4),
      },
    },
    (request, reply) =>
      sendV4View(
        { request, reply, renderPool },
        { view: "v4.experiment", expid: request.params.expid, parameters: {}, light: true },
      ),
  );

  app.get(
    "/v4/experiments/:expid/wrappers",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "The wrappers of an experiment and their jobs",
        params: ExperimentParams,
        response: v4Responses(WrappersV4),
      },
    },
    (request, reply) =>
      sendV4View({ request, reply, renderPool }, { view: "v4.wrappers", expid: request.params.expid, parameters: {} }),
  );
}
