import { type ConfigMap, type ConfigValue, isConfigFloat, isConfigMap, isTruthy, mapAt } from "./config-value.js";
import {
  type ConfigurationFacts,
  type ConfiguredWrapper,
  emptyConfigurationFacts,
  type PlatformSettings,
  type SectionSettings,
} from "./configuration-facts.js";
import { pythonInt } from "./python-int.js";
import { pythonStr } from "./python-text.js";

/**
 * The facts of a YAML configuration, by the getters of the reference (formats reference §4.7).
 * differs: null where the reference goes on with a text `None`, or fails, counts as unset.
 */
export function yamlFacts(data: ConfigMap): ConfigurationFacts {
  const empty = emptyConfigurationFacts("yaml");
  const problems: string[] = [];
  const mainPlatform = text(mapAt(data, "DEFAULT"), "HPCARCH").toUpperCase();
  const experiment = mapAt(data, "EXPERIMENT");
  const config = mapAt(data, "CONFIG");
  const version = text(config, "AUTOSUBMIT_VERSION");
  const commit = mapAt(data, "AUTOSUBMIT").get("WORKFLOW_COMMIT");
  return {
    ...empty,
    ...projectFacts(data),
    autosubmitVersion: version === "" ? null : version,
    mainPlatform,
    chunkUnit: text(experiment, "CHUNKSIZEUNIT"),
    chunkSize: wholeNumber(experiment, "CHUNKSIZE", empty.chunkSize, problems),
    safetySleepSeconds: sleepSeconds(config, empty.safetySleepSeconds, problems),
    workflowCommit: typeof commit === "string" ? commit : null,
    dateList: text(experiment, "DATELIST"),
    members: text(experiment, "MEMBERS"),
    sections: settingsByName(mapAt(data, "JOBS"), (job) => sectionFacts(job, data, mainPlatform)),
    otherSections: sectionFacts(new Map(), data, mainPlatform),
    platforms: settingsByName(mapAt(data, "PLATFORMS"), platformFacts),
    wrappers: wrapperFacts(mapAt(data, "WRAPPERS")),
    wrapperQueue: text(mapAt(data, "WRAPPERS"), "QUEUE"),
    problems,
  };
}

function projectFacts(data: ConfigMap): Pick<ConfigurationFacts, "projectType" | "model" | "branch"> {
  const projectType = (text(mapAt(data, "PROJECT"), "PROJECT_TYPE") || "none").toLowerCase();
  const git = mapAt(data, "GIT");
  const url = text(mapAt(data, "SVN"), "PROJECT_URL");
  if (projectType === "git") {
    return { projectType, model: text(git, "PROJECT_ORIGIN"), branch: text(git, "PROJECT_BRANCH") || "master" };
  }
  return projectType === "svn" ? { projectType, model: url, branch: url } : { projectType, model: "NA", branch: "NA" };
}

/** Settings of a job; most of them fall back to its platform's. */
function sectionFacts(job: ConfigMap, data: ConfigMap, mainPlatform: string): SectionSettings {
  const platform =
    job.has("PLATFORM") && job.get("PLATFORM") !== null ? text(job, "PLATFORM").toUpperCase() : mainPlatform;
  const platformSettings = mapAt(data, "PLATFORMS", platform);
  const setting = (key: string) => {
    const own = job.get(key);
    if (isTruthy(own)) return own;
    const shared = platformSettings.get(key);
    return isTruthy(shared) ? shared : undefined;
  };
  return {
    processors: pythonStr(setting("PROCESSORS") ?? "1"),
    threads: pythonStr(setting("THREADS") ?? "1"),
    tasks: pythonInt(setting("TASKS")),
    nodes: pythonInt(setting("NODES")),
    processorsPerNode: pythonInt(setting("PROCESSORS_PER_NODE")),
    exclusive: setting("EXCLUSIVE") === true,
    queue: text(job, "QUEUE"),
    platform,
    wallclock: text(job, "WALLCLOCK"),
  };
}

function platformFacts(platform: ConfigMap): PlatformSettings {
  return {
    queue: optionalText(platform.get("QUEUE")),
    serialQueue: optionalText(platform.get("SERIAL_QUEUE")),
    project: optionalText(platform.get("PROJECT")),
    maxWallclock: text(platform, "MAX_WALLCLOCK"),
    processorsPerNode: pythonInt(platform.get("PROCESSORS_PER_NODE")),
    carbonFactor: isTruthy(platform.get("CF")) ? text(platform, "CF") : "",
    powerUsageEffectiveness: isTruthy(platform.get("PUE")) ? text(platform, "PUE") : "",
  };
}

function wrapperFacts(wrappers: ConfigMap): ConfiguredWrapper[] {
  return Array.from(settingsByName(wrappers, (wrapper) => wrapper)).map(([name, wrapper]) => {
    const jobs = wrapper.get("JOBS_IN_WRAPPER");
    return {
      name,
      type: text(wrapper, "TYPE"),
      jobs: Array.isArray(jobs) ? jobs.filter((job) => typeof job === "string") : [],
      queue: text(wrapper, "QUEUE"),
    };
  });
}

function settingsByName<Settings>(sections: ConfigMap, read: (settings: ConfigMap) => Settings): Map<string, Settings> {
  const mappings = Array.from(sections).filter((entry): entry is [string, ConfigMap] => isConfigMap(entry[1]));
  return new Map(mappings.map(([name, settings]) => [name, read(settings)]));
}

function text(settings: ConfigMap, key: string): string {
  return optionalText(settings.get(key)) ?? "";
}

/** What Python prints; null for null. */
function optionalText(value: ConfigValue | undefined): string | null {
  return value === undefined || value === null ? null : pythonStr(value);
}

function sleepSeconds(config: ConfigMap, otherwise: number, problems: string[]): number {
  // Unlike the chunk size, a sleep of 0 is a value.
  return isZero(config.get("SAFETYSLEEPTIME")) ? 0 : wholeNumber(config, "SAFETYSLEEPTIME", otherwise, problems);
}

function isZero(value: ConfigValue | undefined): boolean {
  return value === 0 || value === false || (isConfigFloat(value) && value.value === 0);
}

function wholeNumber(settings: ConfigMap, key: string, otherwise: number, problems: string[]): number {
  const value = settings.get(key);
  if (!isTruthy(value)) return otherwise;
  const number = pythonInt(value);
  if (number === null) problems.push(`${key} is not a whole number; ${otherwise} is taken instead`);
  return number ?? otherwise;
}
