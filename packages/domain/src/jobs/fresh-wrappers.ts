import type { ExperimentJobs } from "./experiment-jobs.js";

const FRESH_SECONDS = 7 * 86_400;

/**
 * Names of the wrappers of which a job was submitted within a week of `moment`. A wrapper of which no submission is known
 * is not fresh: it may as well be a preview.
 * @param moment epoch seconds
 */
export function freshWrappers({ jobs }: ExperimentJobs, moment: number): ReadonlySet<string> {
  const fresh = new Set<string>();
  for (const { wrapper, times } of jobs) {
    if (wrapper !== null && times.submitAt !== null && times.submitAt > moment - FRESH_SECONDS) fresh.add(wrapper.name);
  }
  return fresh;
}
