import {
  CommandDoneV4,
  ExperimentCreatedV4Alpha,
  RunnerDetailV4Alpha,
  RunnerRunStatusV4,
  RunStartedV4Alpha,
  RunStoppedV4,
} from "@autosubmit-api/shared-types";
import { Type } from "typebox";
import { presentRunStatus } from "../../presenters/v4/runners.js";
import { versionCommand } from "../../runners/autosubmit-command.js";
import { CommandRefusal } from "../../runners/command-refusal.js";
import { completeRequest } from "../../runners/complete-profile.js";
import { MODULE_LOADER_TYPES, RUNNER_TYPES, type RunnerTarget } from "../../runners/configuration.js";
import { type CommandOrder, runOrder, runToEnd } from "../command-exchange.js";
import { createExperimentOrder, createJobListOrder, setStatusOrder, startOrder, stopOrder } from "../command-orders.js";
import { commandResponses } from "../command-responses.js";
import type { RouteApp, RouteServices } from "../route-app.js";
import { dryRun, ExperimentParams, experimentOf, given, JobStatusParams, selectionOf } from "../runner-bodies.js";
import { ExperimentParams as PathOfExperiment, uncachedResponses } from "../schemas.js";

const tags = ["v4alpha"];
const config = { access: "operate" } as const;

const Account = Type.Object({
  ssh_host: Type.Optional(Type.Unsafe<string | null>({ type: ["string", "null"] })),
  ssh_user: Type.Optional(Type.Unsafe<string | null>({ type: ["string", "null"] })),
  ssh_port: Type.Optional(Type.Unsafe<number | null>({ type: ["integer", "null"] })),
});

const modules = Type.Optional(Type.Union([Type.Null(), Type.String(), Type.Array(Type.String())]));

/** A runner that the request describes itself. */
const runner = {
  runner: Type.Enum(RUNNER_TYPES, { examples: ["LOCAL"] }),
  module_loader: Type.Enum(MODULE_LOADER_TYPES, { examples: ["NO_MODULE"] }),
  modules,
};
const runnerBody = {
  ...runner,
  runner_extra_params: Type.Optional(Type.Unsafe<Account | null>({ ...Account, type: ["object", "null"] })),
  dryRun,
};

const EXAMPLE = { runner: "LOCAL", module_loader: "NO_MODULE", dryRun: true };

interface Account {
  ssh_host?: string | null;
  ssh_user?: string | null;
  ssh_port?: number | null;
}

interface RunnerChoice {
  runner: string;
  module_loader: string;
  modules?: string | string[] | null;
  runner_extra_params?: Account | null;
  dryRun?: boolean;
}

function optionsOf({ runners }: RouteServices, body: RunnerChoice) {
  const { ssh_host: host = null, ssh_user: username = null, ssh_port: port = null } = body.runner_extra_params ?? {};
  const wanted = {
    runnerType: body.runner,
    moduleLoader: body.module_loader,
    modules: body.modules ?? null,
    ssh: { host, username, port },
  };
  return { dryRun: body.dryRun ?? false, target: () => completeRequest(runners.configuration, wanted) };
}

const present = ({ runner, environment }: RunnerTarget) => ({
  runner,
  module_loader: environment.loader,
  modules: [...environment.modules],
});

/** The first form of the commands: each request describes its runner, of a type that the site enabled. */
export function runnerRoutes(app: RouteApp, services: RouteServices): void {
  detailRoute(app, services);
  runRoutes(app, services);
  jobRoutes(app, services);
  createExperimentRoute(app, services);
}

function detailRoute(app: RouteApp, services: RouteServices): void {
  app.get(
    "/v4alpha/runner-detail",
    {
      config,
      schema: {
        tags,
        summary: "The version of Autosubmit that a runner has",
        // differs: the account is part of the query; a GET has no body that could be relied on.
        querystring: Type.Object({ ...runner, ...Account.properties }),
        response: commandResponses(RunnerDetailV4Alpha),
      },
    },
    (request) => {
      const { ssh_host = null, ssh_user = null, ssh_port = null, ...choice } = request.query;
      const options = optionsOf(services, { ...choice, runner_extra_params: { ssh_host, ssh_user, ssh_port } });
      const order: CommandOrder<object> = {
        ...options,
        name: "runner-detail",
        group: null,
        expid: null,
        failure: "Failed to get version from runner",
        command: versionCommand,
        jobs: null,
        execute: async (target, command) => {
          const version = (await runToEnd(services, target, command)).trim();
          return { ...present(target), version };
        },
      };
      return runOrder(request, services, order);
    },
  );
}

