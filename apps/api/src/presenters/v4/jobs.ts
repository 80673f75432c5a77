import { isoTime, type JobView, type Page } from "@autosubmit-api/domain";
import { type JobV4Body, jobStatusName, type PaginationV4Body, type TimeZone } from "@autosubmit-api/shared-types";
import type { JobRecord } from "autosubmit-reader";

const ISO_DATE_LENGTH = "YYYY-MM-DD".length;

/** What a list of jobs tells of each: name and status; what the job list says; or all that is known. */
export type JobListView = "quick" | "base" | "extended";

export function presentQuickJob({ name, status }: JobRecord): JobV4Body {
  return { name, status: jobStatusName(status) };
}

export function presentJob(job: JobRecord): JobV4Body {
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

export function presentExtendedJob({ record, times, settings, wrapper }: JobView, zone: TimeZone): JobV4Body {
  // No spread: see `listedJobFields`.
  return Object.assign(presentJob(record), {
    platform: settings.platform,
    wrapper: wrapper?.name ?? null,
    submit: isoTime(times.submitAt, zone),
    start: isoTime(times.startAt, zone),
    finish: isoTime(times.finishAt, zone),
    queue_seconds: times.queueSeconds,
    run_seconds: times.runSeconds,
  });
}

/** Where a page is in its list, as in the experiment search. */
export function presentPagination(page: Page<unknown>): PaginationV4Body {
  return {
    page: page.page,
    page_size: page.pageSize,
    total_pages: page.pageCount,
    page_items: page.items.length,
    total_items: page.itemCount,
  };
}
