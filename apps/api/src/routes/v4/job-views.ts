import {
  ErrorV4,
  EtaV4,
  JobChildrenV4,
  JobDetailV4,
  JobParentsV4,
  JobsCategoryTreeV4,
  Reference,
} from "@autosubmit-api/shared-types";
import { type TSchema, Type } from "typebox";
import type { RouteApp, RouteServices } from "../route-app.js";
import { ExperimentParams, v4Responses } from "../schemas.js";
import { sendV4View } from "../send-view.js";

const JobParams = Type.Object({
  ...ExperimentParams.properties,
  job_name: Type.String({ examples: ["a000_20000101_fc0_1_SIM"] }),
});

const RelativesQuery = Type.Object({
  include_status: Type.Boolean({
    default: false,
    examples: [true],
    description: "Whether to tell each job's status as well",
  }),
});

const EtaQuery = Type.Object({
  section: Type.String({ default: "SIM", examples: ["SIM"], description: "Job section to estimate" }),
});

const etaResponses: Record<number, TSchema> = {
  ...v4Responses(EtaV4),
  400: Reference(ErrorV4, "No job is of that section"),
};

/** Single jobs, and what is worked out from all of them. */
export function jobViewRoutes(app: RouteApp, { renderPool }: RouteServices): void {
  app.get(
    "/v4/experiments/:expid/jobs/:job_name",
    {
      config: { access: "read" },
      schema: { tags: ["v4"], summary: "A job in detail", params: JobParams, response: v4Responses(JobDetailV4) },
    },
    (request, reply) => {
      const { expid, job_name: jobName } = request.params;
      return sendV4View({ request, reply, renderPool }, { view: "v4.job", expid, parameters: { jobName } });
    },
  );

  app.get(
    "/v4/experiments/:expid/jobs/:job_name/parents",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "The jobs that a job waits for",
        params: JobParams,
        querystring: RelativesQuery,
        response: v4Responses(JobParentsV4),
      },
    },
    (request, reply) => {
      const { expid, job_name: jobName } = request.params;
      const includeStatus = request.query.include_status;
      const parameters = { jobName, includeStatus };
      return sendV4View({ request, reply, renderPool }, { view: "v4.job.parents", expid, parameters });
    },
  );

  app.get(
    "/v4/experiments/:expid/jobs/:job_name/children",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "The jobs that wait for a job",
        params: JobParams,
        querystring: RelativesQuery,
        response: v4Responses(JobChildrenV4),
      },
    },
    (request, reply) => {
      const { expid, job_name: jobName } = request.params;
      const includeStatus = request.query.include_status;
      const parameters = { jobName, includeStatus };
      return sendV4View({ request, reply, renderPool }, { view: "v4.job.children", expid, parameters });
    },
  );

  app.get(
    "/v4/experiments/:expid/eta",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "How long the remaining chunks of a section will take",
        params: ExperimentParams,
        querystring: EtaQuery,
        response: etaResponses,
      },
    },
    (request, reply) => {
      const { section } = request.query;
      return sendV4View(
        { request, reply, renderPool },
        { view: "v4.eta", expid: request.params.expid, parameters: { section } },
      );
    },
  );

  app.get(
    "/v4/experiments/:expid/jobs-category-tree",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "Number of jobs by date, member, section and status",
        params: ExperimentParams,
        response: v4Responses(JobsCategoryTreeV4),
      },
    },
    (request, reply) =>
      sendV4View(
        { request, reply, renderPool },
        { view: "v4.jobs-category-tree", expid: request.params.expid, parameters: {} },
      ),
  );
}
