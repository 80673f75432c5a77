import { durationText, type JobsSummary } from "@autosubmit-api/domain";
import type { SummaryV3Body } from "@autosubmit-api/shared-types";

export function presentSummary(summary: JobsSummary): SummaryV3Body {
  return {
    n_running: summary.running,
    n_suspended: summary.suspended,
    n_queuing: summary.queuing,
    n_failed: summary.failed,
    n_submitted: summary.submitted,
    n_suspicious: summary.suspicious,
    avg_queue_time: durationText(summary.averageQueueSeconds),
    avg_run_time: durationText(summary.averageRunSeconds),
    n_sim: summary.simulations,
    avg_sim_queue_time: durationText(summary.averageSimulationQueueSeconds),
    avg_sim_run_time: durationText(summary.averageSimulationRunSeconds),
    sim_queue_considered: summary.simulationsQueued,
    sim_run_considered: summary.simulationsRun,
    failed_jobs: [...summary.failedJobs],
    error: false,
    error_message: "",
  };
}

/** What `/v3` writes for a time that there is none of. */
const NO_TIME = "NA";

export function presentSummaryFailure(message: string): SummaryV3Body {
  return {
    n_running: 0,
    n_suspended: 0,
    n_queuing: 0,
    n_failed: 0,
    n_submitted: 0,
    n_suspicious: 0,
    avg_queue_time: NO_TIME,
    avg_run_time: NO_TIME,
    n_sim: 0,
    avg_sim_queue_time: NO_TIME,
    avg_sim_run_time: NO_TIME,
    sim_queue_considered: 0,
    sim_run_considered: 0,
    failed_jobs: [],
    error: true,
    error_message: message,
  };
}
