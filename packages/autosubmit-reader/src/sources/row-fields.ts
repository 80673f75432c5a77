import type { SqlValue, TableQuery, TableSource } from "../tables/table-source.js";

/** A row of a database that could not be used, or was used with a value replaced; the other rows stand. */
export interface RowProblem {
  /** The database: a path or a schema. */
  source: string;
  table: string;
  /** Position among the rows that were read, 0-based. */
  row: number;
  /** What was wrong and what was done about it. */
  message: string;
}

/** How a read tells what it met on the way. */
export interface ReadOptions {
  /** Called for every row that was left out or read with a value replaced. */
  onProblem?: (problem: RowProblem) => void;
}

/** How a column becomes a field. Typing in SQLite is loose, so any value may stand in any column (formats reference §2). */
export interface Field<T> {
  /** The value, or undefined when it makes no sense here; never called with null. */
  parse(value: Exclude<SqlValue, null>): T | undefined;
  /** What NULL, a missing column and a senseless value become; undefined when a row is no use without the field. */
  missing: T | undefined;
}

/** The fields of a record, named as their columns. */
export type Fields<R> = { readonly [K in keyof R]-?: Field<R[K]> };

const DECIMAL = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/** Text; numbers are written out, bytes are not text. */
export function parseText(value: SqlValue): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "bigint" ? String(value) : undefined;
}

/** A finite number; also one written as decimal text. */
export function parseNumber(value: SqlValue): number | undefined {
  const number = typeof value === "string" && DECIMAL.test(value) ? Number(value) : value;
  if (typeof number === "bigint") return Number(number);
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** A whole number; what stands behind the point is dropped. */
export function parseInteger(value: SqlValue): number | undefined {
  const number = parseNumber(value);
  return number === undefined ? undefined : Math.trunc(number);
}

/** A number where it is one, text otherwise. */
export function parseScalar(value: SqlValue): number | string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "bigint" ? Number(value) : parseNumber(value);
}

export const text: Field<string | null> = { parse: parseText, missing: null };
export const integer: Field<number | null> = { parse: parseInteger, missing: null };
export const number: Field<number | null> = { parse: parseNumber, missing: null };
export const scalar: Field<number | string | null> = { parse: parseScalar, missing: null };
export const requiredText: Field<string> = { parse: parseText, missing: undefined };
export const requiredInteger: Field<number> = { parse: parseInteger, missing: undefined };
export const requiredNumber: Field<number> = { parse: parseNumber, missing: undefined };
/** For columns that are declared NOT NULL and count or time something: 0 when missing. */
export const integerOrZero: Field<number> = { parse: parseInteger, missing: 0 };
export const textOrEmpty: Field<string> = { parse: parseText, missing: "" };

/** Which rows of a table to read, and in which order. */
export type RowQuery = Omit<TableQuery, "columns">;

/**
 * The rows of a table as records. Rows without a field that they are no use without are left out and reported; so are
 * values that had to be replaced. None when there is no such table.
 */
export async function readRecords<R extends object>(
  tables: TableSource,
  query: RowQuery,
  fields: Fields<R>,
  options: ReadOptions = {},
): Promise<R[]> {
  const names = Object.keys(fields);
  const toRecord = recordParser(fields, { source: tables.label, table: query.table }, options);
  const columns = await tables.selectColumns({ ...query, columns: names });
  const records: R[] = [];
  const rowCount = columns[0]?.length ?? 0;
  for (let row = 0; row < rowCount; row += 1) {
    const record = toRecord((column) => columns[column]?.[row], row);
    if (record !== null) records.push(record);
  }
  return records;
}

/** As `readRecords`, one by one and in constant memory. */
export async function* iterateRecords<R extends object>(
  tables: TableSource,
  query: RowQuery,
  fields: Fields<R>,
  options: ReadOptions = {},
): AsyncIterable<R> {
  const names = Object.keys(fields);
  const toRecord = recordParser(fields, { source: tables.label, table: query.table }, options);
  let index = 0;
  for await (const row of tables.iterate({ ...query, columns: names })) {
    const record = toRecord((column) => row[names[column] ?? ""], index);
    index += 1;
    if (record !== null) yield record;
  }
}

function recordParser<R extends object>(
  fields: Fields<R>,
  place: { source: string; table: string },
  options: ReadOptions,
): (valueAt: (column: number) => SqlValue | undefined, row: number) => R | null {
  const columns = Object.entries<Field<unknown>>(fields).map(([name, field]) => ({ name, ...field }));
  const empty = Object.fromEntries(columns.map(({ name, missing }) => [name, missing]));
  const report = (row: number, message: string) => options.onProblem?.({ ...place, row, message });
  return (valueAt, row) => {
    // Copying a record of the right shape keeps all of them in one hidden class.
    const record: Record<string, unknown> = { ...empty };
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index];
      const value = valueAt(index);
      if (column === undefined) continue;
      const parsed = value === null || value === undefined ? undefined : column.parse(value);
      if (parsed !== undefined) record[column.name] = parsed;
      else if (column.missing === undefined) {
        report(row, `${column.name} is missing or makes no sense: the row was left out`);
        return null;
      } else if (value !== null && value !== undefined) {
        report(row, `${column.name} makes no sense: ${JSON.stringify(column.missing)} was taken instead`);
      }
    }
    // Every field of R has been set, to a value that its own Field made.
    return record as R;
  };
}
