import { randomUUID } from "node:crypto";
import { AutosubmitReadError } from "../errors.js";
import { type ConfigMap, mapAt } from "../formats/config/config-value.js";
import {
  type ConfigurationDialect,
  type ConfigurationFacts,
  emptyConfigurationFacts,
} from "../formats/config/configuration-facts.js";
import { loadIniConfiguration } from "../formats/config/ini-configuration.js";
import { iniFacts } from "../formats/config/ini-facts.js";
import { createLoadContext } from "../formats/config/load-context.js";
import { loadYamlConfiguration } from "../formats/config/yaml-configuration.js";
import { yamlFacts } from "../formats/config/yaml-facts.js";
import type { Experiment } from "../site/site.js";
import { findUserName } from "../site/user-name.js";
import {
  areFilesUnchanged,
  type ConfigurationFile,
  createFileAccess,
  type FileAccess,
  lookAt,
  runWithFiles,
} from "./configuration-files.js";
import { readExperimentFolder } from "./experiment-folder.js";
import { readExperiment } from "./main-database.js";
import { readWorkflowCommit } from "./workflow-commit.js";

/** The configuration of an experiment as its files say now. */
export interface LoadedConfiguration {
  dialect: ConfigurationDialect;
  /** The whole, in Autosubmit's order; holds secrets (`maskSecrets`). Not to be changed: it may be shared. */
  data: ConfigMap;
  facts: ConfigurationFacts;
  /** What was skipped or replaced on the way; for logs, and for answers that have a place for warnings. */
  warnings: readonly string[];
  /** Every file and folder that was read or looked for. */
  files: readonly ConfigurationFile[];
}

/**
 * Loads the configuration of an experiment: INI when `conf/expdef_<expid>.conf` exists, YAML otherwise (formats reference
 * §4.0). `createConfigurationCache` spares the work while no file changes.
 * @throws ExperimentNotFoundError, SourceMissingError: no folder, no `conf`, an INI file is missing
 * @throws AutosubmitReadError `CONFIG_INVALID` with file, line and column; `SOURCE_TOO_LARGE`, `SOURCE_UNREADABLE`
 */
export async function loadConfiguration(experiment: Experiment): Promise<LoadedConfiguration> {
  return resultOf(await attemptLoading(experiment));
}

/** What a load depended on: while none of it changes, another one would end in the same way. */
export interface Dependencies {
  files: readonly ConfigurationFile[];
  ownerId: number;
  /** Null where it does not matter. */
  description: string | null;
  /** The main database when the description was read. */
  databaseFingerprint: string | null;
}

/** How one load ended; a failure holds as long as the files that caused it. */
export interface LoadingAttempt extends Dependencies {
  /** Tells it from every other attempt of any process. */
  id: string;
  result: LoadedConfiguration | AutosubmitReadError;
  /** Of the files together. */
  sizeBytes: number;
}

/** The configuration, or the error thrown. */
export function resultOf(attempt: LoadingAttempt): LoadedConfiguration {
  if (attempt.result instanceof AutosubmitReadError) throw attempt.result;
  return attempt.result;
}

/** Loads once. @throws ExperimentNotFoundError, `SOURCE_UNREADABLE` when the experiment's folder is no use */
export async function attemptLoading(experiment: Experiment): Promise<LoadingAttempt> {
  const { ownerId } = await readExperimentFolder(experiment);
  const access = createFileAccess(experiment.expid, ownerId);
  const warnings: string[] = [];
  const dialect = await findDialect(experiment, access);
  const databaseFingerprint = dialect === "yaml" ? await mainFingerprint(experiment) : null;
  const description = dialect === "yaml" ? await readDescription(experiment, warnings) : null;
  const result = await asResult(async () => {
    const data = await loadData(experiment, { access, description: description ?? "", warnings });
    if (description !== null) await addWorkflowCommit(data, experiment, access);
    const facts = dialect === "ini" ? iniFacts(data) : yamlFacts(data);
    return {
      dialect,
      data,
      facts,
      warnings: [...warnings, ...facts.problems],
      files: Array.from(access.files.values()),
    };
  });
  const files = Array.from(access.files.values());
  return { id: randomUUID(), result, files, sizeBytes: access.bytes, ownerId, description, databaseFingerprint };
}

