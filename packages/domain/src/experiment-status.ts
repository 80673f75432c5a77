import {
  type ExperimentStatus,
  localToEpoch,
  parseCompactTime,
  parseTimestamp,
  type TimeZone,
} from "@autosubmit-api/shared-types";
import type { ExperimentActivity } from "autosubmit-reader";

/** A stored status as evidence: Autosubmit stores RUNNING when `autosubmit run` starts (formats reference §2.2). */
export interface StatusHeartbeat {
  /** RUNNING, NOT RUNNING, or a final state of newer Autosubmit versions. */
  status: string;
  /** Epoch seconds; null when the stored time cannot be understood. */
  storedAt: number | null;
  /** Told from the notation of the time. */
  storedBy: "autosubmit" | "workers";
}

/** What can be known of an experiment without reading it. All instants are epoch seconds; null means absent. */
export interface StatusEvidence {
  /** When Autosubmit last wrote the job list. */
  jobListModifiedAt: number | null;
  /** The newest log of `autosubmit run`: last line, and the start that its name tells. */
  runLog: { modifiedAt: number; startedAt: number | null } | null;
  /** When the history of jobs was last written. */
  historyModifiedAt: number | null;
  /** When `autosubmit.lock` was last written; it often stays when a run ends. */
  lockModifiedAt: number | null;
  heartbeat: StatusHeartbeat | null;
}

/** Whether Autosubmit works on an experiment, how sure that is, and why. */
export interface StatusVerdict {
  status: ExperimentStatus;
  /** `high`: all evidence agrees; `medium`: one piece decides; `low`: pieces contradict each other. */
  confidence: "high" | "medium" | "low";
  /** RUNNING: when the run started; NOT RUNNING: the last sign of life. Epoch seconds; null when it cannot be told. */
  since: number | null;
  /** For people, the deciding one first. */
  reasons: string[];
}

/** A job list that was written more recently decides by itself (seconds). */
const JOB_LIST_RECENT = 600;
/** Up to this age of the job list the reference looks at the run log (seconds). */
const JOB_LIST_OLD = 3_600;
/** Autosubmit writes to its run log in every iteration: one that is older is of a run that ended (seconds). */
const RUN_LOG_RECENT = 300;
/** A file dated further ahead than this says nothing (seconds); less is how far clocks of file servers go wrong. */
const CLOCK_TOLERANCE = 600;

/** A row of `experiment_status` as evidence. Autosubmit's times have no offset or one without a colon. */
export function heartbeatOf(row: { status: string; modified: string }, zone: TimeZone): StatusHeartbeat {
  const isOurs = /^\d{4}-\d\d-\d\d-.*[+-]\d\d:\d\d$/.test(row.modified);
  return {
    status: row.status,
    storedAt: parseTimestamp(row.modified, zone),
    storedBy: isOurs ? "workers" : "autosubmit",
  };
}

/** What the files of an experiment and its stored status (null when it has none) tell, put together. */
export function statusEvidence(
  activity: ExperimentActivity,
  stored: { status: string; modified: string } | null,
  zone: TimeZone,
): StatusEvidence {
  const { jobListModifiedAt, runLog, historyModifiedAt, lockModifiedAt } = activity;
  return {
    jobListModifiedAt,
    runLog: runLog && { modifiedAt: runLog.modifiedAt, startedAt: startOfLog(runLog.startStamp, zone) },
    historyModifiedAt,
    lockModifiedAt,
    heartbeat: stored && heartbeatOf(stored, zone),
  };
}

function startOfLog(stamp: string | null, zone: TimeZone): number | null {
  const local = stamp === null ? null : parseCompactTime(stamp);
  return local === null ? null : localToEpoch(local, zone);
}

/**
 * Decides whether an experiment runs. The rule is the reference's (formats reference §2.2; its `status_updater.py`): RUNNING
 * when the job list was written in the last 600 s; from then to 3,600 s when the newest run log was written in the last
 * 300 s; NOT RUNNING otherwise. The other evidence sets confidence, reasons and `since`.
 *
 * differs: while a job waits long in a queue nothing writes the job list, and the reference calls the experiment NOT
 * RUNNING after an hour, however alive its run log is. Here a run log that was written in the last 300 s counts at any age
 * of the job list.
 * differs: when Autosubmit itself stored RUNNING in the last 300 s the experiment is RUNNING: the run has started and has
 * not changed any job yet. The reference overwrites it with NOT RUNNING.
 * differs: a job list dated more than 600 s ahead decides nothing. The reference calls such an experiment RUNNING until
 * that time has come.
 */
