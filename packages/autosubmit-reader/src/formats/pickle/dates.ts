import { isCalendarDate } from "../naive-date-time.js";
import type { PlainValue } from "./plain-value.js";

const DATETIME_STATE_BYTES = 10;
const DATE_STATE_BYTES = 4;
const FOLD_BIT = 0x80;
const SECONDS_PER_DAY = 86_400;
const OFFSET = /^[+-]\d\d:\d\d(?::\d\d)?$/;

/**
 * `datetime.datetime` as ISO text without a zone, with microseconds only when there are some (formats reference §1.8);
 * an offset such as `+01:00` is appended when the object has a zone.
 */
export function constructDateTime(args: readonly PlainValue[]): string | undefined {
  const state = stateBytes(args[0], DATETIME_STATE_BYTES);
  const text = state === undefined ? dateTimeOfNumbers(args.slice(0, 7)) : unpackDateTime(state, 0);
  const zone = args[state === undefined ? 7 : 1];
  return text !== undefined && typeof zone === "string" && OFFSET.test(zone) ? text + zone : text;
}

/** The same from the ten bytes at `start`, which is how a date is stored nearly always. */
export function unpackDateTime(bytes: Uint8Array, start: number): string | undefined {
  // Bit 7 of the month says which of two equal clock readings is meant when summer time ends.
  const month = at(bytes, start + 2) & ~FOLD_BIT;
  const year = at(bytes, start) * 256 + at(bytes, start + 1);
  const microsecond = at(bytes, start + 7) * 65_536 + at(bytes, start + 8) * 256 + at(bytes, start + 9);
  if (!writeDate(year, month, at(bytes, start + 3))) return undefined;
  return dateTimeText(at(bytes, start + 4), at(bytes, start + 5), at(bytes, start + 6), microsecond);
}

/** `datetime.date` as `YYYY-MM-DD`. */
export function constructDate(args: readonly PlainValue[]): string | undefined {
  const state = stateBytes(args[0], DATE_STATE_BYTES);
  if (state === undefined) return args.length === 3 ? dateTimeOfNumbers(args)?.slice(0, 10) : undefined;
  const valid = writeDate(at(state, 0) * 256 + at(state, 1), at(state, 2), at(state, 3));
  return valid ? digits.toString("latin1", 0, 10) : undefined;
}

/** `datetime.timedelta` in seconds. */
export function constructTimeDelta(args: readonly PlainValue[]): number | undefined {
  const [days = 0, seconds = 0, microseconds = 0] = args;
  if (typeof days !== "number" || typeof seconds !== "number" || typeof microseconds !== "number") return undefined;
  return days * SECONDS_PER_DAY + seconds + microseconds / 1e6;
}

/** `datetime.timezone` as its offset, `+HH:MM`. */
export function constructTimeZone(args: readonly PlainValue[]): string | undefined {
  const [offset] = args;
  if (typeof offset !== "number" || !(Math.abs(offset) < SECONDS_PER_DAY)) return undefined;
  const size = Math.trunc(Math.abs(offset));
  const seconds = size % 60 === 0 ? "" : `:${pad(size % 60, 2)}`;
  return `${offset < 0 ? "-" : "+"}${pad(Math.trunc(size / 3600), 2)}:${pad(Math.trunc(size / 60) % 60, 2)}${seconds}`;
}

/** The packed form: bytes, or the same as text of one code point per byte (written by Python 2). */
function stateBytes(value: PlainValue | undefined, length: number): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value.length === length ? value : undefined;
  if (typeof value !== "string" || value.length !== length || /[^\0-\xff]/.test(value)) return undefined;
  return Buffer.from(value, "latin1");
}

function dateTimeOfNumbers(args: readonly PlainValue[]): string | undefined {
  if (args.length < 3 || !args.every((field) => typeof field === "number" && Number.isInteger(field))) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, microsecond = 0] = args as number[];
  return writeDate(year, month, day) ? dateTimeText(hour, minute, second, microsecond) : undefined;
}

/**
 * Where dates are put together, digit by digit: a list has one or more a job, and this takes a fifth of the time of a
 * template with `padStart`, which also leaves a tree of small strings behind.
 */
const digits = Buffer.from("YYYY-MM-DDTHH:MM:SS.ffffff", "latin1");

function writeDate(year: number, month: number, day: number): boolean {
  if (!isCalendarDate(year, month, day)) return false;
  writeTwo(0, Math.trunc(year / 100));
  writeTwo(2, year % 100);
  writeTwo(5, month);
  writeTwo(8, day);
  return true;
}

/** The text of the date that was just written and this time. */
function dateTimeText(hour: number, minute: number, second: number, microsecond: number): string | undefined {
  if (!within(hour, 23) || !within(minute, 59) || !within(second, 59) || !within(microsecond, 999_999))
    return undefined;
  writeTwo(11, hour);
  writeTwo(14, minute);
  writeTwo(17, second);
  if (microsecond === 0) return digits.toString("latin1", 0, 19);
  writeTwo(20, Math.trunc(microsecond / 10_000));
  writeTwo(22, Math.trunc(microsecond / 100) % 100);
  writeTwo(24, microsecond % 100);
  return digits.toString("latin1");
}

function writeTwo(index: number, value: number): void {
  digits[index] = 0x30 + Math.trunc(value / 10);
  digits[index + 1] = 0x30 + (value % 10);
}

function within(value: number, greatest: number): boolean {
  return value >= 0 && value <= greatest;
}

function at(state: Uint8Array, index: number): number {
  return state[index] ?? 0;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}
