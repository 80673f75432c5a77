import { ConfigurationV3, ExperimentInfoV3 } from "@autosubmit-api/shared-types";
import { presentConfigurationsFailure } from "../../presenters/v3/configuration.js";
import { presentExperimentInfoFailure } from "../../presenters/v3/experiment-info.js";
import type { RouteApp, RouteServices } from "../route-app.js";
import { ExperimentParams, v3Responses } from "../schemas.js";
import { sendV3View } from "../send-view.js";

/** What an experiment is, and how it is configured. */
export function configurationRoutes(app: RouteApp, { renderPool }: RouteServices): void {
  app.get(
    "/v3/cconfig/:expid",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "The configuration of the last run and that of the files, compared",
        params: ExperimentParams,
        response: v3Responses(ConfigurationV3),
      },
    },
    (request, reply) =>
      sendV3View(
        { request, reply, renderPool },
        { view: "v3.cconfig", expid: request.params.expid, parameters: {} },
        presentConfigurationsFailure,
      ),
  );

  app.get(
    "/v3/expinfo/:expid",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "An experiment at a glance",
        params: ExperimentParams,
        response: v3Responses(ExperimentInfoV3),
      },
    },
    (request, reply) =>
      sendV3View(
        { request, reply, renderPool },
        { view: "v3.expinfo", expid: request.params.expid, parameters: {} },
        (message) => presentExperimentInfoFailure(request.params.expid, message),
      ),
  );
}
