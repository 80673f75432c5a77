import { type LocalSeconds, localToEpoch, type TimeZone } from "./time-zone.js";

const NAIVE = /^(\d{4})-(\d{2})-(\d{2})[-T ](\d{2}):(\d{2}):(\d{2})/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;
const REST = /^(\.\d{1,9})?(?:(Z)|([+-])(\d{2}):?(\d{2})(?::?(\d{2}))?)?$/;

/** `YYYYMMDDHHMMSS`, as in TOTAL_STATS and log names (formats reference §5.4); null for anything else. */
export function parseCompactTime(text: string): LocalSeconds | null {
  const match = COMPACT.exec(text);
  return match === null ? null : localSeconds(match);
}

/**
 * The instant of a timestamp in any of Autosubmit's three notations (formats reference §2.3): `YYYY-MM-DD-HH:MM:SS`,
 * `YYYY-MM-DD HH:MM:SS` and `YYYY-MM-DDTHH:MM:SS+0200`, in epoch seconds; a fraction is kept to the millisecond. Without an
 * offset, on the zone's clock. Null when the text is none of them or names no date.
 * differs: the reference knows the first two only and takes 0 for the third.
 */
export function parseTimestamp(text: string, zone: TimeZone): number | null {
  const match = NAIVE.exec(text);
  const rest = match === null ? null : REST.exec(text.slice(match[0].length));
  const whole = match === null ? null : localSeconds(match);
  if (whole === null || rest === null) return null;
  const [, fraction = "0", utc, sign, hours, minutes, seconds] = rest;
  const local = whole + Math.floor(Number(fraction) * 1000) / 1000;
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
