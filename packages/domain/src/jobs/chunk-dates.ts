import type { NaiveDateTime } from "autosubmit-reader";
import type { ChunkLength } from "../metrics/simulated-years.js";

/** A day of the simulated calendar. */
export interface CalendarDay {
  year: number;
  month: number;
  day: number;
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})/;
const MS_PER_DAY = 86_400_000;
const LAST_YEAR = 9999;
const FEBRUARY = 2;
const SHORT_MONTHS: ReadonlySet<number> = new Set([4, 6, 9, 11]);

/**
 * The days on which a job's chunk starts and ends; both the start date for a job that does not run per chunk. Months and
 * years are counted on the calendar, the 31st of a shorter month being its last day; hours count as whole days of 24,
 * the rest is dropped. Null for a job without a date, and for days past the year 9999.
 * Source: reference, common/utils.py `date_plus`.
 */
export function chunkDays(
  date: NaiveDateTime | null,
  chunk: number | null,
  length: ChunkLength,
): { first: CalendarDay; last: CalendarDay } | null {
  const start = date === null ? null : parseDay(date);
  if (start === null) return null;
  const size = length.chunkSize ?? 0;
  if (chunk === null) return { first: start, last: start };
  const first = addUnits(start, (chunk - 1) * size, length.chunkUnit);
  const last = addUnits(start, chunk * size, length.chunkUnit);
  return first === null || last === null ? null : { first, last };
}

/** The day of a date and time; null for a text that holds none. */
export function parseDay(date: NaiveDateTime): CalendarDay | null {
  const match = DATE.exec(date);
  return match === null ? null : { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
}

function addUnits(start: CalendarDay, count: number, unit: string | null): CalendarDay | null {
  switch (unit) {
    case "year":
      return addMonths(start, count * 12);
    case "month":
      return addMonths(start, count);
    case "day":
      return addDays(start, count);
    case "hour":
      return addDays(start, Math.trunc(count / 24));
    default:
      return start;
  }
}

function addMonths({ year, month, day }: CalendarDay, count: number): CalendarDay | null {
  const months = year * 12 + (month - 1) + Math.trunc(count);
  const targetYear = Math.floor(months / 12);
  const targetMonth = months - targetYear * 12 + 1;
  return bounded({
    year: targetYear,
    month: targetMonth,
    day: Math.min(day, daysInMonth(targetYear, targetMonth)),
  });
}

function addDays({ year, month, day }: CalendarDay, count: number): CalendarDay | null {
  const moved = new Date(utcTime(year, month, day) + Math.trunc(count) * MS_PER_DAY);
  return bounded({ year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() });
}

function daysInMonth(year: number, month: number): number {
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === FEBRUARY ? (isLeapYear ? 29 : 28) : SHORT_MONTHS.has(month) ? 30 : 31;
}

/** `Date.UTC` for any year: that one takes 0 to 99 for 1900 to 1999. */
function utcTime(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

function bounded(day: CalendarDay): CalendarDay | null {
  return day.year >= 1 && day.year <= LAST_YEAR ? day : null;
}
