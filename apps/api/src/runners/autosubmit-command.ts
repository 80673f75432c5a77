import { JOB_STATUS_NAMES } from "@autosubmit-api/shared-types";
import type { Command } from "./command-host.js";
import { CommandRefusal } from "./command-refusal.js";
import {
  branchWord,
  descriptionWord,
  expidWord,
  filterWord,
  jobNameWord,
  pathWord,
  platformWord,
  repositoryWord,
  sectionsWord,
} from "./command-words.js";

/**
 * Autosubmit's commands as argument lists: the one place that knows its options (Autosubmit 4.0 to 4.2). Every value is
 * checked, and written as `--option=value` or after `--`, so that none becomes an option.
 */

/** What Linux takes as one argument, less what an option's name needs. */
const LONGEST_ARGUMENT_BYTES = 128 * 1024 - 64;

/** The jobs that a change of status is about; each part narrows. At least one is given. */
export interface JobSelection {
  names: readonly string[];
  chunks: string | null;
  /** Names of statuses, separated by commas or spaces. */
  statuses: string | null;
  sections: string | null;
  typeChunks: string | null;
  typeChunkSplits: string | null;
}

export interface StatusChange {
  expid: string;
  finalStatus: string;
  selection: JobSelection;
  checkWrapper: boolean;
  updateVersion: boolean;
}

export interface NewExperiment {
  description: string;
  gitRepository: string | null;
  gitBranch: string | null;
  minimal: boolean;
  /** In the repository, or on the machine. */
  configurationPath: string | null;
  hpc: string | null;
  useLocalMinimal: boolean;
  operational: boolean;
  testcase: boolean;
  /** The experiment to copy. */
  copy: string | null;
}

export interface JobListCreation {
  expid: string;
  checkWrapper: boolean;
  updateVersion: boolean;
  force: boolean;
}

const autosubmit = (...words: string[]): Command => ({ argv: ["autosubmit", ...words], stdin: null });

const flag = (isSet: boolean, option: string): string[] => (isSet ? [option] : []);

type WordCheck = (parameter: string, text: string) => string;

function optional(option: string, parameter: string, text: string | null, check: WordCheck): string[] {
  return text === null ? [] : [`${option}=${check(parameter, text)}`];
}

export function versionCommand(): Command {
  return autosubmit("-v");
}

export function runCommand(expid: string): Command {
  return autosubmit("run", expidWord("expid", expid));
}

/** Asks for confirmation up to 4.1.11, and has no option to give it there; so it is told on its standard input. */
export function stopCommand(expid: string): Command {
  return { ...autosubmit("stop", expidWord("expid", expid)), stdin: "y\n" };
}

export function updateDescriptionCommand(expid: string, description: string): Command {
  // Python's argparse would take it for a second mark of the end of options, and the description for nothing.
  if (description === "--") throw new CommandRefusal(400, "description must be more than two dashes");
  return autosubmit("updatedescrip", "--", expidWord("expid", expid), descriptionWord("description", description));
}

export function createJobListCommand({ expid, checkWrapper, updateVersion, force }: JobListCreation): Command {
  return autosubmit(
    "create",
    "-np",
    ...flag(checkWrapper, "--check_wrapper"),
    ...flag(updateVersion, "--update_version"),
    ...flag(force, "--force"),
    expidWord("expid", expid),
  );
}

/** @throws CommandRefusal for values that cannot be, and for options that exclude each other */
export function createExperimentCommand(experiment: NewExperiment): Command {
  const { description, hpc, copy, operational, testcase } = experiment;
  if (operational && testcase)
    throw new CommandRefusal(400, "operational and testcase exclude each other: an experiment is of one kind");
  return autosubmit(
    "expid",
    `--description=${descriptionWord("description", description)}`,
    ...optional("--git_repo", "git_repo", experiment.gitRepository, repositoryWord),
    ...optional("--git_branch", "git_branch", experiment.gitBranch, branchWord),
    ...flag(experiment.minimal, "--minimal_configuration"),
    ...optional("--git_as_conf", "config_path", experiment.configurationPath, pathWord),
    ...optional("--HPC", "hpc", hpc, platformWord),
    ...flag(experiment.useLocalMinimal, "--use_local_minimal"),
    ...flag(operational, "--operational"),
    ...flag(testcase, "--testcase"),
    ...optional("--copy", "copy", copy, expidWord),
  );
}

/** @throws CommandRefusal for values that cannot be, and when nothing says which jobs are meant */
export function setStatusCommand({ expid, finalStatus, selection, ...change }: StatusChange): Command {
  const filters = [
    ...(selection.names.length === 0 ? [] : [listOption(selection.names)]),
    ...optional("--filter_chunks", "filter_chunks", selection.chunks, filterWord),
    ...optional("--filter_status", "filter_status", selection.statuses, statusesWord),
    ...optional("--filter_type", "filter_type", selection.sections, sectionsWord),
    ...optional("--filter_type_chunk", "filter_type_chunk", selection.typeChunks, filterWord),
    ...optional("--filter_type_chunk_split", "filter_type_chunk_split", selection.typeChunkSplits, filterWord),
  ];
  if (filters.length === 0)
    throw new CommandRefusal(400, "job_names_list or a filter must say which jobs are to be changed");
  return autosubmit(
    "setstatus",
    expidWord("expid", expid),
    ...["-np", "-nt", "-s"],
    `--status_final=${statusWord("final_status", finalStatus)}`,
    ...filters,
    ...flag(change.checkWrapper, "--check_wrapper"),
    ...flag(change.updateVersion, "--update_version"),
  );
}

/** Autosubmit takes the names as one argument, separated by spaces. */
function listOption(names: readonly string[]): string {
  const list = names.map((name) => jobNameWord("job_names_list", name)).join(" ");
  if (Buffer.byteLength(list) <= LONGEST_ARGUMENT_BYTES) return `--list=${list}`;
  throw new CommandRefusal(400, `${names.length} jobs are too many for one command; select fewer, or use a filter`);
}

const STATUSES: ReadonlySet<string> = new Set(JOB_STATUS_NAMES);

/** Which of them may be set differs between versions of Autosubmit, which then says so. */
function statusWord(parameter: string, text: string): string {
  const status = text.toUpperCase();
  if (STATUSES.has(status)) return status;
  throw new CommandRefusal(400, `${parameter} must be one of ${[...STATUSES].join(", ")}`);
}

/** The statuses of a filter; `null` for any. */
export function filteredStatuses(text: string): ReadonlySet<string> | null {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  if (words.length === 0) throw new CommandRefusal(400, "filter_status must name statuses");
  if (words.some((word) => word.toUpperCase() === "ANY")) return null;
  return new Set(words.map((word) => statusWord("filter_status", word)));
}

function statusesWord(_parameter: string, text: string): string {
  const statuses = filteredStatuses(text);
  return statuses === null ? "Any" : [...statuses].join(" ");
}

/** What `autosubmit expid` says at its end, since 4.0. */
const CREATED = /\bExperiment ([a-z0-9]{4,64}) created\b/;

/** The identifier of a new experiment in what `autosubmit expid` printed, or null. */
export function createdExpid(output: string): string | null {
  return CREATED.exec(output)?.[1] ?? null;
}
