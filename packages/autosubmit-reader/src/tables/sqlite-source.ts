import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { AutosubmitReadError } from "../errors.js";
import { decodeText } from "../formats/text.js";
import { watchedCall } from "../site/file-calls.js";
import { rowMaker } from "./row-maker.js";
import { isBusy, translateSqliteError } from "./sqlite-errors.js";
import {
  buildPageSelect,
  FIRST_ROW_NUMBER,
  isBeyondPages,
  LAST_ROW_NUMBER,
  PAGE_ROWS,
  toColumns,
} from "./sqlite-pages.js";
import {
  buildRowNumberSelect,
  buildRowsSelect,
  buildSelect,
  findColumn,
  OVERSIZED,
  quoteIdentifier,
  type SqliteTable,
} from "./sqlite-query.js";
import type { SqlValue, TableQuery, TableRow, TableSource } from "./table-source.js";

/** What one read may cost; a file made to exhaust the reader, or one that nobody meant to be read whole, stops here. */
export interface SqliteLimits {
  /** Rows of one read. */
  rows: number;
  /** Text and blob bytes of one read. */
  bytes: number;
  /** Bytes of one text or blob. */
  valueBytes: number;
  /** Time of one read, in ms. */
  timeMs: number;
  /** How long to try while another process holds the database, in ms. */
  patienceMs: number;
}

/** The file to open. */
export interface SqliteFile {
  path: string;
  /** The path that messages name: the original's when `path` is a private copy. */
  label: string;
  expid: string | null;
  /** Whether a value could be larger than the limit, so that each one has to be measured before it is read. */
  measureValues: boolean;
  /** Called once when the source is closed. */
  release: () => Promise<void>;
}

/** The longest pause between attempts: a busy writer lets go for milliseconds only, and many tries find such a moment. */
const LONGEST_PAUSE_MS = 20;
const BATCH_ROWS = 1000;
const REPLACEMENT_CHARACTER = "\uFFFD";

/** A query on its way: where each of its columns is found in a row, and what is left of the limits. */
interface Selection {
  table: SqliteTable;
  columns: readonly string[];
  positions: readonly number[];
  rowsLeft: number;
  bytesLeft: number;
}

/** An open SQLite file. Reads are synchronous underneath, so no lock is ever held across an `await`. */
export class SqliteTableSource implements TableSource {
  readonly label: string;
  readonly #file: SqliteFile;
  readonly #limits: SqliteLimits;
  readonly #database: Database.Database;
  readonly #tables = new Map<string, SqliteTable | null>();
  #deadline = 0;

