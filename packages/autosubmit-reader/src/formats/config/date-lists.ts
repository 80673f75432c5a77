import type { NaiveDateTime } from "../../records.js";

/** More dates or members than any experiment has; keeps `[0-999999999]` from filling the memory. */
const MAX_ITEMS = 100_000;

/**
 * Reads `DATELIST` (formats reference §4.1): blank-separated dates; a prefix takes the brackets after it, in which `a-b`
 * is a range: `19900101 1991[0101 0201-0203]`.
 * differs: the commas and quotes of a YAML list's text count as blanks; Autosubmit fails on them.
 * @returns null when a date or range is malformed
 */
export function parseDateList(text: string): NaiveDateTime[] | null {
  const items = expandList(text);
  const dates = items?.map(parseDate) ?? [null];
  return dates.some((date) => date === null) ? null : dates.filter((date) => date !== null);
}

/** Reads `MEMBERS`: as `DATELIST`, with any texts: `fc[0-3] x`. Null when a range is malformed. */
export function parseMemberList(text: string): string[] | null {
  return expandList(text);
}

function expandList(text: string): string[] | null {
  const items: string[] = [];
  let prefix: string | null = null;
  let inBrackets = false;
  for (const [token] of withoutOuterBrackets(text).matchAll(/[[\]]|[^[\]\s,'"]+/g)) {
    if (token === "[" || token === "]") {
      if (inBrackets === (token === "[")) return null;
      inBrackets = token === "[";
      if (!inBrackets) prefix = null;
    } else if (inBrackets) {
      const expanded = expandRange(prefix ?? "", token);
      if (!expanded || items.length + expanded.length > MAX_ITEMS) return null;
      items.push(...expanded);
    } else {
      if (prefix !== null) items.push(prefix);
      prefix = token;
    }
  }
  if (prefix !== null) items.push(prefix);
  return inBrackets || items.length > MAX_ITEMS ? null : items;
}

/** Brackets around the whole list, as a YAML list prints, mean nothing. */
function withoutOuterBrackets(text: string): string {
  const stripped = text.trim();
  return stripped.startsWith("[") && stripped.endsWith("]") ? stripped.slice(1, -1) : stripped;
}

function expandRange(prefix: string, token: string): string[] | null {
  if (!token.includes("-")) return [prefix + token];
  const [first = "", last = ""] = token.split("-");
  if (!/^\d{1,15}$/.test(first) || !/^\d{1,15}$/.test(last)) return null;
  const count = Number(last) - Number(first) + 1;
  if (count > MAX_ITEMS) return null;
  return Array.from(
    { length: Math.max(0, count) },
    (_, i) => prefix + String(Number(first) + i).padStart(first.length, "0"),
  );
}

const DATE_FORMS: Record<number, RegExp> = {
  4: /^(\d{4})$/,
  6: /^(\d{4})(\d\d)$/,
  8: /^(\d{4})(\d\d)(\d\d)$/,
  10: /^(\d{4})(\d\d)(\d\d)(\d\d)$/,
  12: /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/,
  14: /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/,
  19: /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/,
};

/**
 * Reads a date as Autosubmit's `parse_date` does, by its length: `YYYY`, `YYYYMM`, `YYYYMMDD`, then hours, minutes and
 * seconds, or `YYYY-MM-DD HH:MM:SS`. Null for anything else and for days that no calendar has.
 */
export function parseDate(text: string): NaiveDateTime | null {
  const match = DATE_FORMS[text.length]?.exec(text);
  if (!match) return null;
  const [, year = "", month = "01", day = "01", hour = "00", minute = "00", second = "00"] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const date = new Date(`${iso}Z`);
  return year === "0000" || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(iso) ? null : iso;
}
