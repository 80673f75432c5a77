import { type ConfigMap, type ConfigValue, isConfigMap, mapAt, valueAt } from "./config-value.js";
import {
  type ConfigurationFacts,
  type ConfiguredWrapper,
  emptyConfigurationFacts,
  type PlatformSettings,
  type SectionSettings,
} from "./configuration-facts.js";
import { pythonInt } from "./python-int.js";

/** The facts of an INI configuration, by the getters of the reference (formats reference §4.1). */
export function iniFacts(data: ConfigMap): ConfigurationFacts {
  const empty = emptyConfigurationFacts("ini");
  const problems: string[] = [];
  const wrapper = mapAt(data, "conf", "wrapper");
  const wrapperType = text(wrapper, "TYPE", "None").toUpperCase();
  const experiment = mapAt(data, "exp", "experiment");
  return {
    ...empty,
    ...projectFacts(data),
    autosubmitVersion: optionalText(valueAt(data, "conf", "config", "AUTOSUBMIT_VERSION")),
    mainPlatform: text(experiment, "HPCARCH"),
    chunkUnit: text(experiment, "CHUNKSIZEUNIT").toLowerCase(),
    chunkSize: wholeNumber(experiment.get("CHUNKSIZE"), "experiment.CHUNKSIZE", empty.chunkSize, problems),
    safetySleepSeconds: wholeNumber(
      valueAt(data, "conf", "config", "SAFETYSLEEPTIME"),
      "config.SAFETYSLEEPTIME",
      empty.safetySleepSeconds,
      problems,
    ),
    dateList: text(experiment, "DATELIST"),
    members: text(experiment, "MEMBERS"),
    sections: settingsByName(data, "jobs", sectionFacts),
    platforms: settingsByName(data, "platforms", platformFacts),
    wrappers: wrapperFacts(wrapper),
    wrapperType: wrapperType === "" || wrapperType === "NONE" ? null : wrapperType,
    wrapperQueue: text(wrapper, "QUEUE"),
    problems,
  };
}

function projectFacts(data: ConfigMap): Pick<ConfigurationFacts, "projectType" | "model" | "branch"> {
  const projectType = text(mapAt(data, "exp", "project"), "PROJECT_TYPE", "NA").toLowerCase();
  const git = mapAt(data, "exp", "git");
  const url = text(mapAt(data, "exp", "svn"), "PROJECT_URL", "NA");
  if (projectType === "git") {
    return { projectType, model: text(git, "PROJECT_ORIGIN"), branch: text(git, "PROJECT_BRANCH", "master") };
  }
  return projectType === "svn" ? { projectType, model: url, branch: url } : { projectType, model: "NA", branch: "NA" };
}

function sectionFacts(options: ConfigMap): SectionSettings {
  return {
    processors: text(options, "PROCESSORS", "1"),
    threads: text(options, "THREADS", "1"),
    tasks: pythonInt(options.get("TASKS") ?? 0),
    nodes: null,
    processorsPerNode: null,
    exclusive: false,
    queue: text(options, "QUEUE"),
    platform: text(options, "PLATFORM"),
    wallclock: text(options, "WALLCLOCK"),
  };
}

function platformFacts(options: ConfigMap): PlatformSettings {
  return {
    queue: text(options, "QUEUE"),
    serialQueue: text(options, "SERIAL_QUEUE"),
    project: text(options, "PROJECT"),
    maxWallclock: text(options, "MAX_WALLCLOCK"),
    processorsPerNode: pythonInt(options.get("PROCESSORS_PER_NODE")),
    carbonFactor: text(options, "CF"),
    powerUsageEffectiveness: text(options, "PUE"),
  };
}

function wrapperFacts(wrapper: ConfigMap): ConfiguredWrapper[] {
  const type = text(wrapper, "TYPE", "None").toLowerCase();
  if (type === "none" || type === "") return [];
  const jobs = text(wrapper, "JOBS_IN_WRAPPER").split(/[\s,&]+/);
  return [{ name: "wrapper", type, jobs: jobs.filter((job) => job !== ""), queue: text(wrapper, "QUEUE") }];
}

function settingsByName<Settings>(
  data: ConfigMap,
  key: string,
  read: (options: ConfigMap) => Settings,
): Map<string, Settings> {
  const sections = Array.from(mapAt(data, key)).filter((entry): entry is [string, ConfigMap] => isConfigMap(entry[1]));
  return new Map(sections.map(([name, options]) => [name, read(options)]));
}

function text(options: ConfigMap, name: string, otherwise = ""): string {
  return optionalText(options.get(name)) ?? otherwise;
}

function optionalText(value: ConfigValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function wholeNumber(value: ConfigValue | undefined, name: string, otherwise: number, problems: string[]): number {
  if (value === undefined || value === "") return otherwise;
  const number = pythonInt(value);
  if (number === null) problems.push(`${name} is not a whole number; ${otherwise} is taken instead`);
  return number ?? otherwise;
}
