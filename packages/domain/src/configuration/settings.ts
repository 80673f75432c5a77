import type { ConfigurationFacts, PlatformSettings, SectionSettings } from "autosubmit-reader";

/** Section and platform names are upper case in YAML configurations and as written in INI ones. */
function normalisedName(facts: ConfigurationFacts, name: string): string {
  return facts.dialect === "yaml" ? name.toUpperCase() : name;
}

/** Settings of a job section; a section that the configuration does not know has the dialect's defaults. */
export function sectionSettings(facts: ConfigurationFacts, section: string): SectionSettings {
  return facts.sections.get(normalisedName(facts, section)) ?? facts.otherSections;
}

/** Settings of a platform; a platform that the configuration does not know has the dialect's defaults. */
export function platformSettings(facts: ConfigurationFacts, platform: string): PlatformSettings {
  return facts.platforms.get(normalisedName(facts, platform)) ?? facts.otherPlatforms;
}

/** Where the jobs of a section run: the section's platform, else the main one (reference: joblist_loader.py). */
export function jobPlatform(facts: ConfigurationFacts, section: string): string {
  const own = sectionSettings(facts, section).platform;
  return own.trim() === "" ? facts.mainPlatform : own;
}

/**
 * The queue of a section's jobs: the wrapper's for wrapped jobs, the section's own otherwise, else the platform's
 * (reference: joblist_loader.py, configuration_facade.py). With one processor the platform's serial queue counts, and
 * in YAML its absence hides the platform's queue, as in the reference.
 * @returns null where the reference prints Python's `None`: a YAML platform without that queue
 */
export function jobQueue(facts: ConfigurationFacts, section: string, isWrapped: boolean): string | null {
  const settings = sectionSettings(facts, section);
  const own = isWrapped ? facts.wrapperQueue : settings.queue;
  if (own.trim() !== "") return own;
  const platform = platformSettings(facts, jobPlatform(facts, section));
  if (processorCount(settings.processors) !== 1) return platform.queue;
  return platform.serialQueue?.trim() === "" ? platform.queue : platform.serialQueue;
}

/** `HH:MM` of a section's jobs: the section's own, else its platform's longest; empty when neither is set. */
export function jobWallclock(facts: ConfigurationFacts, section: string): string {
  const own = sectionSettings(facts, section).wallclock;
  return own.trim() === "" ? platformSettings(facts, jobPlatform(facts, section)).maxWallclock : own;
}

/** The version as the reference prints it: `None` when an INI configuration has none, empty for YAML. */
export function versionText(facts: ConfigurationFacts): string {
  return facts.autosubmitVersion ?? (facts.dialect === "ini" ? "None" : "");
}

const CORES_PER_NODE = 36;
const WHOLE_NUMBER = /^\s*[+-]?\d+(?:_\d+)*\s*$/;

/**
 * How many processors a `PROCESSORS` text asks for: a whole number, or parts such as `16:32`, each rounded up to nodes of
 * 36 (reference: common/utils.py `get_processors_number`). 0 when the text says neither.
 * differs: `4.0` counts as 4 everywhere; the reference takes 0 in job lists and 4 in metrics.
 */
export function processorCount(processors: string): number {
  if (!processors.includes(":")) {
    const count = WHOLE_NUMBER.test(processors) ? Number(processors.replaceAll("_", "")) : toNumber(processors);
    return Number.isFinite(count) ? Math.trunc(count) : 0;
  }
  const parts = processors.split(":").map((part) => Math.ceil(toNumber(part) / CORES_PER_NODE) * CORES_PER_NODE);
  const total = parts.reduce((sum, part) => sum + part, 0);
  return Number.isFinite(total) ? total : 0;
}

/** A decimal number, NaN for anything else (an empty text included). */
function toNumber(text: string): number {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
}
