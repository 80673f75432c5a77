import { type Static, Type } from "typebox";
import { nullableText } from "./common.js";
import { Nullable } from "./schema.js";

const optional = (description: string) => Type.Optional(Type.String({ description }));

/** `GET /v4/runners/configuration/profiles`: templates of runners by name; what is left out is for the user to fill in. */
export const RunnerProfilesV4 = Type.Record(
  Type.String(),
  Type.Object({
    RUNNER_TYPE: optional("LOCAL or SSH"),
    MODULE_LOADER_TYPE: optional("CONDA, LMOD, VENV or NO_MODULE"),
    MODULES: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
    SSH: Type.Optional(
      Type.Object({ HOST: optional("Machine"), USERNAME: optional("Account"), PORT: Type.Optional(Type.Integer()) }),
    ),
  }),
  { $id: "RunnerProfilesV4" },
);
export type RunnerProfilesV4Body = Static<typeof RunnerProfilesV4>;

const Switch = Type.Object({ ENABLED: Type.Boolean() });

/** `GET /v4/runners/configuration/endpoints`: which groups of commands the site has switched on. */
export const RunnerEndpointsV4 = Type.Object(
  {
    SET_JOB_STATUS: Switch,
    CREATE_EXPERIMENT: Switch,
    RUNNER_RUN: Switch,
    UPDATE_EXPERIMENT_DETAILS: Switch,
  },
  { $id: "RunnerEndpointsV4" },
);
export type RunnerEndpointsV4Body = Static<typeof RunnerEndpointsV4>;

/** `GET /v4/runners/configuration/ssh-public-keys`. */
export const SshPublicKeysV4 = Type.Array(Type.String(), { $id: "SshPublicKeysV4" });
export type SshPublicKeysV4Body = Static<typeof SshPublicKeysV4>;

/** What a command would be (`dryRun`): nothing was run, nothing written. */
export const CommandPreviewV4 = Type.Object(
  {
    dry_run: Type.Literal(true),
    runner: Type.String({ description: "LOCAL or SSH" }),
    host: Type.String({ description: "localhost, or user@host:port" }),
    argv: Type.Array(Type.String(), {
      description: "The program and its arguments, each exactly as it would be given",
    }),
    stdin: Type.Unsafe<string | null>({ ...nullableText, description: "What it would read; null for nothing" }),
    job_count: Nullable(Type.Integer({ description: "Jobs that it would touch; null where only Autosubmit can tell" })),
    jobs: Nullable(
      Type.Array(Type.Object({ name: Type.String(), status: Type.String({ description: "The present one" }) })),
    ),
  },
  { $id: "CommandPreviewV4" },
);
export type CommandPreviewV4Body = Static<typeof CommandPreviewV4>;

/** A command did what it should. */
export const CommandDoneV4 = Type.Object({ message: Type.String() }, { $id: "CommandDoneV4" });
export type CommandDoneV4Body = Static<typeof CommandDoneV4>;

/** An experiment was started. */
export const RunStartedV4 = Type.Object(
  { message: Type.String(), runner_id: Type.Integer(), pid: Type.Integer() },
  { $id: "RunStartedV4" },
);
export type RunStartedV4Body = Static<typeof RunStartedV4>;

/** An experiment was stopped. */
export const RunStoppedV4 = Type.Object(
  {
    message: Type.String(),
    runner_id: Type.Integer(),
    stopped_by: Type.Unsafe<string | null>({
      ...nullableText,
      description: "autosubmit, or the signal that was needed; null when it ended by itself meanwhile",
    }),
  },
  { $id: "RunStoppedV4" },
);
export type RunStoppedV4Body = Static<typeof RunStoppedV4>;

/** An experiment was created. */
export const ExperimentCreatedV4 = Type.Object(
  { expid: Type.String(), message: Type.String() },
  { $id: "ExperimentCreatedV4" },
);
export type ExperimentCreatedV4Body = Static<typeof ExperimentCreatedV4>;

const run = {
  expid: Type.String(),
  runner_id: Type.Integer(),
  runner: Type.String(),
  module_loader: Type.String(),
  modules: Type.String({ description: "One a line" }),
  status: Type.String({ description: "ACTIVE, COMPLETED or TERMINATED" }),
  pid: Type.Integer({ description: "0 while it is being started" }),
  created: Type.String(),
  modified: Type.String(),
};

/**
 * `POST /v4/runners/command/get-runner-run-status`. All but `expid` is null when the API never started a run of the
 * experiment: GUIs ask every ten seconds, whether there is one or not.
 */
export const RunnerRunStatusV4 = Type.Object(
  {
    expid: run.expid,
    runner_id: Nullable(run.runner_id),
    runner: Nullable(run.runner),
    module_loader: Nullable(run.module_loader),
    modules: Nullable(run.modules),
    status: Nullable(run.status),
    pid: Nullable(run.pid),
    created: Nullable(run.created),
    modified: Nullable(run.modified),
  },
  { $id: "RunnerRunStatusV4" },
);
export type RunnerRunStatusV4Body = Static<typeof RunnerRunStatusV4>;

/** `GET /v4/runners/processes/{id}`. */
export const RunnerProcessV4 = Type.Object(
  {
    ...run,
    exit_code: Nullable(
      Type.Integer({ description: "128 + a signal's number; null while it runs, or when nobody saw it" }),
    ),
    stopped_by: Type.Unsafe<string | null>({ ...nullableText, description: "Null when nobody stopped it" }),
    failure: Type.Unsafe<string | null>({ ...nullableText, description: "Why it could not be started" }),
    output: Nullable(
      Type.Object({
        text: Type.String({ description: "The end of what it printed" }),
        truncated: Type.Boolean({ description: "Whether there was more" }),
      }),
    ),
  },
  { $id: "RunnerProcessV4" },
);
export type RunnerProcessV4Body = Static<typeof RunnerProcessV4>;

/** `/v4alpha`: an experiment was started. */
export const RunStartedV4Alpha = Type.Object(
  {
    expid: Type.String(),
    runner: Type.String(),
    module_loader: Type.String(),
    modules: Type.Array(Type.String()),
    runner_id: Type.Integer(),
    pid: Type.Integer(),
  },
  { $id: "RunStartedV4Alpha" },
);
export type RunStartedV4AlphaBody = Static<typeof RunStartedV4Alpha>;

/** `/v4alpha/runner-create-experiment`. */
export const ExperimentCreatedV4Alpha = Type.Object(
  {
    message: Type.String(),
    expid: Type.String(),
    runner: Type.String(),
    module_loader: Type.String(),
    modules: Type.Array(Type.String()),
  },
  { $id: "ExperimentCreatedV4Alpha" },
);
export type ExperimentCreatedV4AlphaBody = Static<typeof ExperimentCreatedV4Alpha>;

/** `/v4alpha/runner-detail`. */
export const RunnerDetailV4Alpha = Type.Object(
  {
    runner: Type.String(),
    module_loader: Type.String(),
    modules: Type.Array(Type.String()),
    version: Type.String({ description: "What `autosubmit -v` says" }),
  },
  { $id: "RunnerDetailV4Alpha" },
);
export type RunnerDetailV4AlphaBody = Static<typeof RunnerDetailV4Alpha>;
