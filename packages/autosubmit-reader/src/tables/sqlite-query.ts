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

/** A statement and what it yields: `positions[i]` is the place of the query's column `i`, or -1 when the table lacks it. */
export interface SqliteStatement {
  sql: string;
  parameters: SqlValue[];
  positions: readonly number[];
}

/** Quotes an identifier; with double-quoted strings switched off in the library it can be nothing else. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * The SELECT of a query, or null when no row can match because a condition names a column that the table lacks (it would
 * be compared with NULL). Place 0 of a row is the row number, or null.
 * @param largestValueBytes longer texts and blobs come back as null, without being read from the file; null for no bound
 */
export function buildSelect(
  table: SqliteTable,
  query: TableQuery,
  largestValueBytes: number | null,
): SqliteStatement | null {
  const tail = buildTail(table, query);
  if (tail === null) return null;
  const outputs = [table.rowNumber ?? "NULL"];
  const positions = query.columns.map((name) => {
    const column = findColumn(table, name);
    return column === null ? -1 : outputs.push(boundedColumn(column, largestValueBytes)) - 1;
  });
  const sql = `SELECT ${outputs.join(", ")} FROM ${quoteIdentifier(table.name)}${tail.sql}`;
  return { sql, parameters: tail.parameters, positions };
}

/** The same rows' numbers only; null as above, or when the table has no row numbers. */
export function buildRowNumberSelect(table: SqliteTable, query: TableQuery): Omit<SqliteStatement, "positions"> | null {
  const tail = buildTail(table, query);
  if (tail === null || table.rowNumber === null) return null;
  return {
    sql: `SELECT ${table.rowNumber} FROM ${quoteIdentifier(table.name)}${tail.sql}`,
    parameters: tail.parameters,
  };
}

/** The column as an expression, or null when the table lacks it; SQLite's names do not differ by case. */
export function findColumn(table: SqliteTable, name: string): string | null {
  const lowered = name.toLowerCase();
  const known = table.columns.find((column) => column.toLowerCase() === lowered);
  return known === undefined ? null : quoteIdentifier(known);
}

function boundedColumn(column: string, largestValueBytes: number | null): string {
  // octet_length takes the length from the row's header: an oversized value is never loaded.
  return largestValueBytes === null ? column : `iif(octet_length(${column}) > ${largestValueBytes}, NULL, ${column})`;
}

/** Everything after FROM. */
function buildTail(table: SqliteTable, query: TableQuery): { sql: string; parameters: SqlValue[] } | null {
  const parameters: SqlValue[] = [];
  const conditions: string[] = [];
  for (const condition of query.where ?? []) {
    const column = findColumn(table, condition.column);
    if (column === null) return null;
    conditions.push(buildCondition(column, condition, parameters));
  }
  const order = (query.orderBy ?? []).flatMap(({ column, descending }) => {
    const known = findColumn(table, column);
    return known === null ? [] : [`${known}${descending ? " DESC" : ""}`];
  });
  let sql = conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : "";
  if (order.length > 0) sql += ` ORDER BY ${order.join(", ")}`;
  if (query.limit !== undefined) sql += ` LIMIT ${Math.max(0, Math.trunc(query.limit))}`;
  return { sql, parameters };
}

function buildCondition(column: string, condition: TableCondition, parameters: SqlValue[]): string {
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
