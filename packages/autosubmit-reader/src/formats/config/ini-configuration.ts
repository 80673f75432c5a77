import { AutosubmitReadError, SourceCorruptError, SourceMissingError } from "../../errors.js";
import type { ConfigMap } from "./config-value.js";
import type { FileReader } from "./file-request.js";
import { type IniDocument, parseIni, sectionOptions } from "./ini.js";
import { interpolate } from "./ini-interpolation.js";

/** The keys of the configuration and the files they come from, in the order in which the files are looked for. */
const REQUIRED = [
  ["conf", "autosubmit"],
  ["platforms", "platforms"],
  ["jobs", "jobs"],
  ["exp", "expdef"],
] as const;

/** Keys in the order of the answer. */
const KEYS = ["conf", "exp", "platforms", "jobs", "proj"] as const;

/**
 * Loads the configuration of an experiment of Autosubmit 3 (formats reference §4.1): five mappings of sections, each a
 * mapping of options; `[DEFAULT]` stands behind the options of every section.
 * differs: values with a `%` that is no reference stay as they are (the reference fails).
 * @param confFolder the experiment's `conf` folder
 * @throws SourceMissingError for the first of `autosubmit_`, `platforms_`, `jobs_` and `expdef_<expid>.conf` that is missing
 * @throws AutosubmitReadError `CONFIG_INVALID` with file and line
 */
export function* loadIniConfiguration(expid: string, confFolder: string): FileReader<ConfigMap> {
  const texts = new Map<string, IniSource>();
  for (const [key, name] of REQUIRED) texts.set(key, yield* readRequired(`${confFolder}/${name}_${expid}.conf`, expid));
  const project = yield* readOptional(`${confFolder}/proj_${expid}.conf`);
  if (project) texts.set("proj", project);
  const result: ConfigMap = new Map();
  for (const key of KEYS) {
    const source = texts.get(key);
    result.set(key, source ? sections(source, expid) : new Map());
  }
  return result;
}

interface IniSource {
  path: string;
  text: string;
}

function* readRequired(path: string, expid: string): FileReader<IniSource> {
  const found = yield path;
  if (found.kind === "file") return { path, text: found.text };
  if (found.kind === "missing" && found.reason === null) {
    throw new SourceMissingError(`Required file not found ${path}`, { expid, path });
  }
  const problem = found.kind === "missing" ? found.reason : "is a folder";
  throw new AutosubmitReadError("SOURCE_UNREADABLE", `${path} ${problem}`, { expid, path });
}

function* readOptional(path: string): FileReader<IniSource | null> {
  const found = yield path;
  return found.kind === "file" ? { path, text: found.text } : null;
}

function sections({ path, text }: IniSource, expid: string): ConfigMap {
  const document = parse(path, text, expid);
  const result: ConfigMap = new Map();
  for (const section of document.sections.keys()) {
    const options: ConfigMap = new Map();
    for (const option of sectionOptions(document, section).keys()) {
      options.set(option, interpolate(document, { section, option, path }, "lenient") ?? "");
    }
    result.set(section, options);
  }
  return result;
}

function parse(path: string, text: string, expid: string): IniDocument {
  try {
    return parseIni(text, path);
  } catch (cause) {
    if (!(cause instanceof SourceCorruptError)) throw cause;
    const line = cause.line === null ? {} : { line: cause.line };
    throw new AutosubmitReadError("CONFIG_INVALID", cause.message, { expid, path, cause, ...line });
  }
}