/** Whether another load would find the same files, owner and description. */
export async function isCurrent(experiment: Experiment, attempt: Dependencies): Promise<boolean> {
  if (!(await areFilesUnchanged(attempt.files))) return false;
  if ((await readExperimentFolder(experiment)).ownerId !== attempt.ownerId) return false;
  if (attempt.description === null) return true;
  const fingerprint = await mainFingerprint(experiment);
  if (fingerprint === attempt.databaseFingerprint) return true;
  // Every change of any experiment changes the main database; the description hardly ever does.
  if ((await readDescription(experiment, [])) !== attempt.description) return false;
  attempt.databaseFingerprint = fingerprint;
  return true;
}

async function asResult<T>(load: () => Promise<T>): Promise<T | AutosubmitReadError> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof AutosubmitReadError) return error;
    throw error;
  }
}

async function findDialect({ expid, paths }: Experiment, access: FileAccess): Promise<ConfigurationDialect> {
  const found = await lookAt(`${paths.conf}/expdef_${expid}.conf`, access);
  return found.kind === "missing" && found.reason === null ? "yaml" : "ini";
}

interface LoadParts {
  access: FileAccess;
  description: string;
  warnings: string[];
}

async function loadData(experiment: Experiment, { access, description, warnings }: LoadParts): Promise<ConfigMap> {
  const { expid, paths, site } = experiment;
  if ((await findDialect(experiment, access)) === "ini") {
    return runWithFiles(loadIniConfiguration(expid, paths.conf), access);
  }
  const { settings, environment } = site;
  const context = createLoadContext(expid);
  const input = { expid, confFolder: paths.conf, settings, environment, description };
  const data = await runWithFiles(loadYamlConfiguration(input, context), access);
  warnings.push(...context.warnings);
  return data;
}

/** Null also where the main database is no use, which `readDescription` tells about. */
async function mainFingerprint({ site }: Experiment): Promise<string | null> {
  const fingerprint = await asResult(() => site.tables.fingerprint({ database: "main" }));
  return fingerprint instanceof AutosubmitReadError ? null : fingerprint;
}

/** The experiment's description; empty when the main database cannot tell, which must not cost the configuration. */
async function readDescription(experiment: Experiment, warnings: string[]): Promise<string> {
  try {
    return (await readExperiment(experiment))?.description ?? "";
  } catch (error) {
    if (!(error instanceof AutosubmitReadError) || error.code === "SOURCE_UNAVAILABLE") throw error;
    warnings.push(`DEFAULT.DESCRIPTION is empty: ${error.message}`);
    return "";
  }
}

/** Only of git projects, and only when the process's user owns the experiment, as in Autosubmit. */
async function addWorkflowCommit(data: ConfigMap, { site }: Experiment, access: FileAccess): Promise<void> {
  const folder = data.get("PROJDIR");
  if (yamlFacts(data).projectType !== "git" || typeof folder !== "string") return;
  const { user } = site.environment;
  if (user === null || (await findUserName(access.ownerId)) !== user) return;
  const commit = await readWorkflowCommit(folder, access);
  if (commit !== null) mapAt(data, "AUTOSUBMIT").set("WORKFLOW_COMMIT", commit);
}

/** Facts for views that go on without a configuration that cannot be loaded. */
export interface ConfigurationFactsReading {
  facts: ConfigurationFacts;
  /** Why the facts are empty; null when they are not. */
  error: AutosubmitReadError | null;
}

/** The facts of a configuration, or empty ones and the reason. `load` is `loadConfiguration` or a cache's. */
export async function readConfigurationFacts(
  experiment: Experiment,
  load: (experiment: Experiment) => Promise<LoadedConfiguration> = loadConfiguration,
): Promise<ConfigurationFactsReading> {
  try {
    return { facts: (await load(experiment)).facts, error: null };
  } catch (error) {
    if (!(error instanceof AutosubmitReadError)) throw error;
    const isIni = error.path?.endsWith(".conf") === true;
    return { facts: emptyConfigurationFacts(isIni ? "ini" : "yaml"), error };
  }
}
