import { durationText, isoTime, type JobHistoryEntry } from "@autosubmit-api/domain";
import type { JobHistoryV3Body, TimeZone } from "@autosubmit-api/shared-types";

/** @param jobLogs folder of the job logs */
export function presentJobHistory(
  entries: readonly JobHistoryEntry[],
  jobLogs: string,
  zone: TimeZone,
): JobHistoryV3Body {
  return {
    error: false,
    error_message: "",
    history: entries.map((entry) => presentEntry(entry, zone)),
    path_to_logs: jobLogs,
  };
}

export function presentJobHistoryFailure(message: string, jobLogs: string): JobHistoryV3Body {
  return { error: true, error_message: message, history: null, path_to_logs: jobLogs };
}

type Entry = NonNullable<JobHistoryV3Body["history"]>[number];

/** What v3 writes where nothing is stored. */
const UNKNOWN_PLATFORM = "NA";
const UNKNOWN_QUEUE = "debug";
const NO_RUN = "NA";

function presentEntry({ row, run, ...entry }: JobHistoryEntry, zone: TimeZone): Entry {
  return {
    counter: row.counter,
    created: row.created,
    submit: isoTime(entry.submitAt, zone),
    start: isoTime(entry.startAt, zone),
    finish: isoTime(entry.finishAt, zone),
    queue_time: durationText(entry.queueSeconds),
    run_time: durationText(entry.runSeconds),
    ncpus: entry.processors,
    wallclock: row.wallclock,
    qos: row.qos || UNKNOWN_QUEUE,
    platform: row.platform || UNKNOWN_PLATFORM,
    job_id: row.job_id || 0,
    nodes: row.nnodes,
    energy: entry.energyJoules,
    status: entry.status,
    ASYPD: run === null ? NO_RUN : entry.asypd,
    SYPD: run === null ? NO_RUN : entry.sypd,
    run_id: row.run_id,
    run_created: run === null ? NO_RUN : run.created,
    out: row.out,
    err: row.err,
  };
}
