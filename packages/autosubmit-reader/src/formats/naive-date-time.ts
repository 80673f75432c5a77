import type { NaiveDateTime } from "../records.js";

const DATE_TIME =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?)?(?:Z|[+-]\d\d:?\d\d(?::?\d\d)?)?$/;
const EPOCH = /^-?\d{1,15}(?:\.\d+)?$/;
/** Greater epoch numbers are milliseconds; the limit is pydantic's (formats reference §1.7). */
const MAX_EPOCH_SECONDS = 2e10;

/**
 * A date and time from any of the notations met in job lists: ISO text with or without separators (`2000-01-01T00:00:00`,
 * `2000-01-01 00:00`, `20000101`, `2000010112`), or an epoch number in seconds or milliseconds, which is read as UTC. A zone
 * is dropped: Autosubmit's dates are clock readings. Microseconds are kept when there are some.
 *
 * differs: the reference takes text of eight digits for an epoch number.
 *
 * @returns null for no date at all, undefined for what is none of these
 */
export function toNaiveDateTime(value: unknown): NaiveDateTime | null | undefined {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "number") return fromEpoch(value);
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  const fields = DATE_TIME.exec(text);
  return (fields && fromFields(fields)) ?? (EPOCH.test(text) ? fromEpoch(Number(text)) : undefined);
}

function fromFields(fields: readonly (string | undefined)[]): NaiveDateTime | undefined {
  const [, year = "", month = "", day = "", hour = "00", minute = "00", second = "00", fraction = ""] = fields;
  if (!isCalendarDate(Number(year), Number(month), Number(day)) || hour > "23" || minute > "59" || second > "59") {
    return undefined;
  }
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const microseconds = fraction.slice(0, 6);
  return /[1-9]/.test(microseconds) ? `${text}.${microseconds.padEnd(6, "0")}` : text;
}

/** Whether there is such a day in the years 1 to 9999 of the Gregorian calendar. */
export function isCalendarDate(year: number, month: number, day: number): boolean {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function fromEpoch(epoch: number): NaiveDateTime | undefined {
  const microseconds = Math.round(Math.abs(epoch) > MAX_EPOCH_SECONDS ? epoch * 1e3 : epoch * 1e6);
  const date = new Date(Math.floor(microseconds / 1e3));
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1 || date.getUTCFullYear() > 9999) return undefined;
  const text = date.toISOString().slice(0, 19);
  const fraction = ((microseconds % 1e6) + 1e6) % 1e6;
  return fraction === 0 ? text : `${text}.${String(fraction).padStart(6, "0")}`;
}
