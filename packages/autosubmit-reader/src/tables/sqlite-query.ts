import type { SqlValue, TableCondition, TableQuery } from "./table-source.js";

/** A table as SQLite describes it. */
export interface SqliteTable {
  /** The name as the file spells it. */
  name: string;
  /** Stored columns in the table's order; generated ones are not among them. */
  columns: readonly string[];
  /** The name under which the row number can be asked for; null when there is none (WITHOUT ROWID, or shadowed). */
  rowNumber: string | null;
}

/** A statement and what it yields. */
export interface SqliteStatement {
  sql: string;
  parameters: SqlValue[];
  /** `positions[i]` is the place of the query's column `i` in a row, -1 when the table lacks it. Place 0 is the row number. */
  positions: readonly number[];
}

/** Stands in a row for a value that is larger than the bound; no file holds these bytes by chance. */
export const OVERSIZED: Buffer = Buffer.from("autosubmit-reader:oversized:6f0c1d52", "latin1");

/** Quotes an identifier; with double-quoted strings switched off in the library it can be nothing else. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * The SELECT of a query, or null when no row can match because a condition names a column that the table lacks (it would
 * be compared with NULL).
 * @param largestValueBytes larger texts and blobs come back as `OVERSIZED`, without being read from the file; null for no
 * bound
 */
export function buildSelect(
  table: SqliteTable,
  query: TableQuery,
  largestValueBytes: number | null,
): SqliteStatement | null {
  const tail = buildTail(table, query);
  if (tail === null) return null;
  const { outputs, positions } = buildOutputs(table, query.columns, largestValueBytes);
  return { sql: `SELECT ${outputs.join(", ")} FROM ${tail.sql}`, parameters: tail.parameters, positions };
}

/** The SELECT of rows by their numbers, which are the only parameter: a JSON array. They come in no particular order. */
export function buildRowsSelect(
  table: SqliteTable,
  columns: readonly string[],
  largestValueBytes: number | null,
): Omit<SqliteStatement, "parameters"> {
  const { outputs, positions } = buildOutputs(table, columns, largestValueBytes);
  const numbers = "SELECT value FROM json_each(?)";
  const sql = `SELECT ${outputs.join(", ")} FROM ${quoteIdentifier(table.name)} WHERE ${table.rowNumber} IN (${numbers})`;
  return { sql, positions };
}

/** The numbers of a query's rows; null as above, or when the table has no row numbers. */
export function buildRowNumberSelect(table: SqliteTable, query: TableQuery): Omit<SqliteStatement, "positions"> | null {
  const tail = buildTail(table, query);
  if (tail === null || table.rowNumber === null) return null;
  return { sql: `SELECT ${table.rowNumber} FROM ${tail.sql}`, parameters: tail.parameters };
}

/** The column as an expression, or null when the table lacks it; SQLite's names do not differ by case. */
export function findColumn(table: SqliteTable, name: string): string | null {
  const lowered = name.toLowerCase();
  const known = table.columns.find((column) => column.toLowerCase() === lowered);
  return known === undefined ? null : quoteIdentifier(known);
}

/** What to select for these columns: the row number, then those that the table has. */
export function buildOutputs(
  table: SqliteTable,
  columns: readonly string[],
  largestValueBytes: number | null,
): { outputs: string[]; positions: number[] } {
  const outputs = [table.rowNumber ?? "NULL"];
  const positions = columns.map((name) => {
    const column = findColumn(table, name);
    return column === null ? -1 : outputs.push(boundedColumn(column, largestValueBytes)) - 1;
  });
  return { outputs, positions };
}

function boundedColumn(column: string, largestValueBytes: number | null): string {
  // octet_length takes the length from the row's header: an oversized value is never loaded.
  if (largestValueBytes === null) return column;
  return `iif(octet_length(${column}) > ${largestValueBytes}, x'${OVERSIZED.toString("hex")}', ${column})`;
}

/** The table and everything after it. */
function buildTail(table: SqliteTable, query: TableQuery): { sql: string; parameters: SqlValue[] } | null {
  const conditions = buildConditions(table, query);
  if (conditions === null) return null;
  const order = (query.orderBy ?? []).flatMap(({ column, descending }) => {
    const known = findColumn(table, column);
    return known === null ? [] : [`${known}${descending ? " DESC" : ""}`];
  });
  // Without an order SQLite may walk any index that holds the columns; the row number also decides between equals.
  if (table.rowNumber !== null) order.push(table.rowNumber);
  let sql = `${quoteIdentifier(table.name)} WHERE ${conditions.sql}`;
  if (order.length > 0) sql += ` ORDER BY ${order.join(", ")}`;
  if (query.limit !== undefined) sql += ` LIMIT ${Math.max(0, Math.trunc(query.limit))}`;
  return { sql, parameters: conditions.parameters };
}

/** Asked of one row in 256, drawn by lot: asking costs more than the row. Whoever reads asks again at the end. */
const IN_TIME = "(random() & 255 OR in_time())";

/**
 * The conditions of a query; null when one names a column that the table lacks. The look at the clock comes first, so that
 * it also sees the rows that do not match.
 */
export function buildConditions(table: SqliteTable, query: TableQuery): { sql: string; parameters: SqlValue[] } | null {
  const parameters: SqlValue[] = [];
  const conditions = [IN_TIME];
  for (const condition of query.where ?? []) {
    const column = findColumn(table, condition.column);
    if (column === null && condition.is === "null") continue;
    if (column === null) return null;
    conditions.push(buildCondition(column, condition, parameters));
  }
  return { sql: conditions.join(" AND "), parameters };
}

function buildCondition(column: string, condition: TableCondition, parameters: SqlValue[]): string {
  if (condition.is === "null") return `${column} IS NULL`;
  if (condition.is === "in") {
    parameters.push(...condition.values.map(toParameter));
    return `${column} IN (${condition.values.map(() => "?").join(", ")})`;
  }
  parameters.push(toParameter(condition.value));
  return `${column} ${condition.is} ?`;
}

function toParameter(value: string | number): SqlValue {
  // better-sqlite3 binds every number as REAL, and 5.0 does not equal the '5' of a column declared TEXT.
  return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
}
