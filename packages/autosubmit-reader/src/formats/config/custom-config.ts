import { type ConfigMap, isConfigMap, mapAt, valueAt } from "./config-value.js";
import { type FileReader, type FolderEntry, inLoadingOrder, isConfigurationFile } from "./file-request.js";
import { copyDeep } from "./merge.js";
import { substitutePlaceholders } from "./placeholders.js";
import { purePath } from "./python-path.js";
import { pythonStrip } from "./python-text.js";
import { unify } from "./unify.js";
import { loadFile, type YamlLoad } from "./yaml-file.js";

/** Files that a configuration includes, before and after its own values. */
export interface CustomFiles {
  pre: string[];
  post: string[];
}

/** Files within files within files; more is a mistake. */
const MAX_NESTING = 50;

/**
 * The files that `DEFAULT.CUSTOM_CONFIG` names: a text is a list of files that come first; a mapping has `PRE` and `POST`
 * (formats reference §4.2 step 4). Lists are separated by commas or, without any, by single blanks.
 * @throws AutosubmitReadError `CONFIG_INVALID` when `PRE` or `POST` is not a text
 */
export function customFiles(data: ConfigMap, load: YamlLoad): CustomFiles {
  const directive = valueAt(data, "DEFAULT", "CUSTOM_CONFIG");
  if (typeof directive === "string") return { pre: splitNames(directive, load), post: [] };
  if (!isConfigMap(directive)) return { pre: [], post: [] };
  const names = (key: "PRE" | "POST") => {
    const value = directive.get(key) ?? (directive.has(key) ? null : "");
    if (typeof value !== "string") throw load.context.invalid(`DEFAULT.CUSTOM_CONFIG.${key} must be a text or a list`);
    return splitNames(value, load);
  };
  return { pre: names("PRE"), post: names("POST") };
}

function splitNames(text: string, load: YamlLoad): string[] {
  if (text === "") return [];
  return text.split(text.includes(",") ? "," : " ").filter((name) => !load.loadedFiles.has(name));
}

/**
 * Puts the values of `current` together with those of the files in `names`: files that they include first, then the
 * files, `current`, and what comes after (formats reference §4.2, `chain`). `current` must not be used afterwards.
 */
export function* loadCustomSection(
  current: ConfigMap,
  names: readonly string[],
  load: YamlLoad,
  nesting = 0,
): FileReader<ConfigMap> {
  if (nesting > MAX_NESTING) throw load.context.invalid("CUSTOM_CONFIG is nested too deeply");
  const { pre, post } = yield* loadCustomFiles(current, names, load, nesting);
  return unify(unify(pre, current, load, "consume"), post, load, "consume");
}

interface CustomData {
  pre: ConfigMap;
  post: ConfigMap;
}

/**
 * Loads files and folders one after another. The bookkeeping is Autosubmit's, quirks included: nested files that come
 * after (`POST`) are lost unless their file is the last of its list.
 */
function* loadCustomFiles(
  start: ConfigMap,
  names: readonly string[],
  load: YamlLoad,
  nesting: number,
): FileReader<CustomData> {
  const { context } = load;
  let current = start;
  let data: CustomData = { pre: new Map(), post: new Map() };
  for (const name of names) {
    const path = resolveName(name, current, load);
    const found = path === null || load.loadedFiles.has(path) ? null : yield path;
    if (path === null || found === null) continue;
    if (found.kind === "missing") {
      if (!path.includes("%")) context.warnings.push(`CUSTOM_CONFIG: ${path} ${found.reason ?? "does not exist"}`);
      continue;
    }
    load.loadedFiles.add(path);
    if (found.kind === "folder") {
      data = yield* loadFolder(copyDeep(current, context), found.entries, load, nesting);
      current = unify(unify(data.pre, current, load), data.post, load);
    } else current = yield* addFile(current, path, data, { load, nesting });
  }
  return data;
}

/** Adds a file and what it includes to `current`, and notes the result in `data`. */
function* addFile(
  before: ConfigMap,
  path: string,
  data: CustomData,
  { load, nesting }: { load: YamlLoad; nesting: number },
): FileReader<ConfigMap> {
  const { context } = load;
  const own = yield* loadFile(before, path, load);
  let current = unify(before, own, load);
  const nested = customFiles(current, load);
  mapAt(current, "DEFAULT").delete("CUSTOM_CONFIG");
  if (nested.pre.length > 0) {
    const included = yield* loadCustomSection(copyDeep(current, context), nested.pre, load, nesting + 1);
    data.pre = unify(data.pre, included, load);
  } else data.pre = copyDeep(current, context);
  current = unify(data.pre, current, load);
  if (nested.post.length > 0) {
    const included = yield* loadCustomSection(copyDeep(current, context), nested.post, load, nesting + 1);
    data.post = unify(data.post, unify(copyDeep(current, context), included, load), load);
  } else data.post = copyDeep(current, context);
  return current;
}

function* loadFolder(
  current: ConfigMap,
  entries: readonly FolderEntry[],
  load: YamlLoad,
  nesting: number,
): FileReader<CustomData> {
  if (nesting > MAX_NESTING) throw load.context.invalid("CUSTOM_CONFIG is nested too deeply");
  const files = inLoadingOrder(entries.filter((entry) => isConfigurationFile(entry.name)));
  return yield* loadCustomFiles(
    current,
    files.map((entry) => entry.resolvedPath),
    load,
    nesting + 1,
  );
}

/**
 * The absolute path that a name stands for, with placeholders and a leading `~` filled in; null for an empty name.
 * differs: a relative path counts as missing; the reference looks in the folder that its process was started in.
 */
function resolveName(name: string, current: ConfigMap, load: YamlLoad): string | null {
  const { context, environment, state } = load;
  const stripped = pythonStrip(name, ", ");
  if (stripped === "") return null;
  const text = /^~(?:\/|$)/.test(stripped) ? environment.home + stripped.slice(1) : stripped;
  const hasEffect = text.includes("%") || Array.from(state.early.values()).some(Array.isArray);
  const path = purePath(hasEffect ? fillInName(text, current, load) : text);
  if (path.startsWith("/") && !path.includes("\0")) return path;
  if (!path.includes("%")) context.warnings.push(`CUSTOM_CONFIG: ${JSON.stringify(path)} is not an absolute path`);
  return null;
}

const FILE_NAME = "AS_TEMP.FILENAME_TO_LOAD";

/** Fills in what the files so far and `conf` know; on the way their lists are filled in as well, as in Autosubmit. */
function fillInName(text: string, current: ConfigMap, load: YamlLoad): string {
  const { starter, state, context } = load;
  const known = unify(copyDeep(starter, context), current, load);
  known.set("AS_TEMP", new Map([["FILENAME_TO_LOAD", text]]));
  state.early.set(FILE_NAME, text);
  substitutePlaceholders(state, known, context);
  const filled = valueAt(known, "AS_TEMP", "FILENAME_TO_LOAD");
  return typeof filled === "string" ? filled : text;
}
