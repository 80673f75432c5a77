import type { NaiveDateTime } from "autosubmit-reader";

/** How much of a start date job and folder names show: the day, the hour, or the minute as well. */
export type DatePrecision = "day" | "hour" | "minute";

const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?/;

/**
 * The precision that Autosubmit uses for these start dates: minutes when one is past minute 1, hours when one is past
 * hour 1 (its own rule, which makes 01:00 a day).
 * differs: the reference forgets the minutes when it meets a date without them later.
 */
export function datePrecision(dates: Iterable<NaiveDateTime>): DatePrecision {
  let precision: DatePrecision = "day";
  for (const date of dates) {
    const [, , , , hour = "0", minute = "0"] = DATE_TIME.exec(date) ?? [];
    if (Number(minute) > 1) return "minute";
    if (Number(hour) > 1) precision = "hour";
  }
  return precision;
}

/** `YYYYMMDD`, `YYYYMMDDHH` or `YYYYMMDDHHMM`; a text that is no date stays as it is. */
export function compactDate(date: NaiveDateTime, precision: DatePrecision): string {
  const match = DATE_TIME.exec(date);
  if (match === null) return date;
  const [, year, month, day, hour = "00", minute = "00"] = match;
  const clock = precision === "day" ? "" : precision === "hour" ? hour : hour + minute;
  return `${year}${month}${day}${clock}`;
}
