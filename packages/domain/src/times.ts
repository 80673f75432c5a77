/**
 * Instants, local clock readings and the offset between them, for one IANA time zone. Autosubmit writes local times
 * without a zone (formats reference §3.2, §5.4) and databases hold epoch seconds; answers are ISO 8601 with the site's
 * offset at that instant. Nothing here looks at the process's own zone.
 */

/** A time zone by its rules; keep one per site, its look-ups are cached. */
export interface TimeZone {
  /** IANA name, e.g. `Europe/Madrid`. */
  readonly name: string;
  /** Seconds to add to UTC for the local clock at that instant, negative west of Greenwich. */
  offsetSecondsAt(epochSeconds: number): number;
}

const SECONDS_PER_DAY = 86_400;
const MAX_CACHED_DAYS = 50_000;
/** 0001-01-01 to 9999-12-31: what an ISO 8601 date with four digits can say. */
const FIRST_SECOND = -62_135_596_800;
const LAST_SECOND = 253_402_300_799;

/** The offsets of one UTC day: one, or two around a change. */
interface DayOffsets {
  before: number;
  changesAt: number;
  after: number;
}

/**
 * The zone of that name.
 * @throws RangeError for a name that the runtime does not know
 */
export function createTimeZone(name: string): TimeZone {
  const readClock = clockReader(name);
  const days = new Map<number, DayOffsets>();
  return {
    name,
    offsetSecondsAt(epochSeconds) {
      const day = Math.floor(epochSeconds / SECONDS_PER_DAY);
      let offsets = days.get(day);
      if (offsets === undefined) {
        if (days.size >= MAX_CACHED_DAYS) days.clear();
        offsets = offsetsOfDay(day * SECONDS_PER_DAY, readClock);
        days.set(day, offsets);
      }
      return epochSeconds < offsets.changesAt ? offsets.before : offsets.after;
    },
  };
}

/** Reads a zone's clock: an instant to the offset in force. Slow (microseconds), hence the cache above. */
function clockReader(name: string): (epochSeconds: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (epochSeconds) => {
    const parts: Record<string, string> = {};
    for (const part of format.formatToParts(epochSeconds * 1000)) parts[part.type] = part.value;
    const year = parts.era === "BC" ? 1 - Number(parts.year) : Number(parts.year);
    const local = new Date(0);
    local.setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
    local.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second));
    return local.getTime() / 1000 - Math.floor(epochSeconds);
  };
}

/** Offsets of the day that starts at `start`. A zone that changed twice within a day and back again is not known. */
function offsetsOfDay(start: number, readClock: (epochSeconds: number) => number): DayOffsets {
  const last = start + SECONDS_PER_DAY - 1;
  const before = readClock(start);
  const after = readClock(last);
  if (before === after) return { before, changesAt: Number.POSITIVE_INFINITY, after };
  let [known, changesAt] = [start, last];
  while (changesAt - known > 1) {
    const middle = Math.floor((known + changesAt) / 2);
    if (readClock(middle) === before) known = middle;
    else changesAt = middle;
  }
  return { before, changesAt, after };
}

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

/** A clock reading without a zone, in seconds since 1970-01-01T00:00:00 of the same clock. */
export type LocalSeconds = number;

const NAIVE = /^(\d{4})-(\d{2})-(\d{2})[-T ](\d{2}):(\d{2}):(\d{2})/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;
const ZONE_SUFFIX = /^(?:\.\d+)?(?:(Z)|([+-])(\d{2}):?(\d{2})(?::?(\d{2}))?)?$/;

/** `YYYYMMDDHHMMSS`, as in TOTAL_STATS and log names (formats reference §5.4); null for anything else. */
export function parseCompactTime(text: string): LocalSeconds | null {
  const match = COMPACT.exec(text);
  return match === null ? null : localSeconds(match);
}

/**
 * The instant of a timestamp in any of Autosubmit's three notations (formats reference §2.3): `YYYY-MM-DD-HH:MM:SS`,
 * `YYYY-MM-DD HH:MM:SS` and `YYYY-MM-DDTHH:MM:SS+0200`, in epoch seconds; without an offset, on the zone's clock.
 * Null when the text is none of them or names no date.
 * differs: the reference knows the first two only and takes 0 for the third.
 */
export function parseTimestamp(text: string, zone: TimeZone): number | null {
  const match = NAIVE.exec(text);
  const suffix = match === null ? null : ZONE_SUFFIX.exec(text.slice(match[0].length));
  const local = match === null ? null : localSeconds(match);
  if (local === null || suffix === null) return null;
  const [, utc, sign, hours, minutes, seconds] = suffix;
  if (utc !== undefined) return local;
  if (sign === undefined) return localToEpoch(local, zone);
  const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
  return sign === "-" ? local + offset : local - offset;
}

/** Year to second of a match as local seconds; null when they are no date or time (February 30, 25 o'clock). */
function localSeconds(match: RegExpExecArray): LocalSeconds | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const isReal =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return isReal && year > 0 ? date.getTime() / 1000 : null;
}

/**
 * The instant at which the zone's clock shows a reading, in epoch seconds. A reading that occurs twice (the hour after
 * clocks go back) is its first occurrence; one that never occurs (the hour skipped in spring) counts from the offset
 * before the change, as Python's `datetime.timestamp` does.
 */
export function localToEpoch(local: LocalSeconds, zone: TimeZone): number {
  const offsetBefore = zone.offsetSecondsAt(local - SECONDS_PER_DAY);
  const early = local - offsetBefore;
  if (zone.offsetSecondsAt(early) === offsetBefore) return early;
  const offsetAfter = zone.offsetSecondsAt(local + SECONDS_PER_DAY);
  const late = local - offsetAfter;
  return zone.offsetSecondsAt(late) === offsetAfter ? late : early;
}

/** What the zone's clock shows at an instant. */
export function epochToLocal(epochSeconds: number, zone: TimeZone): LocalSeconds {
  return epochSeconds + zone.offsetSecondsAt(epochSeconds);
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
