import { isoInstant, type Page } from "@autosubmit-api/domain";
import {
  type LogEntryV4Body,
  type LogsV4Body,
  type LogV4Body,
  localToEpoch,
  parseCompactTime,
  type TimeZone,
} from "@autosubmit-api/shared-types";
import {
  compressedVariants,
  isJobLogKind,
  type LogAttempt,
  type LogCompression,
  type LogFile,
  type LogNameFacts,
  stripCompression,
} from "autosubmit-reader";

/** A log, as its name and its folder tell of it. */
export type ListedLog = LogNameFacts & LogFile;

/** The attempts that wrote logs, by the logs' names without suffix of compression. */
export type AttemptsByLog = ReadonlyMap<string, LogAttempt>;

export function indexAttempts(attempts: readonly LogAttempt[]): AttemptsByLog {
  const byLog = new Map<string, LogAttempt>();
  for (const attempt of attempts)
    for (const name of [attempt.out, attempt.err]) if (name !== null) byLog.set(name, attempt);
  return byLog;
}

export function presentLogs(page: Page<ListedLog>, attempts: AttemptsByLog, zone: TimeZone): LogsV4Body {
  return {
    logs: page.items.map((log) => presentLogEntry(log, attempts, zone)),
    pagination: {
      page: page.page,
      page_size: page.pageSize,
      total_pages: page.pageCount,
      page_items: page.items.length,
      total_items: page.itemCount,
    },
  };
}

function presentLogEntry(log: ListedLog, attempts: AttemptsByLog, zone: TimeZone): LogEntryV4Body {
  const found = isJobLogKind(log.kind) ? attempts.get(stripCompression(log.name)) : undefined;
  const attempt = found === undefined ? null : { counter: found.counter, run_id: found.run_id };
  return { ...presentLogPlace(log, zone), attempt };
}

/** @param present names of the logs that are there */
export function presentAttempts(
  attempts: readonly LogAttempt[],
  present: ReadonlySet<string>,
): NonNullable<LogsV4Body["attempts"]> {
  const transferred = (name: string | null) =>
    name === null ? null : (compressedVariants(name).find((variant) => present.has(variant)) ?? null);
  return attempts.map(({ counter, run_id, out, err }) => ({
    counter,
    run_id,
    out: transferred(out),
    err: transferred(err),
  }));
}

type LogPlace = Omit<LogEntryV4Body, "attempt">;

function presentLogPlace(log: ListedLog, zone: TimeZone): LogPlace {
  const local = log.stamp === null ? null : parseCompactTime(log.stamp);
  return {
    name: log.name,
    folder: log.folder === "jobs" ? "jobs" : "commands",
    kind: log.kind,
    job_name: log.jobName,
    command: log.command,
    platform: log.platform,
    time: local === null ? null : isoInstant(localToEpoch(local, zone), zone),
    size_bytes: log.sizeBytes,
    modified: isoInstant(Math.floor(log.modifiedAt), zone),
  };
}

/** What was read of a log. */
export type LogPart = Pick<LogV4Body, "lines" | "next_from" | "total_lines" | "text" | "start" | "end" | "note">;

export function presentLogPart(log: ListedLog, compression: LogCompression, part: LogPart, zone: TimeZone): LogV4Body {
  return { ...presentLogPlace(log, zone), compression, ...part };
}
