/** The texts that answers say times and durations with: ISO 8601 with the site's offset at that instant. */

import type { TimeZone } from "@autosubmit-api/shared-types";

const SECONDS_PER_DAY = 86_400;
const MAX_CACHED_DAYS = 50_000;
/** 0001-01-01 to 9999-12-31: what an ISO 8601 date with four digits can say. */
const FIRST_SECOND = -62_135_596_800;
const LAST_SECOND = 253_402_300_799;

/**
 * `YYYY-MM-DDTHH:MM:SS±HH:MM` on the zone's clock, e.g. `2026-06-10T16:35:26+02:00`; UTC is `+00:00`. Fractions of a
 * second are dropped. Null for null, for 0 and less (Autosubmit's "not yet"), and for what is no date.
 * Source: `timestamp_to_datetime_format` in the reference's `common/utils.py`.
 * differs: the reference keeps the offset that the server had when it started, an hour off on the other side of a change.
 */
export function isoTime(epochSeconds: number | null, zone: TimeZone): string | null {
  return epochSeconds === null || epochSeconds <= 0 ? null : isoInstant(epochSeconds, zone);
}

/** As `isoTime`, for any instant of the years 1 to 9999; null for one outside of them. */
export function isoInstant(epochSeconds: number, zone: TimeZone): string | null {
  if (!(epochSeconds >= FIRST_SECOND && epochSeconds <= LAST_SECOND)) return null;
  const seconds = Math.floor(epochSeconds);
  const offset = zone.offsetSecondsAt(seconds);
  const local = seconds + offset;
  if (local < FIRST_SECOND || local > LAST_SECOND) return null;
  const day = Math.floor(local / SECONDS_PER_DAY);
  return `${dateText(day)}T${clockText(local - day * SECONDS_PER_DAY)}${offsetText(offset)}`;
}

// Lists of 130,000 jobs hold few days and fewer offsets: these two tables took the time per timestamp from 940 to 130 ns.
const dateTexts = new Map<number, string>();
const offsetTexts = new Map<number, string>();
const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, "0"));

/** `YYYY-MM-DD` of a day counted from 1970-01-01. */
function dateText(day: number): string {
  let text = dateTexts.get(day);
  if (text === undefined) {
    if (dateTexts.size >= MAX_CACHED_DAYS) dateTexts.clear();
    text = new Date(day * SECONDS_PER_DAY * 1000).toISOString().slice(0, 10);
    dateTexts.set(day, text);
  }
  return text;
}

/** `HH:MM:SS` of a second of the day. */
function clockText(second: number): string {
  const hour = Math.trunc(second / 3600);
  const minute = Math.trunc(second / 60) - hour * 60;
  return `${TWO_DIGITS[hour]}:${TWO_DIGITS[minute]}:${TWO_DIGITS[second % 60]}`;
}

/** `+02:00`; the seconds of old local mean times follow as `:SS`. */
function offsetText(offsetSeconds: number): string {
  let text = offsetTexts.get(offsetSeconds);
  if (text === undefined) {
    const clock = clockText(Math.abs(offsetSeconds));
    text = (offsetSeconds < 0 ? "-" : "+") + (clock.endsWith(":00") ? clock.slice(0, 5) : clock);
    offsetTexts.set(offsetSeconds, text);
  }
  return text;
}

/**
 * `H:MM:SS`, or `N days, H:MM:SS` from a day on: a duration as Python prints it, which v3 answers use and the GUI
 * compares with (`0:00:00` is a warning there). Seconds are whole; negative durations borrow from a negative day.
 */
export function durationText(seconds: number): string {
  const whole = Math.floor(seconds);
  const days = Math.floor(whole / SECONDS_PER_DAY);
  const rest = whole - days * SECONDS_PER_DAY;
  const clock = clockText(rest).replace(/^0/, "");
  return days === 0 ? clock : `${days} ${Math.abs(days) === 1 ? "day" : "days"}, ${clock}`;
}
