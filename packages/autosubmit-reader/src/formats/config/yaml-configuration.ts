import { SourceMissingError } from "../../errors.js";
import type { SiteEnvironment } from "../../site/site.js";
import type { SiteSettings } from "../../site/site-settings.js";
import { type ConfigMap, type ConfigValue, isConfigMap, valueAt } from "./config-value.js";
import { customFiles, loadCustomSection } from "./custom-config.js";
import {
  type FileReader,
  type FolderEntry,
  inLoadingOrder,
  isConfigurationFile,
  isMinimalFile,
} from "./file-request.js";
import { addPlatformBlock } from "./hpc-block.js";
import type { LoadContext } from "./load-context.js";
import { addMissing, updateDeep } from "./merge.js";
import { normaliseConfiguration } from "./normalise.js";
import { substitutePlaceholders } from "./placeholders.js";
import { projectFolder } from "./project.js";
import { joinPath } from "./python-path.js";
import { siteProperties } from "./site-properties.js";
import { createUnifyState, scan, unify } from "./unify.js";
import { loadFile, pinExperimentId, type YamlLoad } from "./yaml-file.js";

/** What a YAML configuration depends on besides its files. */
export interface YamlConfigurationInput {
  expid: string;
  /** The experiment's `conf` folder. */
  confFolder: string;
  settings: SiteSettings;
  environment: SiteEnvironment;
  /** The experiment's description in the main database; empty when there is none. */
  description: string;
}

/**
 * Loads the configuration of an experiment as Autosubmit 4.1.17 does, file by file (formats reference §4.2). The values
 * that only the file system knows (`AUTOSUBMIT.WORKFLOW_COMMIT`) are left to the caller.
 * @throws AutosubmitReadError `CONFIG_INVALID`; one bad file fails the whole, as in Autosubmit
 * @throws SourceMissingError when there is no `conf` folder
 */
export function* loadYamlConfiguration(input: YamlConfigurationInput, context: LoadContext): FileReader<ConfigMap> {
  const { settings, environment, confFolder } = input;
  const load: YamlLoad = {
    context,
    state: createUnifyState(),
    environment,
    starter: new Map(),
    loadedFiles: new Set(),
    parsed: new Map(),
  };
  const root = joinPath(settings.localRootDir, input.expid);
  const files = inLoadingOrder((yield* listFolder(confFolder, input.expid)).filter(isLoaded));

  const starter = yield* loadFiles(files, load);
  addEnvironment(starter, environment);
  addFolders(starter, root, context);
  updateDeep(starter, new Map([["DEFAULT", new Map([["DESCRIPTION", input.description]])]]), "copy", context);
  load.starter = starter;

  const own = yield* loadFiles(
    files.filter((entry) => !isMinimalFile(entry.name)),
    load,
  );
  addFolders(own, root, context);
  const custom = customFiles(starter, load);
  const pre = yield* loadCustomSection(new Map(), custom.pre, load);
  pinExperimentId(pre, starter);
  const data = yield* loadCustomSection(unify(pre, own, load, "consume"), custom.post, load);
  pinExperimentId(data, starter);
  return complete(data, load, input);
}

function* listFolder(path: string, expid: string): FileReader<readonly FolderEntry[]> {
  const found = yield path;
  if (found.kind === "folder") return found.entries;
  const problem = found.kind === "file" ? "is not a folder" : (found.reason ?? "does not exist");
  throw new SourceMissingError(`${path} ${problem}`, { expid, path });
}

function isLoaded(entry: FolderEntry): boolean {
  return isConfigurationFile(entry.name);
}

function* loadFiles(entries: readonly FolderEntry[], load: YamlLoad): FileReader<ConfigMap> {
  const data: ConfigMap = new Map();
  for (const { resolvedPath } of entries) {
    const unified = yield* loadFile(data, resolvedPath, load);
    // Once more, as Autosubmit does: copies that FOR loops made are searched for placeholders only now.
    unify(data, unified, load);
  }
  return data;
}

/** Steps 6 to 12: the weakest values, folders, settings of the site, strict form, late placeholders, platform. */
function complete(data: ConfigMap, load: YamlLoad, input: YamlConfigurationInput): ConfigMap {
  const { context, state } = load;
  const { settings, expid } = input;
  data.delete("AS_TEMP");
  addMissing(data, load.starter, context);
  data.set("ROOTDIR", joinPath(settings.localRootDir, expid));
  data.set("PROJDIR", projectFolder(data, settings.localRootDir, expid, context));
  for (const [name, value] of siteProperties(settings)) data.set(name, value);
  normaliseConfiguration(data, true, context);
  scan(data, load);
  substitutePlaceholders(state, data, context, true);
  if (!data.has("AUTOSUBMIT")) data.set("AUTOSUBMIT", new Map());
  addPlatformBlock(data, settings.localRootDir, expid, context);
  substitutePlaceholders(state, data, context);
  return data;
}

function addEnvironment(data: ConfigMap, environment: SiteEnvironment): void {
  for (const [name, value] of Object.entries(environment.autosubmitVariables)) data.set(name, value);
  data.set("AS_ENV_CURRENT_USER", environment.sudoUser ?? environment.user);
}

function addFolders(data: ConfigMap, root: string, context: LoadContext): void {
  data.set("ROOTDIR", root);
  const project = data.get("PROJECT");
  if (project !== undefined && !isConfigMap(project)) throw context.invalid("PROJECT must be a mapping");
  const destination: ConfigValue | undefined = valueAt(data, "PROJECT", "PROJECT_DESTINATION");
  if (destination !== undefined && typeof destination !== "string") {
    throw context.invalid("PROJECT.PROJECT_DESTINATION must be a text");
  }
  data.set("PROJDIR", joinPath(root, "proj", destination ?? "project_files"));
}
