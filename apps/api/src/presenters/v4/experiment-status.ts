import { isoInstant, type StatusEvidence, type StatusVerdict } from "@autosubmit-api/domain";
import type { ExperimentStatusV4Body, TimeZone } from "@autosubmit-api/shared-types";

/** What was found out about an experiment, and what that means. */
export interface ExplainedStatus {
  expid: string;
  evidence: StatusEvidence;
  verdict: StatusVerdict;
  runLogPath: string | null;
}

export function presentExperimentStatus(explained: ExplainedStatus, zone: TimeZone): ExperimentStatusV4Body {
  const { expid, evidence, verdict, runLogPath } = explained;
  const { heartbeat, runLog } = evidence;
  const instant = (at: number | null | undefined) => (at == null ? null : isoInstant(Math.floor(at), zone));
  return {
    expid,
    status: verdict.status,
    confidence: verdict.confidence,
    since: instant(verdict.since),
    reasons: verdict.reasons,
    evidence: {
      job_list_modified: instant(evidence.jobListModifiedAt),
      run_log: runLogPath,
      run_log_modified: instant(runLog?.modifiedAt),
      run_log_started: instant(runLog?.startedAt),
      history_modified: instant(evidence.historyModifiedAt),
      lock_modified: instant(evidence.lockModifiedAt),
      stored_status: heartbeat?.status ?? null,
      stored_at: instant(heartbeat?.storedAt),
      stored_by: heartbeat?.storedBy ?? null,
    },
  };
}
