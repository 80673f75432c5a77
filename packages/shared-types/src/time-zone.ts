/**
 * Instants, local clock readings and the offset between them, for one IANA time zone. Autosubmit writes local times
 * without a zone (formats reference §3.2, §5.4). Nothing here looks at the process's own zone.
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

/** A clock reading without a zone, in seconds since 1970-01-01T00:00:00 of the same clock. */
export type LocalSeconds = number;

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
