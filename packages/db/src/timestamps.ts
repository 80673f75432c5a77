const NOTATION = /^(\d{4})-(\d{2})-(\d{2})([-T ])(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?$/;

/** A stored date and time, with what its notation tells (formats reference §2.1, §2.2). */
export interface StoredTimestamp {
  at: Date;
  /** Between date and time. */
  separator: "-" | "T" | " ";
  /** Whether it names its offset from UTC; one that does not is a local time of the host that wrote it. */
  hasOffset: boolean;
}

/**
 * Reads any of the notations in which Autosubmit and the API have stored times since version 3:
 * `2024-04-12-13:00:40`, `2024-04-12 13:00:40`, `2024-04-12T13:00:40+0200`, `2024-04-12-13:00:40+02:00`. A time without
 * an offset is taken as local time of this process. Null for anything else.
 */
export function parseStoredTimestamp(text: string): StoredTimestamp | null {
  const match = NOTATION.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, separator, hour, minute, second, utc, sign, offsetHours, offsetMinutes] = match;
  const offset = utc ?? (sign ? `${sign}${offsetHours}:${offsetMinutes}` : "");
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  if (Number.isNaN(at.getTime())) return null;
  return { at, separator: separator as StoredTimestamp["separator"], hasOffset: offset !== "" };
}

const pad = (value: number) => String(Math.floor(value)).padStart(2, "0");

/** `2024-04-12T13:00:40+02:00`: whole seconds in the time zone of this process, with another separator where wanted. */
export function formatLocalTimestamp(at: Date, separator: StoredTimestamp["separator"] = "T"): string {
  const offset = -at.getTimezoneOffset();
  const date = `${String(at.getFullYear()).padStart(4, "0")}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  const time = `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
  return `${date}${separator}${time}${offset < 0 ? "-" : "+"}${pad(Math.abs(offset) / 60)}:${pad(Math.abs(offset) % 60)}`;
}
