import type { WrapperJobs } from "autosubmit-reader";

/** A wrapper (package): jobs that were submitted as one. */
export interface Wrapper {
  name: string;
  /** The part of the name that tells wrappers apart, a time and a random number; null when the name has no such part. */
  id: string | null;
  /** Outline of its jobs in graph drawings; alternates between wrappers. */
  shape: "square" | "hexagon";
  /** Its jobs, in the order in which they were first packed. */
  jobNames: string[];
}

/** The wrappers of an experiment. */
export interface Wrappers {
  byName: ReadonlyMap<string, Wrapper>;
  byJob: ReadonlyMap<string, Wrapper>;
}

/** No wrappers: there are none, or their database cannot be read. */
export const NO_WRAPPERS: Wrappers = { byName: new Map(), byJob: new Map() };

const FIRST_ID_FIELD_FROM_RIGHT = -3;

/**
 * Sorts memberships by wrapper and by job. Where several rows name a job, the last one holds (formats reference §2.6).
 * Source: reference, persistance/job_package_reader.py.
 */
export function indexWrappers(membership: WrapperJobs | null): Wrappers {
  if (membership === null) return NO_WRAPPERS;
  const wrapperNames = new Map<string, string>();
  for (const { package_name, job_name } of membership.rows) {
    if (package_name.trim() !== "") wrapperNames.set(job_name, package_name);
  }
  const byName = new Map<string, Wrapper>();
  const byJob = new Map<string, Wrapper>();
  for (const [jobName, name] of wrapperNames) {
    let wrapper = byName.get(name);
    if (wrapper === undefined) {
      wrapper = { name, id: wrapperId(name), shape: "square", jobNames: [] };
      byName.set(name, wrapper);
    }
    // As in the reference: the place of its last job in the list of all wrapped jobs decides.
    wrapper.shape = byJob.size % 2 === 0 ? "square" : "hexagon";
    wrapper.jobNames.push(jobName);
    byJob.set(jobName, wrapper);
  }
  return { byName, byJob };
}

/**
 * The identifier in a wrapper's name: the third field from the right, e.g. `17128472368642` in
 * `a6zj_ASThread_SIM_17128472368642_1_4` (formats reference §2.6).
 * differs: the reference takes the third from the left, which is a section's name since 4.1.9.
 */
export function wrapperId(wrapperName: string): string | null {
  return wrapperName.split("_").at(FIRST_ID_FIELD_FROM_RIGHT) ?? null;
}
