import {
  CommandDoneV4,
  ErrorV4,
  ExperimentCreatedV4,
  Reference,
  RunnerEndpointsV4,
  RunnerProcessV4,
  RunnerProfilesV4,
  RunnerRunStatusV4,
  RunStartedV4,
  RunStoppedV4,
  SshPublicKeysV4,
} from "@autosubmit-api/shared-types";
import { type TSchema, Type } from "typebox";
import { presentEndpoints, presentProcess, presentProfiles, presentRunStatus } from "../../presenters/v4/runners.js";
import { CommandRefusal } from "../../runners/command-refusal.js";
import { completeProfile } from "../../runners/complete-profile.js";
import { detailsOf } from "../../runners/run-record.js";
import { readPublicKeys } from "../../runners/ssh-public-keys.js";
import { runOrder } from "../command-exchange.js";
import {
  createExperimentOrder,
  setStatusOrder,
  startOrder,
  stopOrder,
  updateDescriptionOrder,
} from "../command-orders.js";
import { commandResponses } from "../command-responses.js";
import type { RouteApp, RouteServices } from "../route-app.js";
import {
  dryRun,
  ExperimentParams,
  experimentOf,
  expid,
  given,
  JobStatusParams,
  profile,
  runnerRequestOf,
  selectionOf,
} from "../runner-bodies.js";
import { uncachedResponses } from "../schemas.js";

const tags = ["v4"];
const KEPT_OUTPUT_BYTES = 64 * 1024;

/** Commands on experiments, and what of them is configured and recorded (GUI contract §1.7). */
export function runnerRoutes(app: RouteApp, services: RouteServices): void {
  configurationRoutes(app, services);
  statusRoutes(app, services);
  runRoutes(app, services);
  jobRoutes(app, services);
  experimentRoutes(app, services);
}

interface ProfileChoice {
  profile_name: string;
  profile_params?: Record<string, unknown> | null;
  dryRun?: boolean;
}

function optionsOf({ runners }: RouteServices, body: ProfileChoice) {
  return {
    dryRun: body.dryRun ?? false,
    target: () => completeProfile(runners.configuration, body.profile_name, runnerRequestOf(body.profile_params)),
  };
}

function configurationRoutes(app: RouteApp, { runners }: RouteServices): void {
  const { configuration } = runners;
  const config = { access: "read" } as const;
  app.get(
    "/v4/runners/configuration/profiles",
    { config, schema: { tags, summary: "Templates of runners", response: uncachedResponses(RunnerProfilesV4) } },
    async () => presentProfiles(configuration),
  );
  app.get(
    "/v4/runners/configuration/endpoints",
    {
      config,
      schema: { tags, summary: "Commands that are switched on", response: uncachedResponses(RunnerEndpointsV4) },
    },
    async () => presentEndpoints(configuration),
  );
  app.get(
    "/v4/runners/configuration/ssh-public-keys",
    { config, schema: { tags, summary: "Keys that users may trust", response: uncachedResponses(SshPublicKeysV4) } },
    async (request) => {
      const { keys, unusable } = await readPublicKeys(configuration.sshPublicKeys);
      if (unusable.length > 0) request.log.warn({ unusable }, "entries of SSH_PUBLIC_KEYS show no key");
      return keys;
    },
  );
}

const statusResponses: Record<number, TSchema> = {
  ...uncachedResponses(RunnerRunStatusV4),
  403: Reference(ErrorV4, "Not enabled at this site"),
};

function statusRoutes(app: RouteApp, { runners }: RouteServices): void {
  app.post(
    "/v4/runners/command/get-runner-run-status",
    {
      config: { access: "read" },
      schema: {
        tags,
        summary: "The last run of an experiment that the API started",
        body: Type.Object({ expid }, { examples: [{ expid: "a000" }] }),
        response: statusResponses,
      },
    },
    async (request) => {
      if (!runners.configuration.endpoints.RUNNER_RUN.enabled)
        throw new CommandRefusal(403, "The get-runner-run-status endpoint is currently disabled.");
      return presentRunStatus(request.body.expid, await runners.runs.last(request.body.expid));
    },
  );
  app.get(
    "/v4/runners/processes/:id",
    {
      config: { access: "read" },
      schema: {
        tags,
        summary: "A run that the API started, and the end of what it printed",
        params: Type.Object({
          id: Type.Integer({
            minimum: 0,
            maximum: Number.MAX_SAFE_INTEGER,
            examples: [1],
            description: "`runner_id` of its start",
          }),
        }),
        response: uncachedResponses(RunnerProcessV4),
      },
    },
    async (request) => {
      const run = await runners.runs.find(request.params.id);
      if (run === null) throw new CommandRefusal(404, `There is no run ${request.params.id}`);
      const output = await runners.runs.output(run, KEPT_OUTPUT_BYTES);
      return presentProcess(run, detailsOf(run), output);
    },
  );
}

