import { isoTime, type JobDetail } from "@autosubmit-api/domain";
import type { JobDetailV4Body, TimeZone } from "@autosubmit-api/shared-types";

/** @param jobLogs folder of the job logs */
export function presentJobDetail(detail: JobDetail, jobLogs: string, zone: TimeZone): JobDetailV4Body {
  const { record, times } = detail;
  const logPath = (name: string | null) => (name === null ? null : `${jobLogs}/${name}`);
  return {
    name: record.name,
    status: detail.statusName,
    section: record.section,
    date: record.date?.slice(0, "YYYY-MM-DD".length).replaceAll("-", "") ?? null,
    member: record.member,
    chunk: record.chunk,
    split: record.split,
    splits: record.splits,
    out_path_local: logPath(detail.outLog),
    err_path_local: logPath(detail.errLog),
    chunk_size: detail.chunkLength.chunkSize,
    chunk_unit: detail.chunkLength.chunkUnit,
    platform: detail.platform,
    remote_id: detail.remoteId,
    qos: detail.queue,
    workflow_commit: detail.workflowCommit,
    processors: detail.processors,
    submit: isoTime(times.submitAt, zone),
    start: isoTime(times.startAt, zone),
    finish: isoTime(times.finishAt, zone),
    wallclock: detail.wallclock,
    last_wrapper: detail.wrapperName,
  };
}
