import { countJobsByStatus, type JobCounts } from "@autosubmit-api/domain";
import type { ExperimentCountV3Body } from "@autosubmit-api/shared-types";

export function presentExperimentCount(expid: string, total: number, counters: JobCounts): ExperimentCountV3Body {
  return { error: false, error_message: "", expid, total, counters };
}

export function presentExperimentCountFailure(expid: string, message: string): ExperimentCountV3Body {
  return { error: true, error_message: message, expid, total: 0, counters: countJobsByStatus([]) };
}
