import { buildConditions, buildOutputs, quoteIdentifier, type SqliteTable } from "./sqlite-query.js";
import type { SqlValue, TableQuery } from "./table-source.js";

/**
 * Large reads take their rows in pages, each page one row that holds every column as a JSON array. What a row costs on its
 * way from SQLite is mostly its array and the calls for its values: 195,000 edges take 80 ms of processor time this way,
 * 220 ms row by row. Both ways give the same values; what JSON cannot say is left to the other one, see `isBeyondPages`.
 */
export interface PageSelect {
  /** Takes the least row number wanted first, then `parameters`. Yields one row: the greatest number, then the columns. */
  sql: string;
  parameters: SqlValue[];
  /** `positions[i]` is the place of the query's column `i` in a row, -1 when the table lacks it. */
  positions: readonly number[];
}

/** Rows of a page; larger ones win nothing. */
export const PAGE_ROWS = 2_000;
/** Of one column of a page; no text in memory may be much longer. */
const LARGEST_ARRAY_BYTES = 2 ** 26;
/** The outermost row numbers. */
export const FIRST_ROW_NUMBER = -(2n ** 63n);
export const LAST_ROW_NUMBER = 2n ** 63n - 1n;

/** Conditions that leave the rows in the order of their numbers, whichever index SQLite takes for them. */
const KEEPS_ORDER: ReadonlySet<string> = new Set(["=", "!=", "null"]);

/** Null when pages would not pay, or when the rows have no numbers by which they could go on. */
export function buildPageSelect(
  table: SqliteTable,
  query: TableQuery,
  largestValueBytes: number | null,
): PageSelect | null {
  const { rowNumber } = table;
  const isPlain = query.orderBy === undefined && query.limit === undefined;
  if (!isPlain || rowNumber === null || !(query.where ?? []).every(({ is }) => KEEPS_ORDER.has(is))) return null;
  const conditions = buildConditions(table, query);
  if (conditions === null) return null;
  const { outputs, positions } = buildOutputs(table, query.columns, largestValueBytes);
  if (outputs.length === 1) return null;
  const named = outputs.map((output, index) => `${output} AS c${index}`);
  const arrays = outputs.map((_, index) => (index === 0 ? "max(c0)" : arrayOf(`c${index}`)));
  const rows =
    `SELECT ${named.join(", ")} FROM ${quoteIdentifier(table.name)} ` +
    `WHERE ${rowNumber} >= ? AND ${conditions.sql} ORDER BY ${rowNumber} LIMIT ${PAGE_ROWS}`;
  return { sql: `SELECT ${arrays.join(", ")} FROM (${rows})`, parameters: conditions.parameters, positions };
}

/** NULL instead of an array that is too long. */
function arrayOf(column: string): string {
  const array = `json_group_array(${column})`;
  return `iif(octet_length(${array}) > ${LARGEST_ARRAY_BYTES}, NULL, ${array})`;
}

/** Whether an error of SQLite says that the values of a page do not go into JSON: a blob, or texts that are too long. */
export function isBeyondPages(error: unknown): boolean {
  if (!(error instanceof Error && "code" in error)) return false;
  return error.code === "SQLITE_TOOBIG" || (error.code === "SQLITE_ERROR" && error.message.includes("BLOB"));
}

/** Rows as columns. */
export function toColumns(rows: readonly (readonly SqlValue[])[], columnCount: number): SqlValue[][] {
  return Array.from({ length: columnCount }, (_, column) => rows.map((row) => row[column] ?? null));
}
