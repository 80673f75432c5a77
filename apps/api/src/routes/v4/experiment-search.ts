import { ExperimentStatusV4, ExperimentsV4 } from "@autosubmit-api/shared-types";
import { Type } from "typebox";
import type { RouteApp, RouteServices } from "../route-app.js";
import { ExperimentParams, v4Responses } from "../schemas.js";
import { sendV4View } from "../send-view.js";

/** As the reference understands a boolean parameter. */
const TRUE = ["true", "True", "1", "yes", "on", "t", "y"] as const;
const FALSE = ["false", "False", "0", "no", "off", "f", "n"] as const;
const booleanText = (description: string) =>
  Type.Enum([...TRUE, ...FALSE] as const, { description, default: "true" as const, examples: ["false"] });
const isTrue = (text: string) => (TRUE as readonly string[]).includes(text);

const pattern = (subject: string) =>
  Type.Optional(
    Type.String({ examples: ["!x*"], description: `${subject}; \`*\` is any text, a leading \`!\` turns it round` }),
  );

const SearchQuery = Type.Object({
  query: Type.Optional(
    Type.String({ examples: ["a0"], description: "Part of the name, the description or the owner" }),
  ),
  only_active: booleanText("Running experiments only"),
  owner: pattern("Owner"),
  exp_type: Type.Optional(Type.Enum(["test", "operational", "experiment"] as const, { examples: ["experiment"] })),
  autosubmit_version: pattern("The version that created the experiment"),
  hpc: pattern("Main platform"),
  order_by: Type.Optional(Type.Enum(["expid", "created", "description"] as const, { examples: ["created"] })),
  order_desc: booleanText("Descending order"),
  page: Type.Integer({ minimum: 1, default: 1, examples: [1] }),
  page_size: Type.Integer({ default: 12, examples: [50], description: "All experiments unless positive" }),
});

/** Finding experiments, and the status of one with what tells it. */
export function experimentListRoutes(app: RouteApp, { renderPool }: RouteServices): void {
  app.get(
    "/v4/experiments",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "Experiments",
        querystring: SearchQuery,
        response: v4Responses(ExperimentsV4),
      },
    },
    (request, reply) => {
      const query = request.query;
      const parameters = {
        query: query.query ?? null,
        onlyActive: isTrue(query.only_active),
        owner: query.owner ?? null,
        type: query.exp_type ?? null,
        autosubmitVersion: query.autosubmit_version ?? null,
        hpc: query.hpc ?? null,
        orderBy: query.order_by ?? null,
        descending: isTrue(query.order_desc),
        page: query.page,
        pageSize: query.page_size,
      };
      return sendV4View(
        { request, reply, renderPool },
        { view: "v4.experiments", expid: null, parameters, light: true },
      );
    },
  );

  app.get(
    "/v4/experiments/:expid/status",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "Whether Autosubmit works on an experiment, and what tells",
        params: ExperimentParams,
        response: v4Responses(ExperimentStatusV4),
      },
    },
    (request, reply) =>
      sendV4View(
        { request, reply, renderPool },
        { view: "v4.status", expid: request.params.expid, parameters: {}, light: true },
      ),
  );
}
