import Sqlite from "better-sqlite3";

/** A value as SQLite gives it. */
export type ImportedValue = string | number | bigint | Uint8Array | null;

/** PostgreSQL's types that Autosubmit's columns have, or need for the values that SQLite let into them. */
export type ColumnType = "integer" | "bigint" | "double precision" | "boolean" | "text" | "bytea";

export interface ImportedColumn {
  name: string;
  type: ColumnType;
  /** The type that Autosubmit's declaration asks for, when the values need another one. */
  declared: ColumnType | null;
  notNull: boolean;
}

/** A table of an SQLite file. */
export interface SqliteTable {
  name: string;
  rows: number;
}

const INT4 = 2 ** 31;
const REPLACEMENT_CHARACTER = "\uFFFD";
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Opens a file of another program to read it; every read of one handle sees one state. */
export function openToImport(path: string): Sqlite.Database {
  const client = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: 5_000 });
  client.pragma("trusted_schema = OFF");
  client.exec("BEGIN");
  return client;
}

/** The tables of a file; none of SQLite's own. */
export function listTables(client: Sqlite.Database): SqliteTable[] {
  const names = client
    .prepare<[], string>(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all();
  return names.map((name) => ({
    name,
    rows: Number(
      client
        .prepare(`SELECT count(*) FROM ${quote(name)}`)
        .pluck()
        .get(),
    ),
  }));
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The columns of a table with the narrowest type that its declaration allows and all its values fit in. */
export function describeColumns(client: Sqlite.Database, table: string): ImportedColumn[] {
  const found = client
    .prepare<[string], { name: string; type: string; notnull: number }>(
      'SELECT name, type, "notnull" FROM pragma_table_info(?)',
    )
    .all(table);
  return found.map(({ name, type, notnull }) => {
    const declared = declaredType(type);
    const column = quote(name);
    const kinds = client
      .prepare<[], { kind: string; least: number; most: number }>(
        `SELECT typeof(${column}) AS kind, min(${column}) AS least, max(${column}) AS most FROM ${quote(table)} GROUP BY 1`,
      )
      .all();
    const hasNull = kinds.some(({ kind }) => kind === "null");
    const needed = neededType(kinds, declared);
    const differs = declared !== null && needed !== declared;
    return { name, type: needed, declared: differs ? declared : null, notNull: notnull === 1 && !hasNull };
  });
}

/** Null where nothing, or nothing of ours, is declared. */
function declaredType(declaration: string): ColumnType | null {
  if (/int/i.test(declaration)) return "integer";
  if (/char|text|clob/i.test(declaration)) return "text";
  if (/real|floa|doub/i.test(declaration)) return "double precision";
  if (/bool/i.test(declaration)) return "boolean";
  return /blob/i.test(declaration) ? "bytea" : null;
}

interface Kind {
  kind: string;
  least: number;
  most: number;
}

function neededType(kinds: readonly Kind[], declared: ColumnType | null): ColumnType {
  const has = (name: string) => kinds.some(({ kind }) => kind === name);
  const integers = kinds.find(({ kind }) => kind === "integer");
  if (has("blob")) return "bytea";
  if (has("text") || declared === "text") return "text";
  if (declared === "bytea") return "bytea";
  if (has("real") || declared === "double precision") return "double precision";
  if (declared === "boolean" && (integers?.least ?? 0) >= 0 && (integers?.most ?? 0) <= 1) return "boolean";
  if (integers) return integers.least >= -INT4 && integers.most < INT4 ? "integer" : "bigint";
  return declared ?? "text";
}

/** The rows of a table in the order in which they were inserted, each value as its column's type will have it. */
export function* iterateRows(
  client: Sqlite.Database,
  table: string,
  columns: readonly ImportedColumn[],
): Iterable<ImportedValue[]> {
  const hasRowNumbers = hasRowid(client, table);
  const names = columns.map(({ name }) => quote(name)).join(", ");
  const order = hasRowNumbers ? "ORDER BY rowid" : "";
  const select = client.prepare<[], ImportedValue[]>(
    `SELECT ${hasRowNumbers ? "rowid" : "NULL"}, ${names} FROM ${quote(table)} ${order}`,
  );
  const asBytes = columns.map(({ name }) =>
    client
      .prepare<[ImportedValue], Uint8Array>(
        `SELECT CAST(${quote(name)} AS BLOB) FROM ${quote(table)} WHERE ${hasRowNumbers ? "rowid = ?" : "? IS NULL"}`,
      )
      .pluck(),
  );
  const rows = columns.some(({ type }) => type === "bigint") ? select.raw().safeIntegers() : select.raw();
  for (const [rowNumber, ...values] of rows.iterate()) {
    yield columns.map(({ type }, index) => {
      const value = values[index] ?? null;
      const isDamaged = typeof value === "string" && value.includes(REPLACEMENT_CHARACTER) && rowNumber !== null;
      const bytes = isDamaged ? asBytes[index]?.get(rowNumber ?? null) : undefined;
      return asType(bytes === undefined ? value : decode(bytes), type);
    });
  }
}

function hasRowid(client: Sqlite.Database, table: string): boolean {
  const found = client.prepare<[string], number>("SELECT wr FROM pragma_table_list WHERE name = ?").pluck().get(table);
  return found === 0;
}

/** Old versions wrote latin1. */
function decode(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return Buffer.from(bytes).toString("latin1");
  }
}

function asType(value: ImportedValue, type: ColumnType): ImportedValue {
  if (value === null) return null;
  if (type === "text") {
    // PostgreSQL has no text with a NUL in it.
    return (value instanceof Uint8Array ? decode(value) : String(value)).replaceAll("\0", REPLACEMENT_CHARACTER);
  }
  if (type === "bytea") return typeof value === "string" ? Buffer.from(value) : value;
  return typeof value === "bigint" && type !== "bigint" ? Number(value) : value;
}
