import type pg from "pg";
import type { SqlValue } from "./table-source.js";

const OIDS = { boolean: 16, bytes: 17, int8: 20, int2: 21, int4: 23, oid: 26, float4: 700, float8: 701, numeric: 1700 };

const PARSERS: Readonly<Record<number, (text: string) => SqlValue>> = {
  [OIDS.boolean]: (text) => (text === "t" ? 1 : 0),
  [OIDS.bytes]: (text) => Buffer.from(text.slice(2), "hex"),
  [OIDS.int8]: parseLong,
  [OIDS.int2]: Number,
  [OIDS.int4]: Number,
  [OIDS.oid]: Number,
  [OIDS.float4]: Number,
  [OIDS.float8]: Number,
  [OIDS.numeric]: Number,
};

/** Whether a column of that type can be compared with a number. */
const NUMERIC: ReadonlySet<number> = new Set([OIDS.int8, OIDS.int2, OIDS.int4, OIDS.float4, OIDS.float8, OIDS.numeric]);
const TEXTUAL: ReadonlySet<number> = new Set([25, 1043, 1042, 19]);

export const isNumeric = (type: number): boolean => NUMERIC.has(type);
export const isTextual = (type: number): boolean => TEXTUAL.has(type);
export const isBytes = (type: number): boolean => type === OIDS.bytes;

function parseLong(text: string): SqlValue {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** Values as they are in a JSON array of the server's, as the other way gives them; null when JSON cannot tell them. */
export function fromJsonArray(type: number, values: SqlValue[]): SqlValue[] | null {
  switch (type) {
    case OIDS.boolean:
      return values.map((value) => (value === null ? null : Number(value)));
    case OIDS.int8:
      return values.every((value) => value === null || Number.isSafeInteger(value)) ? values : null;
    case OIDS.float4:
    case OIDS.float8:
    case OIDS.numeric:
      // Infinities and what is no number come as texts.
      return values.map((value) => (typeof value === "string" ? Number(value) : value));
    default:
      return values;
  }
}

/** Whether a JSON array tells a column's values. */
export const isInJson = (type: number): boolean => isNumeric(type) || isTextual(type) || type === OIDS.boolean;

/** A value from its text. */
export const parseValue = (type: number, text: string): SqlValue => PARSERS[type]?.(text) ?? text;

/** Values as SQLite gives them: numbers, texts, bytes; truth is 1 or 0, anything else its text. */
export const VALUE_TYPES: pg.CustomTypesConfig = {
  getTypeParser: (type) => PARSERS[type] ?? ((text: string) => text),
};
