import { JobHistoryV3, PerformanceV3, RunsV3, StatisticsV3 } from "@autosubmit-api/shared-types";
import { Type } from "typebox";
import { presentJobHistoryFailure } from "../../presenters/v3/job-history.js";
import { presentPerformanceFailure } from "../../presenters/v3/performance.js";
import { presentRunsFailure } from "../../presenters/v3/runs.js";
import { presentStatisticsFailure } from "../../presenters/v3/statistics.js";
import type { RouteApp, RouteServices } from "../route-app.js";
import { ExperimentParams, v3Responses } from "../schemas.js";
import { sendV3View } from "../send-view.js";

const StatisticsParams = Type.Object({
  ...ExperimentParams.properties,
  hours: Type.String({
    description: "Only jobs that were active in these hours before now; 0 for all",
    examples: ["0"],
  }),
  section: Type.String({ description: "Job section, or Any", examples: ["Any"] }),
});

const JobParams = Type.Object({
  ...ExperimentParams.properties,
  job: Type.String({ description: "Job name", examples: ["a000_20000101_fc0_1_SIM"] }),
});

/** What a whole number looks like to Python's `int`, which clients were written against. */
const WHOLE_NUMBER = /^\s*[+-]?\d+(_\d+)*\s*$/;
const ANY_SECTION = "Any";

/** Performance, runs, statistics and the history of a job. */
export function historyRoutes(app: RouteApp, { renderPool }: RouteServices): void {
  app.get(
    "/v3/performance/:expid",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "Performance metrics of an experiment",
        params: ExperimentParams,
        response: v3Responses(PerformanceV3),
      },
    },
    (request, reply) =>
      sendV3View(
        { request, reply, renderPool },
        { view: "v3.performance", expid: request.params.expid, parameters: {} },
        presentPerformanceFailure,
      ),
  );

  app.get(
    "/v3/runs/:expid",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "The runs of an experiment and their speed",
        params: ExperimentParams,
        response: v3Responses(RunsV3),
      },
    },
    (request, reply) =>
      sendV3View(
        { request, reply, renderPool },
        { view: "v3.runs", expid: request.params.expid, parameters: {} },
        presentRunsFailure,
      ),
  );

  app.get(
    "/v3/stats/:expid/:hours/:section",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "What the jobs of an experiment consumed",
        params: StatisticsParams,
        response: v3Responses(StatisticsV3),
      },
    },
    (request, reply) => {
      const { expid, hours, section } = request.params;
      if (!WHOLE_NUMBER.test(hours))
        return reply.send(presentStatisticsFailure(`${JSON.stringify(hours)} is not a whole number of hours`));
      const parameters = {
        hours: Number(hours.replaceAll("_", "")),
        section: section === ANY_SECTION ? null : section,
      };
      return sendV3View(
        { request, reply, renderPool },
        { view: "v3.stats", expid, parameters },
        presentStatisticsFailure,
      );
    },
  );

  app.get(
    "/v3/history/:expid/:job",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "Every attempt of a job",
        params: JobParams,
        response: v3Responses(JobHistoryV3),
      },
    },
    (request, reply) =>
      sendV3View(
        { request, reply, renderPool },
        { view: "v3.history", expid: request.params.expid, parameters: { jobName: request.params.job } },
        (message) => presentJobHistoryFailure(message, ""),
      ),
  );
}
