import { durations, isOpenAttempt, isoTime } from "@autosubmit-api/domain";
import type { JobAttemptV4Body, TimeZone } from "@autosubmit-api/shared-types";
import type { JobDataColumn, JobDataColumns } from "autosubmit-reader";

/** The columns of the history that an attempt is presented from. */
export const HISTORY_COLUMNS = [
  "counter",
  "submit",
  "start",
  "finish",
  "status",
  "rowtype",
  "ncpus",
  "nnodes",
  "wallclock",
  "qos",
  "energy",
  "section",
  "member",
  "chunk",
  "split",
  "splits",
  "last",
  "platform",
  "job_id",
  "run_id",
  "MaxRSS",
  "AveRSS",
  "out",
  "err",
  "workflow_commit",
] as const satisfies readonly JobDataColumn[];

export type HistoryRow = JobDataColumns<(typeof HISTORY_COLUMNS)[number]>;

/** Row types up to this one are no wrapper codes. */
const LAST_PLAIN_ROWTYPE = 2;

export function presentJobAttempt(row: HistoryRow, zone: TimeZone): JobAttemptV4Body {
  const { queueSeconds, runSeconds } = durations(row.submit, row.start, row.finish);
  return {
    job_name: row.job_name,
    run_id: row.run_id,
    section: row.section,
    status: row.status,
    submit: isoTime(row.submit, zone),
    start: isoTime(row.start, zone),
    finish: isoTime(row.finish, zone),
    out: row.out,
    err: row.err,
    counter: row.counter,
    is_last: row.last === 1,
    in_flight: isOpenAttempt(row),
    queue_seconds: queueSeconds,
    run_seconds: runSeconds,
    member: row.member,
    chunk: row.chunk,
    split: row.split,
    splits: row.splits,
    platform: row.platform,
    qos: row.qos,
    job_id: row.job_id,
    wrapper_code: row.rowtype > LAST_PLAIN_ROWTYPE ? row.rowtype : null,
    wallclock: row.wallclock,
    ncpus: row.ncpus,
    nodes: row.nnodes,
    energy_joules: row.energy,
    max_rss: row.MaxRSS,
    average_rss: row.AveRSS,
    workflow_commit: row.workflow_commit,
  };
}
