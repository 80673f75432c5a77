import { type ConfigMap, type ConfigValue, isConfigMap, isTruthy } from "./config-value.js";
import type { LoadContext } from "./load-context.js";
import { pythonStr, pythonStrip } from "./python-text.js";

/**
 * Brings a mapping, in place, into Autosubmit's form (formats reference §4.4): keys in upper case, dependencies as mappings,
 * files as lists, wrappers' jobs as lists, and so on. Applied to every file, and once more, `strict`, to the whole.
 * Nothing in `data` may stand in it twice.
 * @param strict whether missing `DEPENDENCIES`, `FILE` and `ADDITIONAL_FILES` are added and wrappers must be complete
 * @throws AutosubmitReadError `CONFIG_INVALID` for values that make Autosubmit's own loader fail
 */
export function normaliseConfiguration(data: ConfigMap, strict: boolean, context: LoadContext): void {
  upperCaseKeys(data, context);
  normaliseDefaults(data, context);
  normaliseWrappers(data, strict, context);
  normaliseJobs(data, strict, context);
}

/**
 * Brings keys into upper case, in place, also within mappings and within mappings that stand in lists. The later of two
 * keys that become one gives the value, the earlier one the place.
 */
function upperCaseKeys(data: ConfigMap, context: LoadContext): void {
  context.spendSteps(data.size + 1);
  let isUpperCase = true;
  for (const [key, value] of data) {
    isUpperCase &&= key === key.toUpperCase();
    if (isConfigMap(value)) upperCaseKeys(value, context);
    else if (Array.isArray(value)) for (const item of value) if (isConfigMap(item)) upperCaseKeys(item, context);
  }
  if (isUpperCase) return;
  const entries = Array.from(data);
  data.clear();
  for (const [key, value] of entries) data.set(key.toUpperCase(), value);
}

function normaliseDefaults(data: ConfigMap, context: LoadContext): void {
  const defaults = data.get("DEFAULT");
  if (defaults === undefined) return;
  if (!isConfigMap(defaults)) throw context.invalid("DEFAULT must be a mapping");
  const platform = defaults.get("HPCARCH");
  if (platform !== undefined) defaults.set("HPCARCH", requireText(platform, "DEFAULT.HPCARCH", context).toUpperCase());
  const custom = defaults.get("CUSTOM_CONFIG");
  if (isConfigMap(custom)) joinLists(custom, "DEFAULT.CUSTOM_CONFIG", context);
}

/** Lists of files become comma-separated texts, in place. */
function joinLists(custom: ConfigMap, path: string, context: LoadContext): void {
  for (const [key, value] of custom) {
    if (Array.isArray(value))
      custom.set(key, value.map((item) => requireText(item, `${path}.${key}`, context)).join(","));
    else if (isConfigMap(value)) joinLists(value, `${path}.${key}`, context);
  }
}

function normaliseWrappers(data: ConfigMap, strict: boolean, context: LoadContext): void {
  const wrappers = data.get("WRAPPERS");
  if (wrappers === undefined) return;
  if (!isConfigMap(wrappers)) throw context.invalid("WRAPPERS must be a mapping");
  for (const [name, wrapper] of wrappers) {
    if (!isConfigMap(wrapper)) continue;
    const jobs = wrappedJobs(wrapper.get("JOBS_IN_WRAPPER"), `WRAPPERS.${name}.JOBS_IN_WRAPPER`, strict, context);
    wrapper.set("JOBS_IN_WRAPPER", jobs);
    const type = wrapper.get("TYPE");
    if (type !== undefined) wrapper.set("TYPE", pythonStr(type).toLowerCase());
    else if (strict) throw context.invalid(`WRAPPERS.${name}.TYPE is missing`);
  }
}

function wrappedJobs(
  value: ConfigValue | undefined,
  path: string,
  strict: boolean,
  context: LoadContext,
): ConfigValue[] {
  if (strict && !isTruthy(value)) throw context.invalid(`${path} is missing or empty`);
  const isNamed = typeof value === "string" || Array.isArray(value) || (!strict && isConfigMap(value));
  if (!isNamed) throw context.invalid(`${path} must be a list or a text`);
  const names =
    typeof value === "string" ? splitWrappedJobs(value) : Array.from(isConfigMap(value) ? value.keys() : value);
  const jobs = names.map((name) => (typeof name === "string" ? name.toUpperCase().trim() : name));
  if (strict && jobs.some((job) => typeof job !== "string" || job === "")) {
    throw context.invalid(`${path} must hold names of jobs only`);
  }
  return jobs;
}

function splitWrappedJobs(text: string): string[] {
  if (text.includes("[")) {
    const inner = pythonStrip(text, "[]");
    return splitBlanks(inner.replaceAll("'", "").replaceAll(" ", "").replaceAll(",", " "), "&");
  }
  return text.includes(",") ? text.split(",") : splitBlanks(text, "&");
}

