import { AutosubmitReadError } from "../errors.js";
import { assembleRows, buildPostgresCopy } from "./postgres-copy.js";
import { isBeyondPages, isGone, translatePostgresError } from "./postgres-errors.js";
import { buildPostgresPages, parsePage } from "./postgres-pages.js";
import type { PostgresLimits, PostgresReads } from "./postgres-pool.js";
import {
  buildPostgresSelect,
  findColumn,
  OVERSIZED_TEXT,
  type PostgresSelect,
  type PostgresTable,
} from "./postgres-query.js";
import { isTextual } from "./postgres-values.js";
import { rowMaker } from "./row-maker.js";
import { OVERSIZED } from "./sqlite-query.js";
import type { SqlValue, TableQuery, TableRow, TableSource } from "./table-source.js";

/** Rows that are taken from the server at a time where the whole would be too much. */
const BATCH_ROWS = 1_000;

/** The place of a source: a schema, or a part of one. */
export interface PostgresPlace {
  /** `postgresql://host/database#schema` */
  label: string;
  expid: string | null;
  /** The tables that are there, by name. */
  tables: ReadonlyMap<string, PostgresTable>;
}

/** The tables of one place on a PostgreSQL server. Nothing is held between reads. */
export class PostgresTableSource implements TableSource {
  readonly label: string;
  readonly #place: PostgresPlace;
  readonly #reads: PostgresReads;
  readonly #limits: PostgresLimits;

  constructor(place: PostgresPlace, reads: PostgresReads, limits: PostgresLimits) {
    this.label = place.label;
    this.#place = place;
    this.#reads = reads;
    this.#limits = limits;
  }

  async columns(table: string): Promise<readonly string[] | null> {
    return this.#place.tables.get(table)?.columns.map(({ name }) => name) ?? null;
  }

  async select(query: TableQuery): Promise<TableRow[]> {
    const makeRow = rowMaker(query.columns);
    return this.#collect(query, makeRow);
  }

  async selectValues(query: TableQuery): Promise<SqlValue[][]> {
    return this.#collect(query, (values) => values);
  }

