import {
  fromClause,
  isOrdered,
  OVERSIZED_TEXT,
  type PostgresTable,
  qualifiedName,
  selectParts,
} from "./postgres-query.js";
import { fromJsonArray, isInJson } from "./postgres-values.js";
import type { SqlValue, TableCondition, TableQuery } from "./table-source.js";

/**
 * Large reads take their rows in pages, as from SQLite (`sqlite-pages.ts`): one row of the answer is a page and holds every
 * column as a JSON array. The driver takes most of its time for messages and values, of which there are thousands of times
 * fewer this way: 69,000 attempts of 8 columns take 30 ms of processor time here instead of 105, and the server 45 as before.
 */
export interface PostgresPages {
  /** Yields the number of rows of a page, then `types.length` arrays; NULL instead of one that is too long. */
  text: string;
  values: unknown[];
  /** Where each column of the query is among the arrays; -1: the table lacks it. */
  positions: readonly number[];
  /** The types of the arrays' values. */
  types: readonly number[];
}

/** Less than that is quicker row by row. */
const LEAST_BYTES = 2 ** 18;
/** Blocks of 8 KiB in a page: some thousands of rows. */
const PAGE_BLOCKS = 128;
/** A table that is read as one page may have that much in its rows. */
const LARGEST_PAGE_BYTES = 2 ** 26;
/** Of one column of a page; no text in memory may be much longer. */
const LARGEST_ARRAY_BYTES = 2 ** 26;

/** Null when pages would not pay, cannot hold the values, or when no row can match: the other way knows. */
export function buildPostgresPages(
  table: PostgresTable,
  query: TableQuery,
  largestValueBytes: number,
): PostgresPages | null {
  if (table.rowBytes < LEAST_BYTES || (query.limit ?? Number.POSITIVE_INFINITY) < 1_000) return null;
  const values: unknown[] = [];
  const bounds = { valueBytes: largestValueBytes, blobBytes: largestValueBytes };
  const parts = selectParts(table, query, bounds, (value) => `$${values.push(value)}`);
  if (parts === null || parts.outputs.length === 0 || !parts.outputs.every(({ column }) => isInJson(column.type)))
    return null;
  const inPieces =
    table.hasPlaces && !isOrdered(table, query) && query.limit === undefined && !isSelective(table, query);
  if (!inPieces && table.rowBytes > LARGEST_PAGE_BYTES) return null;
  const named = parts.outputs.map(({ sql }, index) => `${sql} AS c${index}`).join(", ");
  const conditions = [...PIECE, ...parts.conditions].join(" AND ");
  const rows = inPieces
    ? `SELECT ${named} FROM ${qualifiedName(table)} WHERE ${conditions}`
    : `SELECT ${named} ${fromClause(table, parts)}`;
  const arrays = parts.outputs.map((_, index) => `json_agg(c${index})::text AS a${index}`);
  const page = `SELECT count(*) AS n, ${arrays.join(", ")} FROM (${rows}) AS rows`;
  const short = parts.outputs.map(
    (_, index) => `CASE WHEN octet_length(a${index}) <= ${LARGEST_ARRAY_BYTES} THEN a${index} END`,
  );
  return {
    text: `SELECT n, ${short.join(", ")} FROM ${inPieces ? `${pieces(table)}, LATERAL ` : ""}(${page}) AS page WHERE n > 0`,
    values,
    positions: parts.positions,
    types: parts.outputs.map(({ column }) => column.type),
  };
}

/** The first block of each piece, in order: the pieces follow from one another, so that rows come as they are stored. */
function pieces({ oid }: PostgresTable): string {
  const blocks = `pg_relation_size(${oid}) / current_setting('block_size')::integer`;
  return `generate_series(0, ${blocks}, ${PAGE_BLOCKS}) AS piece(first)`;
}

const PIECE = ["ctid >= format('(%s,0)', first)::tid", `ctid < format('(%s,0)', first + ${PAGE_BLOCKS})::tid`] as const;

/** Whether an index would find the few rows; pieces would look at all of them. */
function isSelective(table: PostgresTable, { where = [] }: TableQuery): boolean {
  const indexed = new Set(table.columns.filter(({ isIndexed }) => isIndexed).map(({ name }) => name.toLowerCase()));
  return where.some(({ column, is }: TableCondition) => is !== "!=" && indexed.has(column.toLowerCase()));
}

/** A page of an answer. */
export interface PageColumns {
  count: number;
  /** How much text it was. */
  length: number;
  /** Whether one of the values is larger than the bound. */
  isOversized: boolean;
  columns: SqlValue[][];
}

/** Null when the page cannot be had this way. */
export function parsePage(types: readonly number[], [count, ...arrays]: readonly SqlValue[]): PageColumns | null {
  const page: PageColumns = { count: Number(count), length: 0, isOversized: false, columns: [] };
  for (const [index, text] of arrays.entries()) {
    if (typeof text !== "string") return null;
    page.length += text.length;
    page.isOversized ||= text.includes(OVERSIZED_TEXT);
    const values = fromJsonArray(types[index] ?? 0, JSON.parse(text));
    if (values === null) return null;
    page.columns.push(values);
  }
  return page;
}
