import { JobsHistoryV4, PerformanceV4, RunsV4, UserMetricsRunsV4, UserMetricsV4 } from "@autosubmit-api/shared-types";
import { type Static, Type } from "typebox";
import { RECORD_CONTENT_TYPES, RECORD_FORMATS } from "../../render/record-text.js";
import type { JobsHistoryParameters } from "../../render/views/jobs-history.js";
import type { RouteApp, RouteServices } from "../route-app.js";
import { ExperimentParams, recordResponses, v4Responses } from "../schemas.js";
import { type PagesSoFar, sendV4Pages } from "../send-pages.js";
import { sendV4View } from "../send-view.js";

const RunParams = Type.Object({
  ...ExperimentParams.properties,
  run_id: Type.Integer({ description: "Number of the run", examples: [1] }),
});

const list = (description: string, pattern: string, example: string) =>
  Type.Optional(
    Type.String({ description: `${description}, comma-separated`, minLength: 1, pattern, examples: [example] }),
  );
const instant = (description: string) =>
  Type.Optional(Type.String({ description, format: "date-time", examples: ["2026-01-01T00:00:00+01:00"] }));

const JobsHistoryQuery = Type.Object({
  format: Type.Enum(RECORD_FORMATS, { default: "json", examples: ["csv"] }),
  section: list("Only attempts of these sections", "^[^,]+(,[^,]+)*$", "SIM,POST"),
  status: list("Only attempts of these statuses, as stored", "^[A-Za-z]+(,[A-Za-z]+)*$", "COMPLETED,FAILED"),
  run_id: list("Only attempts of these runs", "^\\d{1,15}(,\\d{1,15})*$", "1,2"),
  submitted_from: instant("Only attempts submitted at or after this instant"),
  submitted_before: instant("Only attempts submitted before this instant"),
});

/** Runs, user metrics, explained performance and the whole history of an experiment. */
export function historyRoutes(app: RouteApp, { renderPool }: RouteServices): void {
  app.get(
    "/v4/experiments/:expid/runs",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "The runs of an experiment",
        params: ExperimentParams,
        response: v4Responses(RunsV4),
      },
    },
    (request, reply) =>
      sendV4View(
        { request, reply, renderPool },
        { view: "v4.runs", expid: request.params.expid, parameters: {}, light: true },
      ),
  );

  app.get(
    "/v4/experiments/:expid/runs/:run_id/user-metrics",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "The metrics that jobs of a run reported",
        params: RunParams,
        response: v4Responses(UserMetricsV4),
      },
    },
    (request, reply) =>
      sendV4View(
        { request, reply, renderPool },
        {
          view: "v4.user-metrics",
          expid: request.params.expid,
          parameters: { runId: request.params.run_id },
          light: true,
        },
      ),
  );

  app.get(
    "/v4/experiments/:expid/user-metrics-runs",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "The runs with metrics that jobs reported",
        params: ExperimentParams,
        response: v4Responses(UserMetricsRunsV4),
      },
    },
    (request, reply) =>
      sendV4View(
        { request, reply, renderPool },
        { view: "v4.user-metrics-runs", expid: request.params.expid, parameters: {}, light: true },
      ),
  );

  app.get(
    "/v4/experiments/:expid/performance",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "Performance metrics, each with its formula, inputs, jobs and missing data",
        params: ExperimentParams,
        response: v4Responses(PerformanceV4),
      },
    },
    (request, reply) =>
      sendV4View(
        { request, reply, renderPool },
        { view: "v4.performance", expid: request.params.expid, parameters: {} },
      ),
  );

  app.get(
    "/v4/experiments/:expid/jobs-history",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "Every attempt of every job, streamed as JSON, CSV or newline-delimited JSON",
        params: ExperimentParams,
        querystring: JobsHistoryQuery,
        response: recordResponses(JobsHistoryV4),
      },
    },
    (request, reply) => {
      const { expid } = request.params;
      const { format } = request.query;
      const filter = jobsHistoryFilter(request.query);
      return sendV4Pages(
        { request, reply, renderPool },
        {
          contentType: RECORD_CONTENT_TYPES[format],
          fileName: format === "json" ? null : `jobs_history_${expid}.${format}`,
          page: ({ after, hasEarlier }: PagesSoFar) => ({
            view: "v4.jobs-history",
            expid,
            parameters: { ...filter, format, after, hasEarlier },
            light: true,
          }),
        },
      );
    },
  );
}

function jobsHistoryFilter(
  query: Static<typeof JobsHistoryQuery>,
): Omit<JobsHistoryParameters, "format" | "after" | "hasEarlier"> {
  const seconds = (text: string | undefined) => (text === undefined ? null : Date.parse(text) / 1000);
  return {
    sections: query.section ?? null,
    statuses: query.status?.toUpperCase() ?? null,
    runIds: query.run_id ?? null,
    submittedFrom: seconds(query.submitted_from),
    submittedBefore: seconds(query.submitted_before),
  };
}