export function decideExperimentStatus(evidence: StatusEvidence, now: number): StatusVerdict {
  const ages: EvidenceAges = {
    jobList: ageOf(evidence.jobListModifiedAt, now),
    runLog: ageOf(evidence.runLog?.modifiedAt ?? null, now),
    history: ageOf(evidence.historyModifiedAt, now),
    started: evidence.heartbeat?.storedBy === "autosubmit" ? ageOf(evidence.heartbeat.storedAt, now) : null,
  };
  const saysStarted = evidence.heartbeat?.status === "RUNNING" && isWithin(ages.started, RUN_LOG_RECENT);
  const verdict = decide(ages, saysStarted);
  return { ...verdict, since: verdict.status === "RUNNING" ? startOf(evidence) : lastSignOf(evidence, now) };
}

interface EvidenceAges {
  jobList: number | null;
  runLog: number | null;
  history: number | null;
  started: number | null;
}

const STARTED = "Autosubmit has just started a run";

type Decision = Omit<StatusVerdict, "since">;

function decide(ages: EvidenceAges, saysStarted: boolean): Decision {
  const { jobList, runLog } = ages;
  if (jobList === null) {
    const absent = "there is no job list";
    return saysStarted ? running("medium", [STARTED, absent]) : notRunning("high", [absent]);
  }
  if (jobList < -CLOCK_TOLERANCE) {
    const ahead = `the job list is dated ${durationOf(-jobList)} ahead, which says nothing`;
    return decideByLog(ages, saysStarted, [ahead, runLogText(runLog)]);
  }
  const written = `the job list was written ${agoOf(jobList)}`;
  if (jobList < JOB_LIST_RECENT) return decideRecent(ages, saysStarted, written);
  return decideByLog(ages, saysStarted, [runLogText(runLog), written]);
}

function decideRecent({ runLog }: EvidenceAges, saysStarted: boolean, written: string): Decision {
  if (isWithin(runLog, RUN_LOG_RECENT) || saysStarted) {
    return running("high", [written, saysStarted ? STARTED : runLogText(runLog)]);
  }
  const doubt = runLog === null ? "another command than run may have written it" : "the run may just have ended";
  return running("low", [written, `${runLogText(runLog)}: ${doubt}`]);
}

function decideByLog({ jobList, runLog, history }: EvidenceAges, saysStarted: boolean, reasons: string[]): Decision {
  if (isWithin(runLog, RUN_LOG_RECENT)) {
    const long = jobList !== null && jobList >= JOB_LIST_OLD;
    return running(
      long ? "medium" : "high",
      long ? [...reasons, "no job has changed since: they may be queuing"] : reasons,
    );
  }
  if (saysStarted) return running("medium", [STARTED, ...reasons]);
  if (isWithin(history, RUN_LOG_RECENT)) {
    return notRunning("low", [...reasons, `but the history of jobs was written ${agoOf(history ?? 0)}`]);
  }
  return notRunning(jobList !== null && jobList >= JOB_LIST_OLD ? "high" : "medium", reasons);
}

const running = (confidence: StatusVerdict["confidence"], reasons: string[]): Decision => ({
  status: "RUNNING",
  confidence,
  reasons,
});

const notRunning = (confidence: StatusVerdict["confidence"], reasons: string[]): Decision => ({
  status: "NOT RUNNING",
  confidence,
  reasons,
});

/** Whole seconds, as the reference counts them; negative for what is dated ahead. */
function ageOf(at: number | null, now: number): number | null {
  return at === null ? null : Math.floor(now) - Math.floor(at);
}

function isWithin(age: number | null, limit: number): boolean {
  return age !== null && age >= -CLOCK_TOLERANCE && age < limit;
}

function runLogText(age: number | null): string {
  return age === null ? "there is no run log" : `the run log was written ${agoOf(age)}`;
}

function agoOf(age: number): string {
  return age < 0 ? `just now (${durationOf(-age)} ahead by the file's date)` : `${durationOf(age)} ago`;
}

/** A duration in the largest unit of which there are two. */
function durationOf(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}

function startOf({ runLog, lockModifiedAt, heartbeat }: StatusEvidence): number | null {
  const stored = heartbeat?.status === "RUNNING" ? heartbeat.storedAt : null;
  return runLog?.startedAt ?? lockModifiedAt ?? stored;
}

function lastSignOf({ jobListModifiedAt, runLog, historyModifiedAt }: StatusEvidence, now: number): number | null {
  const signs = [jobListModifiedAt, runLog?.modifiedAt ?? null, historyModifiedAt];
  return signs.reduce((last, at) => (at !== null && at <= now && (last === null || at > last) ? at : last), null);
}
