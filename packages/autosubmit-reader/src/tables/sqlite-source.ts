import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { AutosubmitReadError } from "../errors.js";
import { decodeText } from "../formats/text.js";
import { isBusy, translateSqliteError } from "./sqlite-errors.js";
import { buildRowNumberSelect, buildSelect, findColumn, quoteIdentifier, type SqliteTable } from "./sqlite-query.js";
import type { SqlValue, TableQuery, TableRow, TableSource } from "./table-source.js";

/** What one read may cost; a file made to exhaust memory stops here. */
export interface SqliteLimits {
  /** Rows of one `select`. */
  rows: number;
  /** Text and blob bytes of one `select`. */
  bytes: number;
  /** Bytes of one value; a longer one comes back as null. */
  valueBytes: number;
}

/** Waits between attempts while another process holds the database, in ms: about 3 s in all. */
const BUSY_WAITS_MS = [5, 15, 40, 80, 160, 300, 600, 800, 1000];
const BATCH_ROWS = 1000;
const REPLACEMENT_CHARACTER = "\uFFFD";

/** An open SQLite file. Reads are synchronous underneath, so no lock is ever held across an `await`. */
export class SqliteTableSource implements TableSource {
  readonly label: string;
  readonly #expid: string | null;
  readonly #limits: SqliteLimits;
  readonly #database: Database.Database;
  readonly #tables = new Map<string, SqliteTable | null>();

  /** @throws better-sqlite3's own error; `SqliteTableProvider.open` translates it */
  constructor(path: string, expid: string | null, limits: SqliteLimits) {
    this.label = path;
    this.#expid = expid;
    this.#limits = limits;
    this.#database = new Database(path, { readonly: true, fileMustExist: true, timeout: 0 });
    // Functions that a schema may call are limited to harmless ones.
    this.#database.pragma("trusted_schema = OFF");
  }

  async columns(table: string): Promise<readonly string[] | null> {
    return this.#attempt(() => this.#table(table)?.columns ?? null);
  }

  async select(query: TableQuery): Promise<TableRow[]> {
    const empty: TableRow = Object.fromEntries(query.columns.map((name) => [name, null]));
    return this.#attempt(() => this.#rows(query, (values) => toRow(query.columns, values, empty)));
  }

  async selectValues(query: TableQuery): Promise<SqlValue[][]> {
    return this.#attempt(() => this.#rows(query, (values) => values));
  }

