const NOTATIONS = /^(\d{4})-(\d\d)-(\d\d)[-T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/;
const DAY_MS = 86_400_000;

/**
 * The instant of a stored timestamp, in any of the notations that Autosubmit and this API write (formats reference §2.1
 * to §2.3): `2024-04-12-13:00:40`, `2024-04-12 13:00:40`, `2024-04-12T13:00:40+0200`, with or without an offset or a
 * fraction of a second. Null when the text is none of them or names no date.
 *
 * Without an offset the text is local time of Autosubmit's host. A reading that occurs twice (clocks go back) is its first
 * occurrence; one that never occurs (clocks go forward) counts from the offset before the change, as in Python.
 * @param timeZone IANA name of that host's zone, e.g. `Europe/Madrid`; this process's own by default
 * @throws RangeError when there is no zone of that name
 */
export function parseAutosubmitTimestamp(text: string, timeZone?: string): Date | null {
  const match = NOTATIONS.exec(text.trim());
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const milliseconds = Number((match[7] ?? "").padEnd(3, "0").slice(0, 3));
  const clock = new Date(0);
  clock.setUTCFullYear(year, month - 1, day);
  clock.setUTCHours(hour, minute, second, milliseconds);
  const isReal = clock.getUTCMonth() === month - 1 && hour < 24 && minute < 60 && second < 60 && day > 0;
  if (!isReal) return null;
  const offset = match[8];
  if (offset === undefined) return new Date(localToInstant(clock.getTime(), timeZone));
  return new Date(clock.getTime() - offsetMs(offset));
}

function offsetMs(offset: string): number {
  if (offset === "Z") return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return (offset.startsWith("-") ? -minutes : minutes) * 60_000;
}

/** @param clockMs what the zone's clock shows, as if it were UTC */
function localToInstant(clockMs: number, timeZone: string | undefined): number {
  const before = zoneOffsetMs(clockMs - DAY_MS, timeZone);
  const early = clockMs - before;
  if (zoneOffsetMs(early, timeZone) === before) return early;
  const after = zoneOffsetMs(clockMs + DAY_MS, timeZone);
  const late = clockMs - after;
  return zoneOffsetMs(late, timeZone) === after ? late : early;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clock is ahead of UTC at an instant. */
function zoneOffsetMs(instant: number, timeZone: string | undefined): number {
  if (timeZone === undefined) return -new Date(instant).getTimezoneOffset() * 60_000;
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const field = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const clock = Date.UTC(
    field("year"),
    field("month") - 1,
    field("day"),
    field("hour"),
    field("minute"),
    field("second"),
  );
  return clock - Math.floor(instant / 1000) * 1000;
}
