import type { ConfigurationFacts } from "autosubmit-reader";
import { jobPlatform, jobQueue, jobWallclock, processorCount, sectionSettings } from "../configuration/settings.js";

/** What the configuration says of where and how a job runs. */
export interface JobSettings {
  platform: string;
  /** Null where the reference prints Python's `None`: a YAML platform without a queue. */
  queue: string | null;
  /** Processors asked for. */
  processors: number;
  /** `HH:MM`; empty when neither the section nor its platform has one. */
  wallclock: string;
}

/**
 * A look-up of settings by section and by whether the job is in a wrapper; each pair is worked out once.
 * differs: the reference gives all jobs of a section the queue of the first one, wrapped or not.
 */
export function jobSettingsLookup(facts: ConfigurationFacts): (section: string, isWrapped: boolean) => JobSettings {
  const known = { true: new Map<string, JobSettings>(), false: new Map<string, JobSettings>() };
  return (section, isWrapped) => {
    const settings = known[`${isWrapped}`];
    let found = settings.get(section);
    if (found === undefined) {
      found = {
        platform: jobPlatform(facts, section),
        queue: jobQueue(facts, section, isWrapped),
        processors: processorCount(sectionSettings(facts, section).processors),
        wallclock: jobWallclock(facts, section),
      };
      settings.set(section, found);
    }
    return found;
  };
}
