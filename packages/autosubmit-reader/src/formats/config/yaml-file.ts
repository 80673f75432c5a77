import type { SiteEnvironment } from "../../site/site.js";
import { type ConfigMap, type ConfigValue, isConfigMap, isTruthy, mapAt } from "./config-value.js";
import type { FileReader } from "./file-request.js";
import type { LoadContext } from "./load-context.js";
import { copyDeep } from "./merge.js";
import { normaliseConfiguration } from "./normalise.js";
import { type Unifying, unify } from "./unify.js";
import { parseYaml } from "./yaml.js";

/** What the steps of loading a YAML configuration share. */
export interface YamlLoad extends Unifying {
  readonly environment: SiteEnvironment;
  /** All files of `conf`, environment included; empty until they are loaded. */
  starter: ConfigMap;
  /** Included files and folders, by the name under which they were asked for. */
  readonly loadedFiles: Set<string>;
  /** Normalised content by path, so that no file is parsed twice. */
  readonly parsed: Map<string, ConfigMap>;
}

/** What Autosubmit calculates itself; files cannot set it. */
const CALCULATED = ["HPCROOTDIR", "HPCLOGDIR", "HPCARCH"];

/**
 * Adds one file to `current`, in place (formats reference §4.2, `loadFile`). A file with `AS_MISC: true` adds nothing; a
 * file that cannot be read counts as empty.
 * @returns `current`
 * @throws AutosubmitReadError `CONFIG_INVALID` with file, line and column
 */
export function* loadFile(current: ConfigMap, path: string, load: YamlLoad): FileReader<ConfigMap> {
  const { context } = load;
  const parsed = load.parsed.get(path) ?? (yield* parseFile(path, load));
  load.parsed.set(path, parsed);
  const data = copyDeep(parsed, context);
  pinExperimentId(data, load.starter);
  if (isTruthy(data.get("AS_MISC"))) return unify(current, new Map(), load);
  for (const key of CALCULATED) data.delete(key);
  return unify(current, data, load, "consume");
}

function* parseFile(path: string, load: YamlLoad): FileReader<ConfigMap> {
  const { context } = load;
  const found = yield path;
  if (found.kind !== "file") {
    if (found.kind === "missing" && found.reason !== null)
      context.warnings.push(`${path} ${found.reason}; it was skipped`);
    return new Map();
  }
  context.file = path;
  // What anchors share is written out, so that each place can be changed by itself.
  const parsed = copyDeep(topLevelMap(parseYaml(found.text, context), context), context);
  normaliseConfiguration(parsed, false, context);
  context.file = null;
  return parsed;
}

/** An empty file and a top-level list count as nothing; a single value makes Autosubmit fail. */
function topLevelMap(value: ConfigValue, context: LoadContext): ConfigMap {
  if (isConfigMap(value)) return value;
  if (value === null || Array.isArray(value)) return new Map();
  throw context.invalid("a mapping is expected, not a single value");
}

/** Files cannot change the experiment's identifier once `conf` has set it. */
export function pinExperimentId(data: ConfigMap, starter: ConfigMap): void {
  const defaults = mapAt(starter, "DEFAULT");
  if (defaults.size === 0) return;
  if (!data.has("DEFAULT")) data.set("DEFAULT", new Map());
  const expid = defaults.get("EXPID");
  if (expid !== undefined) mapAt(data, "DEFAULT").set("EXPID", expid);
}
