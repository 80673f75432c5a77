import { ExperimentCountV3, QuickV3 } from "@autosubmit-api/shared-types";
import { presentExperimentCountFailure } from "../../presenters/v3/experiment-count.js";
import { presentQuickFailure } from "../../presenters/v3/quick.js";
import type { RouteApp, RouteServices } from "../route-app.js";
import { ExperimentParams, v3Responses } from "../schemas.js";
import { sendV3View } from "../send-view.js";

/** The job list, counted and at a glance. */
export function jobRoutes(app: RouteApp, { renderPool }: RouteServices): void {
  app.get(
    "/v3/expcount/:expid",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "Number of jobs by status",
        params: ExperimentParams,
        response: v3Responses(ExperimentCountV3),
      },
    },
    (request, reply) =>
      sendV3View(
        { request, reply, renderPool },
        { view: "v3.expcount", expid: request.params.expid, parameters: {} },
        (message) => presentExperimentCountFailure(request.params.expid, message),
      ),
  );

  app.get(
    "/v3/quick/:expid",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "The jobs at a glance",
        params: ExperimentParams,
        response: v3Responses(QuickV3),
      },
    },
    (request, reply) =>
      sendV3View(
        { request, reply, renderPool },
        { view: "v3.quick", expid: request.params.expid, parameters: {} },
        presentQuickFailure,
      ),
  );
}