  async *iterate(query: TableQuery): AsyncIterable<TableRow> {
    const rowNumbers = await this.#attempt(() => this.#rowNumbers(query));
    if (rowNumbers === null) {
      yield* await this.select(query);
      return;
    }
    const columns = query.columns;
    for (let start = 0; start < rowNumbers.length; start += BATCH_ROWS) {
      const batch = rowNumbers.slice(start, start + BATCH_ROWS);
      yield* await this.#attempt(() => this.#rowsAt({ table: query.table, columns }, batch));
    }
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  /** Runs a synchronous read, again after a pause while the database is locked. */
  async #attempt<T>(read: () => T): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return read();
      } catch (error) {
        const wait = BUSY_WAITS_MS[attempt];
        if (wait === undefined || !isBusy(error)) throw translateSqliteError(error, this.label, this.#expid);
        await sleep(wait);
      }
    }
  }

  /** Only real tables count: a view or a virtual table in their place could run whatever it likes. */
  #table(name: string): SqliteTable | null {
    const known = this.#tables.get(name);
    if (known !== undefined) return known;
    const found = this.#database
      .prepare<[string], [string, number]>(
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name = ? COLLATE NOCASE",
      )
      .raw()
      .get(name);
    const table = found === undefined ? null : this.#describe(found[0], found[1] !== 0);
    this.#tables.set(name, table);
    return table;
  }

  #describe(name: string, withoutRowNumbers: boolean): SqliteTable {
    const columns = this.#database.prepare<[string], string>("SELECT name FROM pragma_table_info(?)").pluck().all(name);
    const lowered = new Set(columns.map((column) => column.toLowerCase()));
    const free = ["rowid", "_rowid_", "oid"].find((candidate) => !lowered.has(candidate));
    return { name, columns, rowNumber: withoutRowNumbers ? null : (free ?? null) };
  }

  #rows<T>(query: TableQuery, make: (values: SqlValue[]) => T): T[] {
    const table = this.#table(query.table);
    const statement = table && buildSelect(table, query, this.#limits.valueBytes);
    if (!table || !statement) return [];
    const rows: T[] = [];
    const budget = { rows: this.#limits.rows, bytes: this.#limits.bytes };
    const prepared = this.#database.prepare<SqlValue[], SqlValue[]>(statement.sql).raw();
    for (const raw of prepared.iterate(...statement.parameters)) {
      rows.push(make(this.#values(table, query.columns, statement.positions, raw, budget)));
    }
    return rows;
  }

  #rowNumbers(query: TableQuery): SqlValue[] | null {
    const table = this.#table(query.table);
    const statement = table && buildRowNumberSelect(table, query);
    if (!table || !statement) return null;
    return this.#database
      .prepare<SqlValue[], SqlValue>(statement.sql)
      .pluck()
      .safeIntegers()
      .all(...statement.parameters);
  }

  /** The rows of these numbers, in their order; rows deleted since are left out. */
  #rowsAt(query: TableQuery, rowNumbers: readonly SqlValue[]): TableRow[] {
    const table = this.#table(query.table);
    const statement = table && buildSelect(table, query, this.#limits.valueBytes);
    if (!table || !statement) return [];
    const empty: TableRow = Object.fromEntries(query.columns.map((name) => [name, null]));
    const budget = { rows: this.#limits.rows, bytes: this.#limits.bytes };
    const prepared = this.#database
      .prepare<SqlValue[], SqlValue[]>(`${statement.sql} WHERE ${table.rowNumber} = ?`)
      .raw();
    return rowNumbers.flatMap((rowNumber) => {
      const raw = prepared.get(rowNumber);
      if (raw === undefined) return [];
      const values = this.#values(table, query.columns, statement.positions, raw, budget);
      return [toRow(query.columns, values, empty)];
    });
  }

  #values(
    table: SqliteTable,
    columns: readonly string[],
    positions: readonly number[],
    raw: readonly SqlValue[],
    budget: { rows: number; bytes: number },
  ): SqlValue[] {
    const values = new Array<SqlValue>(positions.length).fill(null);
    budget.rows -= 1;
    for (let index = 0; index < positions.length; index += 1) {
      const value = raw[positions[index] ?? -1];
      if (value === undefined || value === null) continue;
      values[index] = value;
      if (typeof value === "string") {
        budget.bytes -= value.length;
        if (value.includes(REPLACEMENT_CHARACTER)) {
          values[index] = this.#readAsBytes(table, columns[index] ?? "", raw[0] ?? null) ?? value;
        }
      } else if (typeof value === "object") budget.bytes -= value.byteLength;
    }
    if (budget.rows < 0 || budget.bytes < 0) {
      throw new AutosubmitReadError(
        "SOURCE_TOO_LARGE",
        `Table ${table.name} of ${this.label} is larger than one read may be`,
        {
          path: this.label,
          ...(this.#expid === null ? {} : { expid: this.#expid }),
        },
      );
    }
    return values;
  }

  /** A text that came back with replacement characters, read again byte by byte; null when it cannot be found again. */
  #readAsBytes(table: SqliteTable, column: string, rowNumber: SqlValue): string | null {
    const expression = findColumn(table, column);
    if (expression === null || table.rowNumber === null || rowNumber === null) return null;
    const sql = `SELECT CAST(${expression} AS BLOB) FROM ${quoteIdentifier(table.name)} WHERE ${table.rowNumber} = ?`;
    const bytes = this.#database
      .prepare<[SqlValue], SqlValue>(sql)
      .pluck()
      .get(typeof rowNumber === "number" ? BigInt(rowNumber) : rowNumber);
    return bytes instanceof Uint8Array ? decodeText(bytes) : null;
  }
}

function toRow(columns: readonly string[], values: readonly SqlValue[], empty: TableRow): TableRow {
  // Copying a row of the right shape and filling it keeps all rows in one hidden class.
  const row = { ...empty };
  for (let index = 0; index < columns.length; index += 1) row[columns[index] ?? ""] = values[index] ?? null;
  return row;
}
