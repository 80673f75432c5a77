/**
 * What the views take from an experiment's configuration, the same for INI and YAML (formats reference §4.1, §4.7).
 * Plain data: it can be sent to another thread. The look-ups by section and platform name, which know each dialect's
 * rules of case and its defaults, are in `@autosubmit-api/domain` (`configuration/settings.ts`).
 */

/** INI up to Autosubmit 3 (`conf/expdef_<expid>.conf` exists), YAML from 4.0 on. */
export type ConfigurationDialect = "ini" | "yaml";

/** Settings of a job section after the platform fall-backs of the reference. Texts are what Python's `str` would give. */
export interface SectionSettings {
  /** As written: a number, or `16:32`; `1` when neither the section nor, in YAML, its platform says. */
  processors: string;
  /** As written; `1` when unset. */
  threads: string;
  /** Processes per node; null when unset or not a whole number (INI: 0 when unset, as the reference has it). */
  tasks: number | null;
  /** Null when unset or not a whole number; always null in INI. */
  nodes: number | null;
  /** Null when unset or not a whole number; always null in INI. */
  processorsPerNode: number | null;
  /** Whether whole nodes are asked for; always false in INI. */
  exclusive: boolean;
  /** The section's own queue; empty when it has none. */
  queue: string;
  /** INI: the section's own platform, empty when it has none. YAML: upper case, the main platform when it has none. */
  platform: string;
  /** `HH:MM` in general, as written; empty when the section has none. */
  wallclock: string;
}

/** Settings of a platform. Null where the reference would go on with Python's None (and v3 prints `None`). */
export interface PlatformSettings {
  /** INI: empty when unset. YAML: null when unset. */
  queue: string | null;
  /** Queue of jobs with one processor. INI: empty when unset. YAML: null when unset. */
  serialQueue: string | null;
  /** INI: empty when unset. YAML: null when unset. */
  project: string | null;
  /** As written; empty when unset. */
  maxWallclock: string;
  /** Null when unset or not a whole number. */
  processorsPerNode: number | null;
  /** Conversion factor from joules to grams of CO2, as written; empty when unset. */
  carbonFactor: string;
  /** Power usage effectiveness, as written; empty when unset. */
  powerUsageEffectiveness: string;
}

/** A wrapper that the configuration asks for. */
export interface ConfiguredWrapper {
  /** Name in `WRAPPERS`, upper case; `wrapper` in INI, which has one at most. */
  name: string;
  /** Lower case, e.g. `vertical`; empty when unset. */
  type: string;
  /** Job sections, as written. */
  jobs: readonly string[];
  /** Its own queue; empty when unset. */
  queue: string;
}

/** The facts of one experiment; `emptyConfigurationFacts` stands in when the configuration cannot be loaded. */
export interface ConfigurationFacts {
  dialect: ConfigurationDialect;
  /** Null when the configuration does not say (the reference then answers `None` for INI and an empty text for YAML). */
  autosubmitVersion: string | null;
  /** `HPCARCH`; upper case in YAML, as written in INI; empty when unset. */
  mainPlatform: string;
  /** Lower case: `git`, `svn`, `local`, `none`; `na` when INI has none. */
  projectType: string;
  /** Git origin or Subversion URL; `NA` for other projects. */
  model: string;
  /** Git branch (`master` when unset) or Subversion URL; `NA` for other projects. */
  branch: string;
  /** `year`, `month`, `day` or `hour` in general; lower case in INI, as written in YAML; empty when unset. */
  chunkUnit: string;
  /** In `chunkUnit`s; 1 when unset. */
  chunkSize: number;
  /** Seconds between two looks at the scheduler; 10 when unset. */
  safetySleepSeconds: number;
  /** Commit of the project's repository (YAML, git projects of the process's own user only). */
  workflowCommit: string | null;
  /** `DATELIST` and `MEMBERS` as written; empty when unset. `parseDateList` and `parseMemberList` read them. */
  dateList: string;
  members: string;
  /** By section name: upper case in YAML, as written in INI. In file order. */
  sections: ReadonlyMap<string, SectionSettings>;
  /** Stands for every section that is not in `sections`. */
  otherSections: SectionSettings;
  /** By platform name: upper case in YAML, as written in INI. In file order. */
  platforms: ReadonlyMap<string, PlatformSettings>;
  /** Stands for every platform that is not in `platforms`. */
  otherPlatforms: PlatformSettings;
  wrappers: readonly ConfiguredWrapper[];
  /**
   * Upper case, e.g. `VERTICAL`; null when there is none. As in the reference, always null in YAML, where every wrapper
   * has a type of its own.
   */
  wrapperType: string | null;
  /** Queue of wrapped jobs (`wrapper.QUEUE`, `WRAPPERS.QUEUE`); empty when unset. */
  wrapperQueue: string;
  /** Values that could not be understood and what was taken instead; never the values of secrets. */
  problems: readonly string[];
}

const NO_SECTION: SectionSettings = {
  processors: "1",
  threads: "1",
  tasks: null,
  nodes: null,
  processorsPerNode: null,
  exclusive: false,
  queue: "",
  platform: "",
  wallclock: "",
};

const NO_PLATFORM: PlatformSettings = {
  queue: "",
  serialQueue: "",
  project: "",
  maxWallclock: "",
  processorsPerNode: null,
  carbonFactor: "",
  powerUsageEffectiveness: "",
};

/** Facts of an experiment whose configuration cannot be loaded: every default and nothing else. */
export function emptyConfigurationFacts(dialect: ConfigurationDialect): ConfigurationFacts {
  const ini = dialect === "ini";
  return {
    dialect,
    autosubmitVersion: null,
    mainPlatform: "",
    projectType: ini ? "na" : "none",
    model: "NA",
    branch: "NA",
    chunkUnit: "",
    chunkSize: 1,
    safetySleepSeconds: 10,
    workflowCommit: null,
    dateList: "",
    members: "",
    sections: new Map(),
    otherSections: ini ? { ...NO_SECTION, tasks: 0 } : NO_SECTION,
    platforms: new Map(),
    otherPlatforms: ini ? NO_PLATFORM : { ...NO_PLATFORM, queue: null, serialQueue: null, project: null },
    wrappers: [],
    wrapperType: null,
    wrapperQueue: "",
    problems: [],
  };
}
