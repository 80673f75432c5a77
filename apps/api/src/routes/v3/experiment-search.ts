import { RunLogStateV3, RunningV3, SearchV3 } from "@autosubmit-api/shared-types";
import { Type } from "typebox";
import { presentRunLogStateFailure, presentRunningFailure } from "../../presenters/v3/running.js";
import { presentSearchFailure } from "../../presenters/v3/search.js";
import type { RouteApp, RouteServices } from "../route-app.js";
import { ExperimentParams, v3Responses } from "../schemas.js";
import { sendV3View } from "../send-view.js";

const QueryParams = Type.Object({
  query: Type.String({ description: "Part of the name, the description or the owner", examples: ["a0"] }),
});
const NarrowedParams = Type.Object({
  ...QueryParams.properties,
  exptype: Type.String({ description: "test, operational or experiment; anything else means all", examples: ["test"] }),
  onlyactive: Type.String({ description: "Any text, `false` too, leaves the running ones only", examples: ["true"] }),
});
const OwnerParams = Type.Object({
  owner: Type.String({ description: "`*` is any text, a leading `!` turns it round", examples: ["alice"] }),
});

/** Finding experiments, and whether they run. */
export function experimentSearchRoutes(app: RouteApp, { renderPool }: RouteServices): void {
  const schema = { tags: ["v3"], response: v3Responses(SearchV3) };

  app.get(
    "/v3/search/:query",
    {
      config: { access: "read" },
      schema: { ...schema, summary: "Experiments by name, description or owner", params: QueryParams },
    },
    (request, reply) => {
      const parameters = { query: request.params.query, owner: null, type: null, onlyActive: false };
      return sendV3View(
        { request, reply, renderPool },
        { view: "v3.search", expid: null, parameters },
        presentSearchFailure,
      );
    },
  );

  app.get(
    "/v3/search/:query/:exptype/:onlyactive",
    {
      config: { access: "read" },
      schema: { ...schema, summary: "Running experiments by name and type", params: NarrowedParams },
    },
    (request, reply) => {
      const { query, exptype, onlyactive } = request.params;
      const parameters = { query, owner: null, type: exptype, onlyActive: onlyactive !== "" };
      return sendV3View(
        { request, reply, renderPool },
        { view: "v3.search", expid: null, parameters },
        presentSearchFailure,
      );
    },
  );

  app.get(
    "/v3/searchowner/:owner",
    { config: { access: "read" }, schema: { ...schema, summary: "Experiments of an owner", params: OwnerParams } },
    (request, reply) => {
      const parameters = { query: null, owner: request.params.owner, type: null, onlyActive: false };
      return sendV3View(
        { request, reply, renderPool },
        { view: "v3.search", expid: null, parameters },
        presentSearchFailure,
      );
    },
  );

  app.get(
    "/v3/running/",
    { config: { access: "read" }, schema: { ...schema, summary: "Running experiments" } },
    (request, reply) =>
      sendV3View(
        { request, reply, renderPool },
        { view: "v3.running", expid: null, parameters: {} },
        presentSearchFailure,
      ),
  );
}

/** Whether one experiment runs: by what is stored, and by its run log. */
export function runningRoutes(app: RouteApp, { renderPool }: RouteServices): void {
  app.get(
    "/v3/ifrun/:expid",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "Whether an experiment runs",
        params: ExperimentParams,
        response: v3Responses(RunningV3),
      },
    },
    (request, reply) =>
      sendV3View(
        { request, reply, renderPool },
        { view: "v3.ifrun", expid: request.params.expid, parameters: {}, light: true },
        presentRunningFailure,
      ),
  );

  app.get(
    "/v3/logrun/:expid",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "Whether an experiment's run log is being written",
        params: ExperimentParams,
        response: v3Responses(RunLogStateV3),
      },
    },
    (request, reply) =>
      sendV3View(
        { request, reply, renderPool },
        { view: "v3.logrun", expid: request.params.expid, parameters: {}, light: true },
        presentRunLogStateFailure,
      ),
  );
}
