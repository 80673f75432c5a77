import { createTimeZone, parseTimestamp, type TimeZone } from "@autosubmit-api/shared-types";

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
  const epochSeconds = parseTimestamp(text.trim(), zoneNamed(timeZone ?? processZoneName()));
  return epochSeconds === null ? null : new Date(epochSeconds * 1000);
}

const processZoneName = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A zone's rules are looked up once. */
const zones = new Map<string, TimeZone>();

function zoneNamed(name: string): TimeZone {
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = createTimeZone(name);
    zones.set(name, zone);
  }
  return zone;
}