  async selectColumns(query: TableQuery): Promise<SqlValue[][]> {
    const paged = await this.#readPages(query);
    if (paged !== null) return paged;
    const columns: SqlValue[][] = query.columns.map(() => []);
    await this.#read(query, (values) => {
      for (let index = 0; index < columns.length; index += 1) columns[index]?.push(values[index] ?? null);
    });
    return columns;
  }

  async *iterate(query: TableQuery): AsyncIterable<TableRow> {
    const key = uniqueOrder(this.#place.tables.get(query.table), query);
    if (key === null) {
      yield* await this.select(query);
      return;
    }
    const makeRow = rowMaker(query.columns);
    const columns = [...query.columns, key];
    let after: SqlValue = null;
    for (let left = query.limit ?? Number.POSITIVE_INFINITY; left > 0; left -= BATCH_ROWS) {
      const seen = after === null ? [] : [{ column: key, is: ">" as const, value: Number(after) }];
      const limit = Math.min(left, BATCH_ROWS);
      const batch: SqlValue[][] = await this.selectValues({
        ...query,
        columns,
        where: [...(query.where ?? []), ...seen],
        limit,
      });
      yield* batch.map(makeRow);
      after = batch.at(-1)?.[columns.length - 1] ?? null;
      if (batch.length < limit || after === null) return;
    }
  }

  async close(): Promise<void> {
    // Connections belong to the pool.
  }

  async #collect<T>(query: TableQuery, make: (values: SqlValue[]) => T): Promise<T[]> {
    const rows: T[] = [];
    await this.#read(query, (values) => void rows.push(make(values)));
    return rows;
  }

  async #read(query: TableQuery, take: (values: SqlValue[]) => void): Promise<void> {
    const table = this.#place.tables.get(query.table);
    if (!table) return;
    const copy = buildPostgresCopy(table, query, this.#limits.valueBytes);
    const statement = copy ?? buildPostgresSelect(table, query, this.#limits.valueBytes);
    if (statement === null) return;
    const { positions } = statement;
    const loose = query.columns.map((name) => isLoose(table, name));
    const budget = { rows: this.#limits.rows, bytes: this.#limits.bytes };
    const takeRow = (raw: readonly SqlValue[]) => {
      this.#charge(query, raw, budget);
      take(
        positions.map((position, index) => {
          const value = raw[position] ?? null;
          return loose[index] ? fromLoose(value) : value;
        }),
      );
      return true;
    };
    await this.#translated(() =>
      copy === null
        ? this.#reads.read(statement as PostgresSelect, takeRow)
        : this.#reads.copy(copy.text, assembleRows(copy, takeRow)),
    );
  }

  /** The columns of a query, page by page; null when they have to be read row by row. */
  async #readPages(query: TableQuery): Promise<SqlValue[][] | null> {
    const table = this.#place.tables.get(query.table);
    const pages = table && buildPostgresPages(table, query, this.#limits.valueBytes);
    if (!pages) return null;
    const found: SqlValue[][] = pages.types.map(() => []);
    const loose = pages.positions.map((position, index) => position >= 0 && isLoose(table, query.columns[index] ?? ""));
    const looseArrays = new Set(pages.positions.filter((_, index) => loose[index]));
    const budget = { rows: this.#limits.rows, bytes: this.#limits.bytes };
    let isComplete = true;
    let count = 0;
    try {
      await this.#translated(() =>
        this.#reads.read(pages, (row) => {
          const page = parsePage(pages.types, row);
          isComplete = page !== null;
          if (page === null) return false;
          if (page.isOversized) throw this.#tooLarge(`${query.table} holds a value`);
          budget.rows -= page.count;
          budget.bytes -= page.length;
          this.#checkBudget(query, budget);
          count += page.count;
          for (const [index, values] of page.columns.entries()) {
            const into = found[index];
            const isLooseArray = looseArrays.has(index);
            for (const value of values) into?.push(isLooseArray ? fromLoose(value) : value);
          }
          return true;
        }),
      );
    } catch (error) {
      if (isBeyondPages(error)) return null;
      throw error;
    }
    if (!isComplete) return null;
    const missing = new Array<SqlValue>(count).fill(null);
    return pages.positions.map((position) => (position < 0 ? missing : (found[position] ?? missing)));
  }

  async #translated(read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      if (!isGone(error)) throw translatePostgresError(error, this.label, this.#place.expid);
    }
  }

  /** Takes a row out of the budget. @throws AutosubmitReadError `SOURCE_TOO_LARGE` when there is none left */
  #charge(query: TableQuery, raw: readonly SqlValue[], budget: Budget): void {
    budget.rows -= 1;
    for (const value of raw) {
      if (typeof value === "string") {
        if (value === OVERSIZED_TEXT) throw this.#tooLarge(`${query.table} holds a value`);
        budget.bytes -= value.length;
      } else if (value instanceof Uint8Array) {
        if (OVERSIZED.equals(value)) throw this.#tooLarge(`${query.table} holds a value`);
        budget.bytes -= value.byteLength;
      }
    }
    this.#checkBudget(query, budget);
  }

  #checkBudget({ table }: TableQuery, { rows, bytes }: Budget): void {
    if (rows < 0) throw this.#tooLarge(`${table} has more than ${this.#limits.rows} rows`);
    if (bytes < 0) throw this.#tooLarge(`${table} has more than ${this.#limits.bytes} bytes`);
  }

  #tooLarge(what: string): AutosubmitReadError {
    const { label, expid } = this.#place;
    const details = { path: label, ...(expid === null ? {} : { expid }) };
    return new AutosubmitReadError("SOURCE_TOO_LARGE", `${label} is larger than can be read: ${what}`, details);
  }
}

/** What is left of a read's limits. */
interface Budget {
  rows: number;
  bytes: number;
}

/** Columns of Autosubmit that hold numbers, and in old versions also texts such as `16:32`. */
const NUMBER_OR_TEXT: ReadonlySet<string> = new Set(["ncpus", "job_id"]);
const INTEGER = /^-?\d{1,15}$/;

/** Whether such a column had to be made text, so that its numbers come as text too. */
function isLoose(table: PostgresTable, name: string): boolean {
  if (table.name !== "job_data" || !NUMBER_OR_TEXT.has(name)) return false;
  const column = findColumn(table, name);
  return column !== null && isTextual(column.type);
}

const fromLoose = (value: SqlValue): SqlValue =>
  typeof value === "string" && INTEGER.test(value) ? Number(value) : value;

/** The numeric column that alone orders a query, ascending, by which a read can go on where it stopped; else null. */
function uniqueOrder(table: PostgresTable | undefined, { orderBy }: TableQuery): string | null {
  const [first, ...others] = orderBy ?? [];
  if (!table || !first || first.descending || others.length > 0) return null;
  // Autosubmit's tables have one such key each; another column could repeat a value across the end of a batch.
  const keys = ["id", "run_id", "user_metric_id"];
  const [column] = table.columns;
  return column?.name === first.column && column.notNull && keys.includes(first.column) ? first.column : null;
}
