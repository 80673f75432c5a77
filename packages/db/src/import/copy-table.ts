import type Sqlite from "better-sqlite3";
import { withPatience } from "../patience.js";
import type { PostgresConnection, PostgresConnections } from "../postgres/postgres-connections.js";
import { execute, withConnection } from "../postgres/postgres-database.js";
import { isTransient, translatePostgresError } from "../postgres/postgres-errors.js";
import { type RowChecksum, rowChecksum } from "./row-checksum.js";
import { describeColumns, type ImportedColumn, type ImportedValue, iterateRows, quote } from "./sqlite-tables.js";
import { TABLE_LAYOUTS, type TableLayout } from "./table-layout.js";

/** Where a table goes. */
export interface ImportTarget {
  schema: string;
  table: string;
}

/** One table that is to be copied, and from where: a file's table, or one pickled job list. */
export interface TableCopy {
  target: ImportTarget;
  /** Tells the source and its state: when it changes, the table is copied again. */
  source: string;
  columns: readonly ImportedColumn[];
  rows(): Iterable<ImportedValue[]>;
  /** The rows of the target that this copy is; all of them unless told. */
  only?: { column: string; value: string };
}

/** What became of it. */
export interface CopiedTable {
  /** `present`: an earlier import copied the same. */
  outcome: "copied" | "present";
  rows: number;
  /** Of all values, the same on both sides. */
  checksum: string;
  /** Columns whose type had to be another than Autosubmit's, and constraints that the rows break. */
  remarks: string[];
}

const RECORD = "public.autosubmit_api_import";
const ROWS_AT_ONCE = 1_000;
const PATIENCE_MS = 30_000;

/** A table of a file as a copy; the file's handle must stay open until it is copied. */
export function tableCopy(client: Sqlite.Database, table: string, target: ImportTarget, source: string): TableCopy {
  const columns = describeColumns(client, table);
  return { target, source, columns, rows: () => iterateRows(client, table, columns) };
}

/** A pickled job list as the row that Autosubmit keeps of it in PostgreSQL. */
export function pickleCopy(expid: string, pickle: Uint8Array, modified: string, source: string): TableCopy {
  const column = (name: string, type: ImportedColumn["type"], notNull = false) => ({
    name,
    type,
    declared: null,
    notNull,
  });
  return {
    target: { schema: "public", table: "job_pkl" },
    source,
    columns: [column("expid", "text", true), column("pkl", "bytea"), column("modified", "text")],
    rows: () => [[expid, pickle, modified]],
    only: { column: "expid", value: expid },
  };
}

/** Makes what the import keeps its progress in. */
export async function prepareImport(connections: PostgresConnections): Promise<void> {
  await inTransaction(connections, (connection) =>
    execute(
      connection,
      `CREATE TABLE IF NOT EXISTS ${RECORD} (target text PRIMARY KEY, source text NOT NULL, rows bigint NOT NULL,
        checksum text NOT NULL, finished_at timestamptz NOT NULL)`,
    ),
  );
}

/**
 * Copies one table in one transaction: the rows, their count and checksum as the server gives them back, and the record
 * that it was done. What is interrupted is done again from the start; what was done is left as it is.
 * @throws DatabaseError when the server cannot be used; Error when the table holds rows of somebody else, or comes out
 * different
 */
export async function copyTable(connections: PostgresConnections, copy: TableCopy): Promise<CopiedTable> {
  return inTransaction(connections, async (connection) => {
    const done = await findDone(connection, copy);
    if (done?.source === copy.source)
      return { outcome: "present", rows: done.rows, checksum: done.checksum, remarks: [] };
    const remarks = await prepareTable(connection, copy, done !== null);
    const sent = await sendRows(connection, copy);
    const stored = await checkRows(connection, copy);
    if (sent.rows !== stored.rows || sent.checksum !== stored.checksum) {
      throw new Error(
        `${nameOf(copy.target)} came out different: ${sent.rows} rows were sent, ${stored.rows} are there`,
      );
    }
    if (sent.ordered !== stored.ordered && !TABLE_LAYOUTS[copy.target.table]?.numbered) {
      remarks.push(`${nameOf(copy.target)}: the server stores the rows in another order`);
    }
    remarks.push(...(await addConstraints(connection, copy, done !== null)));
    await record(connection, copy, stored);
    const { rows, checksum } = stored;
    return { outcome: "copied", rows, checksum, remarks };
  });
}

async function inTransaction<T>(
  connections: PostgresConnections,
  work: (connection: PostgresConnection) => Promise<T>,
): Promise<T> {
  const attempt = () =>
    withConnection(connections, async (connection) => {
      await execute(connection, "BEGIN");
      await execute(connection, "SET LOCAL statement_timeout = 0");
      const result = await work(connection);
      await execute(connection, "COMMIT");
      return result;
    });
  try {
    return await withPatience(attempt, { patienceMs: PATIENCE_MS }, isTransient);
  } catch (error) {
    throw translatePostgresError(error, connections.label);
  }
}

