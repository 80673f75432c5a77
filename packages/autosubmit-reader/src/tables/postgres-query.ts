import { isBytes, isNumeric, isTextual } from "./postgres-values.js";
import { OVERSIZED, quoteIdentifier } from "./sqlite-query.js";
import type { TableCondition, TableQuery } from "./table-source.js";

/** A column as the catalog describes it. */
export interface PostgresColumn {
  name: string;
  /** The number of its type. */
  type: number;
  notNull: boolean;
  /** Whether an index begins with it. */
  isIndexed: boolean;
}

/** A table as the catalog describes it. */
export interface PostgresTable {
  schema: string;
  name: string;
  columns: readonly PostgresColumn[];
  /** Changes when the table is replaced or its columns change. */
  identity: string;
  /** Bytes on the server's disk, compressed values as they are. */
  sizeBytes: number;
  /** Of that, what holds the rows themselves: no indexes, no long values. */
  rowBytes: number;
  /** The number by which the server knows it. */
  oid: number;
  /** Whether the server finds rows by ranges of places (PostgreSQL 14), so that a table can be read in pieces. */
  hasPlaces: boolean;
  /**
   * How many rows were inserted, updated and deleted, which the server tells a moment late: mostly when the session that
   * did it commits or ends, at most 10 s after. Null when it counts none (before PostgreSQL 15, on a standby).
   */
  changes: string | null;
}

/** A statement and where each column of the query is in its rows; -1: the table lacks it. */
export interface PostgresSelect {
  text: string;
  values: unknown[];
  positions: readonly number[];
}

/** Tables whose rows are rewritten one by one, which moves them: their stored order means nothing. */
const STABLE_ORDER: Readonly<Record<string, readonly string[]>> = { jobs: ["created", "name"] };
/** A value takes at least one 255th of its length in the table. */
const MOST_COMPRESSED = 255;

/** What a value is replaced with that is larger than the bound. */
export const OVERSIZED_TEXT: string = OVERSIZED.toString("latin1");

/** What the statements of a query are put together from. */
export interface SelectParts {
  /** The columns that the table has, and what is asked for each of them. */
  outputs: { column: PostgresColumn; sql: string }[];
  /** Where each column of the query is among them; -1: the table lacks it. */
  positions: readonly number[];
  conditions: string[];
  /** With the words that they begin with, or empty. */
  order: string;
  limit: string;
}

/** How a value gets into a statement: as a parameter, or quoted. */
export type BindValue = (value: unknown) => string;

/** The SELECT of a query, or null when no row can match. */
export function buildPostgresSelect(
  table: PostgresTable,
  query: TableQuery,
  largestValueBytes: number,
): PostgresSelect | null {
  const values: unknown[] = [];
  // Bytes travel as text, two letters each, which must fit into one text here.
  const bounds = { valueBytes: largestValueBytes, blobBytes: Math.min(largestValueBytes, 2 ** 27) };
  const parts = selectParts(table, query, bounds, (value) => `$${values.push(value)}`);
  if (parts === null) return null;
  const outputs = parts.outputs.map(({ sql }) => sql).join(", ") || "NULL";
  return { text: `SELECT ${outputs} ${fromClause(table, parts)}`, values, positions: parts.positions };
}

/** Null when no row can match. */
export function selectParts(
  table: PostgresTable,
  query: TableQuery,
  bounds: { valueBytes: number; blobBytes: number },
  bind: BindValue,
): SelectParts | null {
  const conditions: string[] = [];
  for (const condition of query.where ?? []) {
    const built = buildCondition(table, condition, bind);
    if (built === "never") return null;
    if (built !== "always") conditions.push(built);
  }
  const isMeasured = table.sizeBytes > bounds.valueBytes / MOST_COMPRESSED;
  const outputs: SelectParts["outputs"] = [];
  const positions = query.columns.map((name) => {
    const column = findColumn(table, name);
    if (column === null) return -1;
    return outputs.push({ column, sql: isMeasured ? bounded(column, bounds) : quoted(column) }) - 1;
  });
  const order = buildOrder(table, query, conditions.length > 0);
  return {
    outputs,
    positions,
    conditions,
    order: order.length > 0 ? `ORDER BY ${order.join(", ")}` : "",
    limit: query.limit === undefined ? "" : `LIMIT ${Math.max(0, Math.trunc(query.limit))}`,
  };
}

