import type { ExperimentRunRecord, JobDataRecord } from "autosubmit-reader";

/** A completed attempt of a SIM job that waited a minute and ran for an hour, in run 1. */
export function jobDataRow(changes: Partial<JobDataRecord> = {}): JobDataRecord {
  return {
    id: 1,
    counter: 1,
    job_name: "a000_20260101_fc0_1_SIM",
    created: "2026-01-01-00:00:00",
    modified: "2026-01-01-01:01:00",
    submit: 1_767_225_540,
    start: 1_767_225_600,
    finish: 1_767_229_200,
    status: "COMPLETED",
    rowtype: 2,
    ncpus: 16,
    wallclock: "02:00",
    qos: "gp_bsces",
    energy: 0,
    date: "2026-01-01 00:00:00",
    section: "SIM",
    member: "fc0",
    chunk: 1,
    last: 1,
    platform: "MN5",
    job_id: 4711,
    extra_data: "",
    nnodes: 1,
    run_id: 1,
    MaxRSS: 0,
    AveRSS: 0,
    out: "a000_20260101_fc0_1_SIM.20260101000000.out",
    err: "a000_20260101_fc0_1_SIM.20260101000000.err",
    rowstatus: 1,
    children: null,
    platform_output: null,
    workflow_commit: null,
    split: null,
    splits: null,
    fail_count: null,
    ...changes,
  };
}

/** A run of half-year chunks. */
export function experimentRun(changes: Partial<ExperimentRunRecord> = {}): ExperimentRunRecord {
  return {
    run_id: 1,
    created: "2026-01-01-00:00:00",
    modified: null,
    start: 1_767_225_500,
    finish: null,
    chunk_unit: "month",
    chunk_size: 6,
    completed: 1,
    total: 1,
    failed: 0,
    queuing: 0,
    running: 0,
    submitted: 0,
    suspended: 0,
    metadata: null,
    ...changes,
  };
}