const nameOf = ({ schema, table }: ImportTarget) => `${quote(schema)}.${quote(table)}`;

function recordName({ target, only }: TableCopy): string {
  return only ? `${nameOf(target)}/${only.value}` : nameOf(target);
}

async function findDone(
  connection: PostgresConnection,
  copy: TableCopy,
): Promise<{ source: string; rows: number; checksum: string } | null> {
  const text = `SELECT source, rows, checksum FROM ${RECORD} WHERE target = $1`;
  const { rows } = await connection.query({ text, values: [recordName(copy)], array: false });
  return (rows[0] as { source: string; rows: number; checksum: string } | undefined) ?? null;
}

/** Makes the table, or makes it fit; rows that an earlier import put there go. */
async function prepareTable(connection: PostgresConnection, copy: TableCopy, isOurs: boolean): Promise<string[]> {
  const { target, columns, only } = copy;
  const name = nameOf(target);
  const layout = TABLE_LAYOUTS[target.table] ?? {};
  const existing = await existingColumns(connection, target);
  if (existing.size === 0) {
    if (target.schema !== "public") await execute(connection, `CREATE SCHEMA IF NOT EXISTS ${quote(target.schema)}`);
    const definitions = columns.map((column) => definitionOf(column, layout));
    await execute(connection, `CREATE TABLE ${name} (${definitions.join(", ")})`);
  } else {
    await emptyTable(connection, copy, isOurs);
    for (const column of columns) await fitColumn(connection, name, column, existing.get(column.name) ?? null);
  }
  if (only) return [];
  return columns.flatMap((column) =>
    column.declared === null
      ? []
      : [`${name}: ${column.name} is ${column.type}, for values that ${column.declared} cannot hold`],
  );
}

function definitionOf({ name, type, notNull }: ImportedColumn, { key, numbered }: TableLayout): string {
  const isNumber = numbered && key?.[0] === name && (type === "integer" || type === "bigint");
  const typeName = isNumber ? (type === "integer" ? "serial" : "bigserial") : type;
  return `${quote(name)} ${typeName}${notNull ? " NOT NULL" : ""}`;
}

async function existingColumns(
  connection: PostgresConnection,
  { schema, table }: ImportTarget,
): Promise<Map<string, string>> {
  const text = `SELECT a.attname::text, format_type(a.atttypid, NULL) FROM pg_attribute a
    WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped`;
  const { rows } = await connection.query({ text, values: [nameOf({ schema, table })], array: true });
  return new Map(rows as [string, string][]);
}

async function emptyTable(connection: PostgresConnection, { target, only }: TableCopy, isOurs: boolean): Promise<void> {
  const name = nameOf(target);
  const where = only ? ` WHERE ${quote(only.column)} = $1` : "";
  const values = only ? [only.value] : [];
  const present = await connection.query({ text: `SELECT 1 FROM ${name}${where} LIMIT 1`, values, array: true });
  if (present.rows.length === 0) return;
  // What `autosubmit install` puts there is the same in every site.
  if (!isOurs && target.table !== "db_version") throw new Error(`${name} already holds rows that no import put there`);
  await connection.query({ text: `DELETE FROM ${name}${where}`, values, array: false });
}

const INTEGERS = ["smallint", "integer", "bigint"];

/** Whether every value of a type is one of the other. */
function holds(existing: string, needed: ImportedColumn["type"]): boolean {
  if (needed === "text") return existing === "text" || existing === "character varying";
  if (needed === "integer" || needed === "bigint") return INTEGERS.indexOf(existing) >= INTEGERS.indexOf(needed);
  return existing === needed;
}

async function fitColumn(
  connection: PostgresConnection,
  table: string,
  column: ImportedColumn,
  existing: string | null,
): Promise<void> {
  const name = quote(column.name);
  if (existing === null) await execute(connection, `ALTER TABLE ${table} ADD COLUMN ${name} ${column.type}`);
  else if (!holds(existing, column.type)) {
    await execute(
      connection,
      `ALTER TABLE ${table} ALTER COLUMN ${name} TYPE ${column.type} USING ${name}::text::${column.type}`,
    );
  }
  if (!column.notNull && existing !== null) {
    const text = `SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
      WHERE i.indisprimary AND i.indrelid = to_regclass($1) AND a.attname = $2`;
    const { rows } = await connection.query({ text, values: [table, column.name], array: true });
    if (rows.length === 0) await execute(connection, `ALTER TABLE ${table} ALTER COLUMN ${name} DROP NOT NULL`);
  }
}