/** Everything of a statement that follows its outputs. */
export function fromClause(table: PostgresTable, { conditions, order, limit }: SelectParts): string {
  const where = conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "";
  return [`FROM ${qualifiedName(table)}`, where, order, limit].filter((part) => part !== "").join(" ");
}

/** Whether the rows of a query come in an order of their own, not in that of their places. */
export function isOrdered(table: PostgresTable, query: TableQuery): boolean {
  return query.orderBy !== undefined || Object.hasOwn(STABLE_ORDER, table.name);
}

export function qualifiedName({ schema, name }: Pick<PostgresTable, "schema" | "name">): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

/** As in SQLite, names do not differ by case. */
export function findColumn(table: PostgresTable, name: string): PostgresColumn | null {
  const lowered = name.toLowerCase();
  return table.columns.find((column) => column.name.toLowerCase() === lowered) ?? null;
}

const quoted = ({ name }: PostgresColumn) => quoteIdentifier(name);

/** The length of a value is in its header: one that is too large is not even uncompressed. */
function bounded(column: PostgresColumn, { valueBytes, blobBytes }: { valueBytes: number; blobBytes: number }): string {
  const name = quoted(column);
  if (isBytes(column.type)) {
    return `CASE WHEN octet_length(${name}) > ${blobBytes} THEN decode('${OVERSIZED.toString("hex")}', 'hex') ELSE ${name} END`;
  }
  if (!isTextual(column.type)) return name;
  return `CASE WHEN octet_length(${name}) > ${valueBytes} THEN '${OVERSIZED_TEXT}' ELSE ${name} END`;
}

/** A column that the table lacks is NULL; a value of another type than the column's equals none of its values. */
function buildCondition(table: PostgresTable, condition: TableCondition, bind: BindValue): string | "never" | "always" {
  const column = findColumn(table, condition.column);
  if (condition.is === "null") return column === null ? "always" : `${quoted(column)} IS NULL`;
  if (column === null) return "never";
  const name = isTextual(column.type) ? `${quoted(column)} COLLATE "C"` : quoted(column);
  if (condition.is === "in") {
    const fitting = condition.values.map((value) => toParameter(column, value)).filter((value) => value !== null);
    if (fitting.length === 0) return "never";
    return `${quoted(column)} = ANY(${bind(fitting)})`;
  }
  const value = toParameter(column, condition.value);
  if (value === null) return condition.is === "!=" ? `${quoted(column)} IS NOT NULL` : "never";
  const isEquality = condition.is === "=" || condition.is === "!=";
  return `${isEquality ? quoted(column) : name} ${condition.is === "!=" ? "<>" : condition.is} ${bind(value)}`;
}

function toParameter(column: PostgresColumn, value: string | number): string | number | null {
  if (isTextual(column.type)) return String(value).includes("\0") ? null : String(value);
  if (!isNumeric(column.type)) return null;
  const number = typeof value === "number" ? value : value.trim() === "" ? Number.NaN : Number(value);
  return Number.isFinite(number) && fits(column, number) ? number : null;
}

const INTEGER_BITS: Readonly<Record<number, number>> = { 21: 15, 23: 31, 20: 63 };

function fits({ type }: PostgresColumn, number: number): boolean {
  const bits = INTEGER_BITS[type];
  return bits === undefined || (Number.isInteger(number) && Math.abs(number) < 2 ** bits);
}

/** NULL comes first, and texts are ordered by their bytes, as in SQLite. */
function buildOrder(table: PostgresTable, { orderBy }: TableQuery, isFiltered: boolean): string[] {
  const stable = STABLE_ORDER[table.name]?.map((column) => ({ column, descending: false }));
  const wanted = orderBy ?? stable ?? [];
  const order = wanted.flatMap(({ column: name, descending }) => {
    const column = findColumn(table, name);
    if (column === null) return [];
    const collation = isTextual(column.type) ? ' COLLATE "C"' : "";
    const nulls = column.notNull ? "" : descending ? " NULLS LAST" : " NULLS FIRST";
    return [`${quoted(column)}${collation}${descending ? " DESC" : ""}${nulls}`];
  });
  // A whole table comes in this order by itself.
  return order.length > 0 || isFiltered ? [...order, "ctid"] : [];
}
