import { type Static, Type } from "typebox";
import type { AffectedJobsQuestion } from "../render/views/affected-jobs.js";
import { filteredStatuses, type JobSelection, type NewExperiment } from "../runners/autosubmit-command.js";
import { CommandRefusal } from "../runners/command-refusal.js";
import type { RunnerRequest } from "../runners/complete-profile.js";

const MOST_JOBS = 20_000;
const LONGEST_TEXT = 8_192;

/** A text that forms leave empty or null when it is not given. */
const text = (description: string) =>
  Type.Optional(Type.Unsafe<string | null>({ type: ["string", "null"], maxLength: LONGEST_TEXT, description }));
const flag = (description: string) =>
  Type.Optional(Type.Unsafe<boolean | null>({ type: ["boolean", "null"], description }));

export const dryRun = Type.Optional(
  Type.Boolean({ default: false, description: "Only tell the exact command and the jobs it would touch" }),
);
export const expid = Type.String({ description: "Experiment identifier", examples: ["a000"] });

/** Parameters of a runner that its profile leaves to the user, or null. */
const ProfileParams = Type.Optional(
  Type.Unsafe<Record<string, unknown> | null>({
    type: ["object", "null"],
    additionalProperties: true,
    description:
      "RUNNER_TYPE, MODULE_LOADER_TYPE, MODULES, SSH: {HOST, USERNAME, PORT}, where the profile leaves them open",
  }),
);

export const profile = { profile_name: Type.String({ maxLength: 256 }), profile_params: ProfileParams };

export const JobStatusParams = {
  job_names_list: Type.Optional(
    Type.Unsafe<string[] | null>({
      type: ["array", "null"],
      items: { type: "string", maxLength: 256 },
      maxItems: MOST_JOBS,
    }),
  ),
  final_status: text("Status to set"),
  filter_chunks: text("As Autosubmit's -fc"),
  filter_status: text("As Autosubmit's -fs"),
  filter_type: text("As Autosubmit's -ft"),
  filter_type_chunk: text("As Autosubmit's -ftc"),
  filter_type_chunk_split: text("As Autosubmit's -ftcs"),
  check_wrapper: flag("Generate wrappers"),
  update_version: flag("Update the experiment's version"),
};
const JobStatusBody = Type.Object(JobStatusParams);
export type JobStatusParameters = Static<typeof JobStatusBody>;

export const ExperimentParams = {
  description: text("What the experiment is for"),
  git_repo: text("Repository"),
  git_branch: text("Branch"),
  minimal: flag("Minimal configuration"),
  config_path: text("Folder of the configuration, in the repository"),
  hpc: text("Platform"),
  use_local_minimal: flag("Use a local minimal.yml"),
  operational: flag("Operational experiment"),
  testcase: flag("Test case"),
  copy: text("Experiment to copy"),
};
const ExperimentBody = Type.Object(ExperimentParams);
export type ExperimentParameters = Static<typeof ExperimentBody>;

/** A text as it was given; null for what forms send when nothing was. */
export const given = (value: string | null | undefined): string | null =>
  value === null || value === undefined || value === "" ? null : value;

export function selectionOf(parameters: JobStatusParameters): JobSelection {
  return {
    names: parameters.job_names_list ?? [],
    chunks: given(parameters.filter_chunks),
    statuses: given(parameters.filter_status),
    sections: given(parameters.filter_type),
    typeChunks: given(parameters.filter_type_chunk),
    typeChunkSplits: given(parameters.filter_type_chunk_split),
  };
}

/**
 * The question which jobs a selection means; null where only Autosubmit can tell: its language of chunks and splits differs
 * between versions.
 */
export function questionOf({ names, chunks, statuses, sections, ...types }: JobSelection): AffectedJobsQuestion | null {
  const isPlain = sections === null || !/[[\]*:]/.test(sections);
  if (chunks !== null || types.typeChunks !== null || types.typeChunkSplits !== null || !isPlain) return null;
  const wanted = statuses === null ? null : filteredStatuses(statuses);
  const named = sections === null ? null : sections.split(/[\s,]+/).filter((name) => name !== "");
  return {
    names: names.length === 0 ? null : names.join(" "),
    statuses: wanted === null ? null : [...wanted].join(" "),
    sections: named === null || named.some((name) => name.toUpperCase() === "ANY") ? null : named.join(" "),
  };
}

export function experimentOf(parameters: ExperimentParameters): NewExperiment {
  const description = given(parameters.description);
  if (description === null) throw new CommandRefusal(400, "Description is required to create an experiment.");
  return {
    description,
    gitRepository: given(parameters.git_repo),
    gitBranch: given(parameters.git_branch),
    minimal: parameters.minimal ?? false,
    configurationPath: given(parameters.config_path),
    hpc: given(parameters.hpc),
    useLocalMinimal: parameters.use_local_minimal ?? false,
    operational: parameters.operational ?? false,
    testcase: parameters.testcase ?? false,
    copy: given(parameters.copy),
  };
}

/**
 * What `profile_params` says of a runner.
 * @throws CommandRefusal for what it cannot say: ignored, it would not be what was asked for
 */
export function runnerRequestOf(parameters: Record<string, unknown> | null | undefined): RunnerRequest {
  const { RUNNER_TYPE, MODULE_LOADER_TYPE, MODULES, SSH, ...others } = parameters ?? {};
  refuseOthers("profile_params", others);
  const { HOST, USERNAME, USER, PORT, ...otherSsh } = mappingOf("profile_params.SSH", SSH);
  refuseOthers("profile_params.SSH", otherSsh);
  return {
    runnerType: textOf("RUNNER_TYPE", RUNNER_TYPE),
    moduleLoader: textOf("MODULE_LOADER_TYPE", MODULE_LOADER_TYPE),
    modules: Array.isArray(MODULES) ? MODULES.map((name) => textOf("MODULES", name) ?? "") : textOf("MODULES", MODULES),
    ssh: {
      host: textOf("SSH.HOST", HOST),
      // The reference implementation's guide says USER, its code USERNAME.
      username: textOf("SSH.USERNAME", USERNAME) ?? textOf("SSH.USER", USER),
      port: typeof PORT === "number" ? PORT : textOf("SSH.PORT", PORT),
    },
  };
}

function mappingOf(parameter: string, value: unknown): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  if (typeof value === "object" && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new CommandRefusal(400, `${parameter} must be an object`);
}

function refuseOthers(parameter: string, others: Record<string, unknown>): void {
  const [name] = Object.keys(others);
  if (name !== undefined) throw new CommandRefusal(400, `${parameter} has no ${JSON.stringify(name.slice(0, 40))}`);
}

function textOf(parameter: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" && value.length <= LONGEST_TEXT) return given(value);
  throw new CommandRefusal(400, `${parameter} must be a text`);
}