async function sendRows(connection: PostgresConnection, copy: TableCopy): Promise<RowChecksum> {
  const { columns, target } = copy;
  const sum = rowChecksum();
  const names = columns.map((column) => quote(column.name)).join(", ");
  const arrays = columns.map((column, index) => `$${index + 1}::${column.type}[]`).join(", ");
  const text = `INSERT INTO ${nameOf(target)} (${names}) SELECT * FROM unnest(${arrays})`;
  let batch: ImportedValue[][] = columns.map(() => []);
  let pending = 0;
  const send = async () => {
    if (pending === 0) return;
    await connection.query({ text, values: batch, array: false });
    batch = columns.map(() => []);
    pending = 0;
  };
  for (const row of copy.rows()) {
    sum.add(row);
    row.forEach((value, index) => {
      batch[index]?.push(
        columns[index]?.type === "boolean" && value !== null ? (Boolean(value) as unknown as number) : value,
      );
    });
    pending += 1;
    if (pending === ROWS_AT_ONCE) await send();
  }
  await send();
  return sum.end();
}

/** What the server has now, in the order in which it stores it. */
async function checkRows(connection: PostgresConnection, copy: TableCopy): Promise<RowChecksum> {
  const { columns, target, only } = copy;
  const names = columns.map((column) => quote(column.name)).join(", ");
  const select = `SELECT ${names} FROM ${nameOf(target)}`;
  const sum = rowChecksum();
  if (only) {
    const text = `${select} WHERE ${quote(only.column)} = $1`;
    const { rows } = await connection.query({ text, values: [only.value], array: true });
    for (const row of rows as ImportedValue[][]) sum.add(row);
    return sum.end();
  }
  await execute(connection, `DECLARE imported NO SCROLL CURSOR FOR ${select} ORDER BY ctid`);
  for (let left = true; left; ) {
    const { rows } = await connection.query({ text: `FETCH ${ROWS_AT_ONCE} FROM imported`, values: [], array: true });
    for (const row of rows as ImportedValue[][]) sum.add(row);
    left = rows.length === ROWS_AT_ONCE;
  }
  await execute(connection, "CLOSE imported");
  return sum.end();
}

/** Keys and indexes, once the rows are there. Rows that break one stay, and the key is left out. */
async function addConstraints(connection: PostgresConnection, copy: TableCopy, existed: boolean): Promise<string[]> {
  const { target, columns } = copy;
  const name = nameOf(target);
  const layout = TABLE_LAYOUTS[target.table] ?? {};
  const remarks: string[] = [];
  const has = (names: readonly string[]) => names.every((wanted) => columns.some((column) => column.name === wanted));
  const attempt = async (what: string, text: string) => {
    await execute(connection, "SAVEPOINT before");
    try {
      await execute(connection, text);
    } catch (error) {
      if (isTransient(error)) throw error;
      await execute(connection, "ROLLBACK TO before");
      remarks.push(`${name}: no ${what}, which its rows break`);
    }
  };
  const list = (names: readonly string[]) => names.map(quote).join(", ");
  if (!existed && !(await hasKey(connection, name)) && layout.key && has(layout.key)) {
    await attempt("primary key", `ALTER TABLE ${name} ADD PRIMARY KEY (${list(layout.key)})`);
    if (layout.unique && has(layout.unique)) {
      await attempt("unique constraint", `ALTER TABLE ${name} ADD UNIQUE (${list(layout.unique)})`);
    }
    for (const index of layout.indexes ?? [])
      if (has(index)) await execute(connection, `CREATE INDEX ON ${name} (${list(index)})`);
  }
  const [number] = layout.numbered ? (layout.key ?? []) : [];
  if (number !== undefined && has([number])) {
    const text = `SELECT setval(pg_get_serial_sequence($1, $2), greatest(1, (SELECT max(${quote(number)}) FROM ${name})))
      WHERE pg_get_serial_sequence($1, $2) IS NOT NULL`;
    await connection.query({ text, values: [name, number], array: true });
  }
  return remarks;
}

async function hasKey(connection: PostgresConnection, name: string): Promise<boolean> {
  const text = "SELECT 1 FROM pg_index WHERE indisprimary AND indrelid = to_regclass($1)";
  return (await connection.query({ text, values: [name], array: true })).rows.length > 0;
}

async function record(connection: PostgresConnection, copy: TableCopy, stored: { rows: number; checksum: string }) {
  const text = `INSERT INTO ${RECORD} (target, source, rows, checksum, finished_at) VALUES ($1, $2, $3, $4, now())
    ON CONFLICT (target) DO UPDATE SET source = excluded.source, rows = excluded.rows, checksum = excluded.checksum,
      finished_at = excluded.finished_at`;
  await connection.query({ text, values: [recordName(copy), copy.source, stored.rows, stored.checksum], array: false });
}
