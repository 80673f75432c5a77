import { GraphV3, PklInfoV3, PklTreeInfoV3, RunDetailV3, SummaryV3, TreeV3 } from "@autosubmit-api/shared-types";
import { Type } from "typebox";
import { presentGraphFailure } from "../../presenters/v3/graph.js";
import { presentPklInfoFailure } from "../../presenters/v3/pkl-info.js";
import { presentPklTreeInfoFailure } from "../../presenters/v3/pkl-tree-info.js";
import { presentRunDetailFailure } from "../../presenters/v3/run-detail.js";
import { presentSummaryFailure } from "../../presenters/v3/summary.js";
import { presentTreeFailure } from "../../presenters/v3/tree.js";
import type { RouteApp, RouteServices } from "../route-app.js";
import { ExperimentParams, v3Responses, v3ResponsesOfMonitor } from "../schemas.js";
import { PASSING_FAILURES_TOLD, sendV3View } from "../send-view.js";

const GraphParams = Type.Object({
  ...ExperimentParams.properties,
  layout: Type.Enum(["standard", "laplacian"] as const, { examples: ["standard"] }),
  grouped: Type.Enum(["none", "status", "date-member"] as const, { examples: ["date-member"] }),
});

const MonitorParams = Type.Object({
  ...ExperimentParams.properties,
  timeStamp: Type.String({ description: "Not used", examples: ["0"] }),
});

const RunParams = Type.Object({
  ...ExperimentParams.properties,
  runid: Type.String({ description: "Number of the run", examples: ["1"] }),
});

const WHOLE_NUMBER = /^\d{1,15}$/;

/** The jobs of an experiment as the GUI's tree, graph and live monitor show them. */
export function jobViewRoutes(app: RouteApp, { renderPool }: RouteServices): void {
  app.get(
    "/v3/tree/:expid",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "The jobs by date, member and section",
        params: ExperimentParams,
        response: v3Responses(TreeV3),
      },
    },
    (request, reply) =>
      sendV3View(
        { request, reply, renderPool },
        { view: "v3.tree", expid: request.params.expid, parameters: {} },
        presentTreeFailure,
      ),
  );

  app.get(
    "/v3/graph/:expid/:layout/:grouped",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "The jobs and what they wait for, drawn",
        params: GraphParams,
        response: v3Responses(GraphV3),
      },
    },
    (request, reply) => {
      const { expid, layout, grouped } = request.params;
      return sendV3View(
        { request, reply, renderPool },
        { view: "v3.graph", expid, parameters: { layout, grouping: grouped } },
        presentGraphFailure,
      );
    },
  );

  app.get(
    "/v3/pklinfo/:expid/:timeStamp",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "What changes in the graph",
        params: MonitorParams,
        response: v3ResponsesOfMonitor(PklInfoV3),
      },
    },
    (request, reply) =>
      sendV3View(
        { request, reply, renderPool },
        { view: "v3.pklinfo", expid: request.params.expid, parameters: {} },
        presentPklInfoFailure,
        PASSING_FAILURES_TOLD,
      ),
  );

  app.get(
    "/v3/pkltreeinfo/:expid/:timeStamp",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "What changes in the tree",
        params: MonitorParams,
        response: v3Responses(PklTreeInfoV3),
      },
    },
    (request, reply) =>
      sendV3View(
        { request, reply, renderPool },
        { view: "v3.pkltreeinfo", expid: request.params.expid, parameters: {} },
        presentPklTreeInfoFailure,
      ),
  );

  app.get(
    "/v3/rundetail/:expid/:runid",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "The attempts of a past run by date and section",
        params: RunParams,
        response: v3Responses(RunDetailV3),
      },
    },
    (request, reply) => {
      const { expid, runid } = request.params;
      const runId = WHOLE_NUMBER.test(runid) ? Number(runid) : null;
      return sendV3View(
        { request, reply, renderPool },
        { view: "v3.rundetail", expid, parameters: { runId } },
        presentRunDetailFailure,
      );
    },
  );

  app.get(
    "/v3/summary/:expid",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "Counts and average times of the jobs",
        params: ExperimentParams,
        response: v3Responses(SummaryV3),
      },
    },
    (request, reply) =>
      sendV3View(
        { request, reply, renderPool },
        { view: "v3.summary", expid: request.params.expid, parameters: {} },
        presentSummaryFailure,
      ),
  );
}