/** Splits on a separator where the text has it, on blanks otherwise. */
function splitBlanks(text: string, separator: string): string[] {
  return text.includes(separator) ? text.split(separator) : text.split(/\s+/).filter((part) => part !== "");
}

function normaliseJobs(data: ConfigMap, strict: boolean, context: LoadContext): void {
  const jobs = data.get("JOBS");
  if (jobs === undefined) return;
  if (!isConfigMap(jobs)) throw context.invalid("JOBS must be a mapping");
  for (const [name, job] of jobs) {
    if (!isConfigMap(job)) throw context.invalid(`JOBS.${name} must be a mapping`);
    normaliseJob(job, `JOBS.${name}`, strict, context);
  }
}

function normaliseJob(job: ConfigMap, path: string, strict: boolean, context: LoadContext): void {
  const dependencies = job.get("DEPENDENCIES");
  if (dependencies !== undefined || strict) {
    job.set("DEPENDENCIES", normaliseDependencies(dependencies, `${path}.DEPENDENCIES`, context));
  }
  const directives = job.get("CUSTOM_DIRECTIVES");
  if (Array.isArray(directives)) job.set("CUSTOM_DIRECTIVES", pythonStr(directives));
  if (job.has("FILE") || strict) normaliseFiles(job, `${path}.FILE`, context);
  if (strict && !job.has("ADDITIONAL_FILES")) job.set("ADDITIONAL_FILES", []);
  const wallclock = job.get("WALLCLOCK");
  if (isTruthy(wallclock)) job.set("WALLCLOCK", withoutSeconds(requireText(wallclock, `${path}.WALLCLOCK`, context)));
  const notify = job.get("NOTIFY_ON");
  if (isTruthy(notify)) job.set("NOTIFY_ON", notifiedStatuses(notify, `${path}.NOTIFY_ON`, context));
}

/** Statuses that do not let a job's successors go on whatever the end of the job was. */
const STRICT_STATUSES = new Set(["READY", "DELAYED", "PREPARED", "SKIPPED", "FAILED", "COMPLETED"]);

function normaliseDependencies(value: ConfigValue | undefined, path: string, context: LoadContext): ConfigMap {
  const result: ConfigMap = new Map();
  if (typeof value === "string") for (const name of value.toUpperCase().split(" ")) result.set(name, new Map());
  if (!isConfigMap(value)) return result;
  for (const [name, dependency] of value) {
    result.set(name.toUpperCase(), dependency);
    if (isConfigMap(dependency)) normaliseStatus(dependency, `${path}.${name}.STATUS`, context);
  }
  return result;
}

function normaliseStatus(dependency: ConfigMap, path: string, context: LoadContext): void {
  const value = dependency.get("STATUS");
  if (!isTruthy(value)) return;
  const status = requireText(value, path, context).toUpperCase();
  dependency.set("STATUS", status);
  if (isTruthy(dependency.get("ANY_FINAL_STATUS_IS_VALID"))) return;
  const isOptional = status.endsWith("?");
  if (isOptional) dependency.set("STATUS", status.slice(0, -1));
  dependency.set("ANY_FINAL_STATUS_IS_VALID", isOptional || !STRICT_STATUSES.has(status));
}

function normaliseFiles(job: ConfigMap, path: string, context: LoadContext): void {
  const value = job.get("FILE") ?? (job.has("FILE") ? null : "");
  const files = Array.isArray(value) ? value : splitFiles(requireText(value, path, context));
  const [first, ...others] = files.map((file) => pythonStrip(requireText(file, path, context), " "));
  if (first === undefined) throw context.invalid(`${path} must not be an empty list`);
  job.set("FILE", first);
  if (others.length > 0) job.set("ADDITIONAL_FILES", others);
}

function splitFiles(text: string): string[] {
  return text.split(text.includes(",") ? "," : " ");
}

function withoutSeconds(wallclock: string): string {
  return /^\d{1,2}:\d{2}:\d{2}\n?$/.test(wallclock) ? wallclock.split(":").slice(0, 2).join(":") : wallclock;
}

function notifiedStatuses(value: ConfigValue | undefined, path: string, context: LoadContext): string[] {
  if (typeof value === "string") {
    const parts = value.includes(",") ? value.split(",") : value.split(/\s+/).filter((part) => part !== "");
    return parts.map((part) => pythonStrip(part, " ").toUpperCase());
  }
  const items = Array.isArray(value) ? value : isConfigMap(value) ? Array.from(value.keys()) : null;
  if (!items) throw context.invalid(`${path} must be a text or a list`);
  return items.map((item) => pythonStrip(requireText(item, path, context), " ").toUpperCase());
}

function requireText(value: ConfigValue | undefined, path: string, context: LoadContext): string {
  if (typeof value === "string") return value;
  throw context.invalid(`${path} must be a text`);
}
