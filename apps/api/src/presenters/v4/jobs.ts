import { activeFirst } from "@autosubmit-api/domain";
import { type JobsV4Body, type JobV4Body, jobStatusName } from "@autosubmit-api/shared-types";
import type { JobRecord } from "autosubmit-reader";

const ISO_DATE_LENGTH = "YYYY-MM-DD".length;

/** @param view `quick`: names and statuses only */
export function presentJobs(jobs: readonly JobRecord[], view: "base" | "quick"): JobsV4Body {
  return { jobs: activeFirst(jobs).map(view === "base" ? presentJob : presentQuickJob) };
}

function presentQuickJob({ name, status }: JobRecord): JobV4Body {
  return { name, status: jobStatusName(status) };
}

function presentJob(job: JobRecord): JobV4Body {
  return {
    name: job.name,
    status: jobStatusName(job.status),
    priority: job.priority,
    section: job.section,
    date: job.date?.slice(0, ISO_DATE_LENGTH) ?? null,
    member: job.member,
    chunk: job.chunk,
    split: job.split,
    splits: job.splits,
    out_path_local: job.localOut,
    err_path_local: job.localErr,
    out_path_remote: job.remoteOut,
    err_path_remote: job.remoteErr,
  };
}
