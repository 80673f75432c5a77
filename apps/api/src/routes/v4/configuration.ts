import { FilesystemConfigurationV4, RunConfigurationV4 } from "@autosubmit-api/shared-types";
import { Type } from "typebox";
import type { RouteApp, RouteServices } from "../route-app.js";
import { ExperimentParams, v4Responses } from "../schemas.js";
import { sendV4View } from "../send-view.js";

const RunParams = Type.Object({
  ...ExperimentParams.properties,
  run_id: Type.String({ description: "Number of the run", examples: ["1"] }),
});

/** The configuration of an experiment: of its files now, and as each run was started with it. */
export function configurationRoutes(app: RouteApp, { renderPool }: RouteServices): void {
  app.get(
    "/v4/experiments/:expid/filesystem-config",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "The configuration as the files say now",
        params: ExperimentParams,
        response: v4Responses(FilesystemConfigurationV4),
      },
    },
    (request, reply) =>
      sendV4View(
        { request, reply, renderPool },
        { view: "v4.filesystem-config", expid: request.params.expid, parameters: {} },
      ),
  );

  app.get(
    "/v4/experiments/:expid/runs/:run_id/config",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "The configuration that a run was started with",
        params: RunParams,
        response: v4Responses(RunConfigurationV4),
      },
    },
    (request, reply) =>
      sendV4View(
        { request, reply, renderPool },
        { view: "v4.run-config", expid: request.params.expid, parameters: { runId: runNumber(request.params.run_id) } },
      ),
  );
}

/** Null for what can be no run's number: there is no such run, which is an answer (the reference's too). */
function runNumber(text: string): number | null {
  const number = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(number) ? number : null;
}
