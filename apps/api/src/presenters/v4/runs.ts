import { isoTime } from "@autosubmit-api/domain";
import type { RunsV4Body, TimeZone, UserMetricsRunsV4Body, UserMetricsV4Body } from "@autosubmit-api/shared-types";
import type { ExperimentRunRecord, UserMetricRecord } from "autosubmit-reader";

export function presentRuns(runs: readonly ExperimentRunRecord[], zone: TimeZone): RunsV4Body {
  return {
    runs: runs.map((run) => ({
      run_id: run.run_id,
      start: isoTime(run.start, zone),
      finish: isoTime(run.finish, zone),
    })),
  };
}

export function presentUserMetrics(runId: number, metrics: readonly UserMetricRecord[]): UserMetricsV4Body {
  return {
    run_id: runId,
    metrics: metrics.map(({ job_name, metric_name, metric_value, modified }) => ({
      job_name,
      metric_name,
      metric_value,
      modified,
    })),
  };
}

/** @param runIds newest first */
export function presentUserMetricsRuns(runIds: readonly number[]): UserMetricsRunsV4Body {
  return { runs: runIds.map((runId) => ({ run_id: runId })) };
}
