import { JOB_STATUS_CODES } from "@autosubmit-api/shared-types";
import type { ExperimentJobs } from "./experiment-jobs.js";

const { COMPLETED, FAILED, SKIPPED, SUSPENDED, UNKNOWN } = JOB_STATUS_CODES;
const AT_REST: ReadonlySet<number> = new Set([COMPLETED, FAILED, SKIPPED, SUSPENDED, UNKNOWN]);
const FRESH_SECONDS = 86_400;

/**
 * Names of the wrappers that came up within a day of `moment` and still have jobs waiting or at work. A wrapper of
 * which no submission is known is not fresh: it may as well be a preview.
 * @param moment epoch seconds
 */
export function freshWrappers({ jobs }: ExperimentJobs, moment: number): ReadonlySet<string> {
  const active = new Set<string>();
  const recent = new Set<string>();
  for (const { wrapper, record, times } of jobs) {
    if (wrapper === null) continue;
    if (!AT_REST.has(record.status)) active.add(wrapper.name);
    if (times.submitAt !== null && times.submitAt > moment - FRESH_SECONDS) recent.add(wrapper.name);
  }
  return new Set([...active].filter((name) => recent.has(name)));
}