  /** @throws better-sqlite3's own error; `SqliteTableProvider.open` translates it */
  constructor(file: SqliteFile, limits: SqliteLimits) {
    this.label = file.label;
    this.#file = file;
    this.#limits = limits;
    this.#database = watchedCall(
      file.path,
      () => new Database(file.path, { readonly: true, fileMustExist: true, timeout: 0 }),
    );
    // Functions that a schema may call are limited to harmless ones.
    this.#database.pragma("trusted_schema = OFF");
    this.#database.function("in_time", { directOnly: true }, () => this.#checkTime());
  }

  async columns(table: string): Promise<readonly string[] | null> {
    return this.#attempt(() => this.#table(table)?.columns ?? null);
  }

  async select(query: TableQuery): Promise<TableRow[]> {
    const makeRow = rowMaker(query.columns);
    return this.#attempt(() => this.#read(query, makeRow));
  }

  async selectValues(query: TableQuery): Promise<SqlValue[][]> {
    return this.#attempt(() => this.#read(query, identity));
  }

  async selectColumns(query: TableQuery): Promise<SqlValue[][]> {
    return this.#attempt(() => this.#readPages(query) ?? toColumns(this.#read(query, identity), query.columns.length));
  }

  async *iterate(query: TableQuery): AsyncIterable<TableRow> {
    const rowNumbers = await this.#attempt(() => this.#rowNumbers(query));
    if (rowNumbers === null) {
      yield* await this.select(query);
      return;
    }
    const makeRow = rowMaker(query.columns);
    for (let start = 0; start < rowNumbers.length; start += BATCH_ROWS) {
      const batch = rowNumbers.slice(start, start + BATCH_ROWS);
      yield* await this.#attempt(() => this.#readRows(query, batch, makeRow));
    }
  }

  async close(): Promise<void> {
    if (!this.#database.open) return;
    this.#database.close();
    await this.#file.release();
  }

  /**
   * Runs a synchronous read, again after a pause while the database is locked. In one transaction: its statements see the
   * same state, and the lock has to be won once only.
   */
  async #attempt<T>(read: () => T): Promise<T> {
    const givingUpAt = performance.now() + this.#limits.patienceMs;
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.#deadline = performance.now() + this.#limits.timeMs;
        return this.#database.transaction(read)();
      } catch (error) {
        if (!isBusy(error) || performance.now() > givingUpAt) {
          throw translateSqliteError(error, this.label, this.#file.expid);
        }
        // Uneven, so that no two readers keep step with each other or with a writer.
        await sleep(Math.min(attempt, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2));
      }
    }
  }

  /** Only real tables count: a view or a virtual table in their place could compute whatever it likes. */
  #table(name: string): SqliteTable | null {
    const known = this.#tables.get(name);
    if (known !== undefined) return known;
    const sql =
      "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name = ? COLLATE NOCASE";
    const found = this.#database.prepare<[string], [string, number]>(sql).raw().get(name);
    const table = found === undefined ? null : this.#describe(found[0], found[1] !== 0);
    this.#tables.set(name, table);
    return table;
  }

  #describe(name: string, withoutRowNumbers: boolean): SqliteTable {
    const columns = this.#database.prepare<[string], string>("SELECT name FROM pragma_table_info(?)").pluck().all(name);
    const taken = new Set(columns.map((column) => column.toLowerCase()));
    const free = ["rowid", "_rowid_", "oid"].find((candidate) => !taken.has(candidate));
    return { name, columns, rowNumber: withoutRowNumbers ? null : (free ?? null) };
  }

  #read<T>(query: TableQuery, make: (values: SqlValue[]) => T): T[] {
    const table = this.#table(query.table);
    const statement = table && buildSelect(table, query, this.#largestValueBytes);
    if (!table || !statement) return [];
    const selection = this.#selection(table, query.columns, statement.positions);
    const prepared = this.#database.prepare<SqlValue[], SqlValue[]>(statement.sql).raw();
    const rows: T[] = [];
    // One by one: collecting raw rows first doubles the time for large tables (garbage collection).
    for (const raw of prepared.iterate(...statement.parameters)) {
      rows.push(make(this.#values(selection, raw)));
    }
    this.#checkTime();
    return rows;
  }

  /** The columns of a query, page by page; null when they have to be read row by row. */
  #readPages(query: TableQuery): SqlValue[][] | null {
    const table = this.#table(query.table);
    const select = table && buildPageSelect(table, query, this.#largestValueBytes);
    if (!table || !select) return null;
    const selection = this.#selection(table, query.columns, select.positions);
    const prepared = this.#database.prepare<SqlValue[], SqlValue[]>(select.sql).raw().safeIntegers();
    const columns: SqlValue[][] = query.columns.map(() => []);
    let next = FIRST_ROW_NUMBER;
    try {
      for (let count = PAGE_ROWS; count === PAGE_ROWS; ) {
        const page = prepared.get(next, ...select.parameters);
        this.#checkTime();
        const last = page?.[0];
        if (page === undefined || typeof last !== "bigint") break;
        const added = this.#addPage(selection, columns, page);
        if (added === null) return null;
        if (last === LAST_ROW_NUMBER) break;
        next = last + 1n;
        count = added;
      }
    } catch (error) {
      if (isBeyondPages(error)) return null;
      throw error;
    }
    return columns;
  }

  /** How many rows the page has; null when one of its texts is not UTF-8, which only its bytes tell. */
  #addPage(selection: Selection, columns: readonly SqlValue[][], page: readonly SqlValue[]): number | null {
    let count = 0;
    for (let index = 1; index < page.length; index += 1) {
      const text = page[index];
      if (typeof text !== "string" || text.includes(REPLACEMENT_CHARACTER)) return null;
      selection.bytesLeft -= text.length;
      const values: SqlValue[] = JSON.parse(text);
      count = values.length;
      const column = columns[selection.positions.indexOf(index)];
      for (const value of values) column?.push(value);
    }
    selection.rowsLeft -= count;
    this.#checkLimits(selection);
    for (const [index, position] of selection.positions.entries())
      if (position < 0) for (let row = 0; row < count; row += 1) columns[index]?.push(null);
    return count;
  }

  /** The numbers of a query's rows in its order; null when the table has none. */
  #rowNumbers(query: TableQuery): SqlValue[] | null {
    const table = this.#table(query.table);
    const statement = table && buildRowNumberSelect(table, query);
    if (!table || !statement) return null;
    const prepared = this.#database.prepare<SqlValue[], SqlValue>(statement.sql).pluck().safeIntegers();
    const rowNumbers: SqlValue[] = [];
    for (const rowNumber of prepared.iterate(...statement.parameters)) {
      if (rowNumbers.push(rowNumber) > this.#limits.rows) throw this.#tooLarge(`${table.name} has too many rows`);
    }
    return rowNumbers;
  }

  /** The rows of these numbers, in their order; rows deleted since are left out. */
  #readRows(query: TableQuery, rowNumbers: readonly SqlValue[], make: (values: SqlValue[]) => TableRow): TableRow[] {
    const table = this.#table(query.table);
    if (!table) return [];
    const { sql, positions } = buildRowsSelect(table, query.columns, this.#largestValueBytes);
    const selection = this.#selection(table, query.columns, positions);
    const prepared = this.#database.prepare<[string], SqlValue[]>(sql).raw();
    const rows = new Map<unknown, TableRow>();
    for (const raw of prepared.iterate(`[${rowNumbers.join()}]`)) rows.set(raw[0], make(this.#values(selection, raw)));
    return rowNumbers.map((rowNumber) => rows.get(Number(rowNumber))).filter((row) => row !== undefined);
  }

  get #largestValueBytes(): number | null {
    return this.#file.measureValues ? this.#limits.valueBytes : null;
  }

  #selection(table: SqliteTable, columns: readonly string[], positions: readonly number[]): Selection {
    return { table, columns, positions, rowsLeft: this.#limits.rows, bytesLeft: this.#limits.bytes };
  }

  /** A row in the order of the query's columns. */
  #values(selection: Selection, raw: readonly SqlValue[]): SqlValue[] {
    const { positions } = selection;
    const values = new Array<SqlValue>(positions.length);
    selection.rowsLeft -= 1;
    for (let index = 0; index < positions.length; index += 1) {
      let value = raw[positions[index] ?? -1] ?? null;
      if (typeof value === "string") {
        selection.bytesLeft -= value.length;
        if (value.includes(REPLACEMENT_CHARACTER)) value = this.#readAsBytes(selection, index, raw[0]) ?? value;
      } else if (value instanceof Uint8Array) {
        selection.bytesLeft -= value.byteLength;
        if (OVERSIZED.equals(value)) throw this.#tooLarge(`${selection.columns[index]} holds a value`);
      }
      values[index] = value;
    }
    this.#checkLimits(selection);
    return values;
  }

  #checkLimits({ table, rowsLeft, bytesLeft }: Selection): void {
    if (rowsLeft < 0) throw this.#tooLarge(`${table.name} has more than ${this.#limits.rows} rows`);
    if (bytesLeft < 0) throw this.#tooLarge(`${table.name} has more than ${this.#limits.bytes} bytes`);
  }

  /** A text that came back with replacement characters, decoded from its bytes; null when they cannot be asked for. */
  #readAsBytes(selection: Selection, index: number, rowNumber: SqlValue | undefined): string | null {
    const { table, columns } = selection;
    const column = findColumn(table, columns[index] ?? "");
    if (column === null || typeof rowNumber !== "number") return null;
    const sql = `SELECT CAST(${column} AS BLOB) FROM ${quoteIdentifier(table.name)} WHERE ${table.rowNumber} = ?`;
    const bytes = this.#database.prepare<[bigint], SqlValue>(sql).pluck().get(BigInt(rowNumber));
    return bytes instanceof Uint8Array ? decodeText(bytes) : null;
  }

  #checkTime(): number {
    if (performance.now() > this.#deadline) throw this.#tooLarge(`reading takes longer than ${this.#limits.timeMs} ms`);
    return 1;
  }

  #tooLarge(what: string): AutosubmitReadError {
    const { label, expid } = this.#file;
    const details = { path: label, ...(expid === null ? {} : { expid }) };
    return new AutosubmitReadError("SOURCE_TOO_LARGE", `${label} is larger than can be read: ${what}`, details);
  }
}

const identity = (values: SqlValue[]): SqlValue[] => values;
