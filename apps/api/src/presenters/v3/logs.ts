import { isoTime } from "@autosubmit-api/domain";
import type { LogV3Body, RecoveryLogsV3Body, TimeZone } from "@autosubmit-api/shared-types";
import { type LogFile, type LogTailText, type RecoveryLog, tailRemark } from "autosubmit-reader";

/** A log's last lines and how it is called in the answer. */
export interface ShownLog {
  logfile: string;
  file: Pick<LogFile, "modifiedAt">;
  tail: LogTailText;
}

export function presentLog({ logfile, file, tail }: ShownLog, zone: TimeZone): LogV3Body {
  const timeStamp = Math.floor(file.modifiedAt);
  return {
    logfile,
    found: true,
    lastModified: isoTime(timeStamp, zone),
    timeStamp,
    error: false,
    error_message: "",
    logcontent: numbered(tail.lines),
    note: tailRemark(tail),
  };
}

/** There is no such log, which is no error. */
export function presentNoLog(logfile: string): LogV3Body {
  return {
    logfile,
    found: false,
    lastModified: "",
    timeStamp: "",
    error: false,
    error_message: "",
    logcontent: [],
    note: null,
  };
}

export function presentLogFailure(logfile: string, message: string): LogV3Body {
  return { ...presentNoLog(logfile), error: true, error_message: message };
}

export function presentRecoveryLogs(
  logs: readonly (RecoveryLog & { tail: LogTailText })[],
  zone: TimeZone,
): RecoveryLogsV3Body {
  return {
    platform_recovery_logs: logs.map(({ platform, name, startStamp, modifiedAt, tail }) => ({
      platform,
      filename: name,
      datetime: dateTimeOf(startStamp),
      modified_date: isoTime(Math.floor(modifiedAt), zone),
      content: numbered(tail.lines),
      note: tailRemark(tail),
    })),
    error: false,
    error_message: "",
  };
}

export function presentRecoveryLogsFailure(message: string): RecoveryLogsV3Body {
  return { platform_recovery_logs: [], error: true, error_message: message };
}

function numbered(lines: readonly string[]): { index: number; content: string }[] {
  return lines.map((content, index) => ({ index, content }));
}

/** `YYYYMMDDHHMMSS` as `YYYY-MM-DDTHH:MM:SS`. */
function dateTimeOf(stamp: string): string {
  return stamp.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, "$1-$2-$3T$4:$5:$6");
}