function runRoutes(app: RouteApp, services: RouteServices): void {
  app.post(
    "/v4/runners/command/run-experiment",
    {
      config: { access: "operate" },
      schema: {
        tags,
        summary: "Start an experiment",
        body: Type.Object(
          { expid, ...profile, dryRun },
          { examples: [{ expid: "a000", profile_name: "HERE", dryRun: true }] },
        ),
        response: commandResponses(RunStartedV4),
      },
    },
    (request) =>
      runOrder(
        request,
        services,
        startOrder(services, request.body.expid, optionsOf(services, request.body), ({ id, pid }) => ({
          message: `Experiment ${request.body.expid} started successfully.`,
          runner_id: id,
          pid,
        })),
      ),
  );
  app.post(
    "/v4/runners/command/stop-experiment",
    {
      config: { access: "operate" },
      schema: {
        tags,
        summary: "Stop an experiment that the API started",
        body: Type.Object({ expid, dryRun }, { examples: [{ expid: "a000", dryRun: true }] }),
        response: commandResponses(RunStoppedV4),
      },
    },
    (request) => runOrder(request, services, stopOrder(services, request.body.expid, request.body.dryRun ?? false)),
  );
}

function jobRoutes(app: RouteApp, services: RouteServices): void {
  app.post(
    "/v4/runners/command/set-job-status",
    {
      config: { access: "operate" },
      schema: {
        tags,
        summary: "Set the status of jobs",
        body: Type.Object(
          { expid, ...profile, command_params: Type.Object(JobStatusParams), dryRun },
          {
            examples: [
              {
                expid: "a000",
                profile_name: "HERE",
                command_params: { final_status: "READY", filter_status: "FAILED" },
                dryRun: true,
              },
            ],
          },
        ),
        response: commandResponses(CommandDoneV4),
      },
    },
    (request) => {
      const { command_params: parameters } = request.body;
      const change = {
        expid: request.body.expid,
        finalStatus: given(parameters.final_status) ?? "",
        selection: selectionOf(parameters),
        checkWrapper: parameters.check_wrapper ?? false,
        updateVersion: parameters.update_version ?? false,
      };
      return runOrder(request, services, setStatusOrder(services, change, optionsOf(services, request.body)));
    },
  );
}

function experimentRoutes(app: RouteApp, services: RouteServices): void {
  app.post(
    "/v4/runners/command/create-experiment",
    {
      config: { access: "operate" },
      schema: {
        tags,
        summary: "Create an experiment",
        body: Type.Object(
          { ...profile, command_params: Type.Object(ExperimentParams), dryRun },
          {
            examples: [{ profile_name: "HERE", command_params: { description: "A test", hpc: "LOCAL" }, dryRun: true }],
          },
        ),
        response: commandResponses(ExperimentCreatedV4),
      },
    },
    (request) => {
      const experiment = () => experimentOf(request.body.command_params);
      const options = optionsOf(services, request.body);
      const order = createExperimentOrder(services, experiment, options, (created) => ({
        expid: created,
        message: `Experiment ${created} created successfully.`,
      }));
      return runOrder(request, services, order);
    },
  );
  app.post(
    "/v4/runners/command/update-experiment-description",
    {
      config: { access: "operate" },
      schema: {
        tags,
        summary: "Change the description of an experiment",
        body: Type.Object(
          { expid, description: Type.String(), ...profile, dryRun },
          { examples: [{ expid: "a000", description: "Another one", profile_name: "HERE", dryRun: true }] },
        ),
        response: commandResponses(CommandDoneV4),
      },
    },
    (request) =>
      runOrder(request, services, updateDescriptionOrder(services, request.body, optionsOf(services, request.body))),
  );
}
