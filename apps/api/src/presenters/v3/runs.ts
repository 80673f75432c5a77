import { isoTime, type RunView } from "@autosubmit-api/domain";
import type { RunsV3Body, TimeZone } from "@autosubmit-api/shared-types";

/** An experiment without runs is an error here. */
export function presentRuns(runs: readonly RunView[], processingElements: number, zone: TimeZone): RunsV3Body {
  if (runs.length === 0) return presentRunsFailure("No data");
  return {
    error: false,
    error_message: "",
    runs: runs.map(({ run, sypd, asypd, chsy }) => ({
      run_id: run.run_id,
      created: run.created,
      finish: isoTime(run.finish, zone),
      chunk_unit: run.chunk_unit,
      chunk_size: run.chunk_size,
      submitted: run.submitted,
      queuing: run.queuing,
      running: run.running,
      completed: run.completed,
      failed: run.failed,
      total: run.total,
      suspended: run.suspended,
      Parallelization: processingElements,
      SYPD: sypd,
      ASYPD: asypd,
      CHSY: chsy,
    })),
  };
}

export function presentRunsFailure(message: string): RunsV3Body {
  return { error: true, error_message: message, runs: [] };
}
