import { LogV3, RecoveryLogsV3 } from "@autosubmit-api/shared-types";
import { isExpid } from "autosubmit-reader";
import { Type } from "typebox";
import { presentLogFailure, presentRecoveryLogsFailure } from "../../presenters/v3/logs.js";
import type { RouteApp, RouteServices } from "../route-app.js";
import { ExperimentParams, v3Responses } from "../schemas.js";
import { sendV3View } from "../send-view.js";

const LogParams = Type.Object({
  logfile: Type.String({
    description: "Name of a job's log, which begins with the expid",
    examples: ["a000_20000101_fc0_1_SIM.20260504083833.out"],
  }),
});

/** The last 150 lines of logs. */
export function logRoutes(app: RouteApp, { renderPool }: RouteServices): void {
  app.get(
    "/v3/exprun/:expid",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "The end of the newest run log",
        params: ExperimentParams,
        response: v3Responses(LogV3),
      },
    },
    (request, reply) =>
      sendV3View(
        { request, reply, renderPool },
        { view: "v3.exprun", expid: request.params.expid, parameters: {} },
        (message) => presentLogFailure("", message),
      ),
  );

  app.get(
    "/v3/exp-recovery-logs/:expid",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "The end of each platform's newest log of the recovery of job logs",
        params: ExperimentParams,
        response: v3Responses(RecoveryLogsV3),
      },
    },
    (request, reply) =>
      sendV3View(
        { request, reply, renderPool },
        { view: "v3.exp-recovery-logs", expid: request.params.expid, parameters: {} },
        presentRecoveryLogsFailure,
      ),
  );

  app.get(
    "/v3/joblog/:logfile",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "The end of a job's log",
        params: LogParams,
        response: v3Responses(LogV3),
      },
    },
    (request, reply) => {
      const { logfile } = request.params;
      // An encoded slash is a slash, and no route has so many parts.
      if (logfile.includes("/")) return reply.callNotFound();
      const expid = logfile.split("_")[0] ?? "";
      return sendV3View(
        { request, reply, renderPool },
        { view: "v3.joblog", expid: isExpid(expid) ? expid : null, parameters: { expid, logfile } },
        (message) => presentLogFailure(logfile, message),
      );
    },
  );
}
