import { isBytes, isNumeric, isTextual } from "./postgres-values.js";
import { OVERSIZED, quoteIdentifier } from "./sqlite-query.js";
import type { TableCondition, TableQuery } from "./table-source.js";

/** A column as the catalog describes it. */
export interface PostgresColumn {
  name: string;
  /** The number of its type. */
  type: number;
  notNull: boolean;
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

/** The SELECT of a query, or null when no row can match. */
export function buildPostgresSelect(
  table: PostgresTable,
  query: TableQuery,
  largestValueBytes: number,
): PostgresSelect | null {
  const values: unknown[] = [];
  const conditions: string[] = [];
  for (const condition of query.where ?? []) {
    const built = buildCondition(table, condition, values);
    if (built === "never") return null;
    if (built !== "always") conditions.push(built);
  }
  const isMeasured = table.sizeBytes > largestValueBytes / MOST_COMPRESSED;
  const outputs: string[] = [];
  const positions = query.columns.map((name) => {
    const column = findColumn(table, name);
    return column === null ? -1 : outputs.push(isMeasured ? bounded(column, largestValueBytes) : quoted(column)) - 1;
  });
  let text = `SELECT ${outputs.join(", ") || "NULL"} FROM ${qualifiedName(table)}`;
  if (conditions.length > 0) text += ` WHERE ${conditions.join(" AND ")}`;
  const order = buildOrder(table, query, conditions.length > 0);
  if (order.length > 0) text += ` ORDER BY ${order.join(", ")}`;
  if (query.limit !== undefined) text += ` LIMIT ${Math.max(0, Math.trunc(query.limit))}`;
  return { text, values, positions };
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
function bounded(column: PostgresColumn, largestValueBytes: number): string {
  const name = quoted(column);
  if (isBytes(column.type)) {
    // Bytes travel as text, two letters each, which must fit into one text here.
    const most = Math.min(largestValueBytes, 2 ** 27);
    return `CASE WHEN octet_length(${name}) > ${most} THEN decode('${OVERSIZED.toString("hex")}', 'hex') ELSE ${name} END`;
  }
  if (!isTextual(column.type)) return name;
  return `CASE WHEN octet_length(${name}) > ${largestValueBytes} THEN '${OVERSIZED_TEXT}' ELSE ${name} END`;
}

/** A column that the table lacks is NULL; a value of another type than the column's equals none of its values. */
function buildCondition(
  table: PostgresTable,
  condition: TableCondition,
  values: unknown[],
): string | "never" | "always" {
  const column = findColumn(table, condition.column);
  if (condition.is === "null") return column === null ? "always" : `${quoted(column)} IS NULL`;
  if (column === null) return "never";
  const name = isTextual(column.type) ? `${quoted(column)} COLLATE "C"` : quoted(column);
  if (condition.is === "in") {
    const fitting = condition.values.map((value) => toParameter(column, value)).filter((value) => value !== null);
    if (fitting.length === 0) return "never";
    values.push(fitting);
    return `${quoted(column)} = ANY($${values.length})`;
  }
  const value = toParameter(column, condition.value);
  if (value === null) return condition.is === "!=" ? `${quoted(column)} IS NOT NULL` : "never";
  values.push(value);
  const isEquality = condition.is === "=" || condition.is === "!=";
  return `${isEquality ? quoted(column) : name} ${condition.is === "!=" ? "<>" : condition.is} $${values.length}`;
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