function runRoutes(app: RouteApp, services: RouteServices): void {
  app.post(
    "/v4alpha/experiments/:expid/run-experiment",
    {
      config,
      schema: {
        tags,
        summary: "Start an experiment",
        params: PathOfExperiment,
        body: Type.Object(runnerBody, { examples: [EXAMPLE] }),
        response: commandResponses(RunStartedV4Alpha),
      },
    },
    (request) => {
      const { expid } = request.params;
      const order = startOrder(services, expid, optionsOf(services, request.body), ({ id, pid }, target) => ({
        expid,
        ...present(target),
        runner_id: id,
        pid,
      }));
      return runOrder(request, services, order);
    },
  );
  app.post(
    "/v4alpha/experiments/:expid/stop-experiment",
    {
      config,
      schema: {
        tags,
        summary: "Stop an experiment",
        params: PathOfExperiment,
        response: commandResponses(RunStoppedV4),
      },
    },
    (request) => runOrder(request, services, stopOrder(services, request.params.expid, false)),
  );
  app.get(
    "/v4alpha/experiments/:expid/get-runner-status",
    {
      config: { access: "read" },
      schema: {
        tags,
        summary: "The last run of an experiment that the API started",
        params: PathOfExperiment,
        response: uncachedResponses(RunnerRunStatusV4),
      },
    },
    async (request) => {
      const run = await services.runners.runs.last(request.params.expid);
      if (run === null) throw new CommandRefusal(404, `No runner process found for expid: ${request.params.expid}`);
      return presentRunStatus(run.expid, run);
    },
  );
}

const flag = Type.Optional(Type.Unsafe<boolean | null>({ type: ["boolean", "null"] }));

function jobRoutes(app: RouteApp, services: RouteServices): void {
  app.post(
    "/v4alpha/experiments/:expid/create-job-list",
    {
      config,
      schema: {
        tags,
        summary: "Create the job list of an experiment",
        params: PathOfExperiment,
        body: Type.Object(
          { ...runnerBody, check_wrapper: flag, update_version: flag, force: flag },
          { examples: [EXAMPLE] },
        ),
        response: commandResponses(CommandDoneV4),
      },
    },
    (request) => {
      const { check_wrapper, update_version, force } = request.body;
      const creation = {
        expid: request.params.expid,
        checkWrapper: check_wrapper ?? false,
        updateVersion: update_version ?? false,
        force: force ?? false,
      };
      return runOrder(request, services, createJobListOrder(services, creation, optionsOf(services, request.body)));
    },
  );
  app.post(
    "/v4alpha/experiments/:expid/set-job-status",
    {
      config,
      schema: {
        tags,
        summary: "Set the status of jobs",
        params: PathOfExperiment,
        body: Type.Object(
          { ...runnerBody, ...JobStatusParams },
          { examples: [{ ...EXAMPLE, final_status: "READY", filter_status: "FAILED" }] },
        ),
        response: commandResponses(CommandDoneV4),
      },
    },
    (request) => {
      const { final_status, check_wrapper, update_version } = request.body;
      const change = {
        expid: request.params.expid,
        finalStatus: given(final_status) ?? "",
        selection: selectionOf(request.body),
        checkWrapper: check_wrapper ?? false,
        updateVersion: update_version ?? false,
      };
      return runOrder(request, services, setStatusOrder(services, change, optionsOf(services, request.body)));
    },
  );
}

function createExperimentRoute(app: RouteApp, services: RouteServices): void {
  app.post(
    "/v4alpha/runner-create-experiment",
    {
      config,
      schema: {
        tags,
        summary: "Create an experiment",
        body: Type.Object(
          { ...runnerBody, ...ExperimentParams },
          { examples: [{ ...EXAMPLE, description: "A test", hpc: "LOCAL" }] },
        ),
        response: commandResponses(ExperimentCreatedV4Alpha),
      },
    },
    (request) => {
      const options = optionsOf(services, request.body);
      const order = createExperimentOrder(
        services,
        () => experimentOf(request.body),
        options,
        (expid, target) => ({
          message: "Experiment created successfully.",
          expid,
          ...present(target),
        }),
      );
      return runOrder(request, services, order);
    },
  );
}
