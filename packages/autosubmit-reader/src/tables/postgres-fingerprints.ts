import { describeTables } from "./postgres-catalog.js";
import type { PostgresReads, PostgresStatement } from "./postgres-pool.js";
import { type PostgresTable, qualifiedName } from "./postgres-query.js";
import type { SqlValue } from "./table-source.js";

/**
 * What a transaction would see now, in a few bytes: while it stays, no table of the server has changed. On a standby, the
 * place in the log that it has replayed tells the same.
 */
const STATE = `
  SELECT pg_catalog.txid_current_snapshot()::text,
    CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()::text END,
    pg_catalog.pg_postmaster_start_time()::text`;

/** The tables of a schema that Autosubmit writes, whose fingerprints are taken together. */
interface SchemaState {
  schema: string;
  tables: readonly string[];
}

/**
 * Fingerprints of tables. Nothing is remembered by the server for this, and its statistics lag behind, so it looks at the
 * version numbers of the rows (`xmin`), in which every insert, update and delete shows: the rows are counted on the server
 * and none is sent. Even that is done only after something, anywhere, has changed.
 */
export class PostgresFingerprints {
  readonly #reads: PostgresReads;
  #asked: Promise<string> | null = null;
  #state = "";
  #known = new Map<string, Promise<Map<string, string>>>();

  constructor(reads: PostgresReads) {
    this.#reads = reads;
  }

  /** By table; those that do not exist are missing. */
  async ofTables({ schema, tables }: SchemaState): Promise<Map<string, string>> {
    return this.#remembered(schema, () => this.#lookAtTables(schema, tables));
  }

  /** Of the rows of one experiment in a table that all share; empty when there are none. */
  async ofRows(name: string, statement: PostgresStatement): Promise<Map<string, string>> {
    return this.#remembered(`row ${name}`, async () => {
      const rows = await this.#all(statement);
      return new Map(rows.map((row) => [String(row[0]), row.join(":")]));
    });
  }

  async #remembered(key: string, look: () => Promise<Map<string, string>>): Promise<Map<string, string>> {
    const state = await this.#currentState();
    if (state !== this.#state) {
      this.#known = new Map();
      this.#state = state;
    }
    const known = this.#known.get(key) ?? look();
    this.#known.set(key, known);
    known.catch(() => this.#known.delete(key));
    return known;
  }

  /** Asked once for all who want to know in the same turn of the event loop, never with an answer of before. */
  #currentState(): Promise<string> {
    this.#asked ??= new Promise<string>((resolve, reject) => {
      setImmediate(() => {
        this.#asked = null;
        this.#all({ text: STATE, values: [] }).then(([row]) => resolve((row ?? []).join(" ")), reject);
      });
    });
    return this.#asked;
  }

  async #lookAtTables(schema: string, names: readonly string[]): Promise<Map<string, string>> {
    const tables = [...(await describeTables(this.#reads, schema, names)).values()];
    if (tables.length === 0) return new Map();
    const text = tables.map(lookAtRows).join(" UNION ALL ");
    const values = tables.map(({ name }) => name);
    const rows = await this.#all({ text, values });
    const identities = new Map(tables.map((table) => [table.name, `${table.identity}.${table.columns.length}`]));
    return new Map(
      rows.map(([name, ...versions]) => [String(name), `${identities.get(String(name))}:${versions.join(":")}`]),
    );
  }

  async #all(statement: PostgresStatement): Promise<SqlValue[][]> {
    const rows: SqlValue[][] = [];
    await this.#reads.read(statement, (row) => rows.push(row) > 0);
    return rows;
  }
}

/**
 * How many rows, and the greatest and the sum of their versions. Those are told by their distance from the current
 * transaction, the only thing about them that is a number: as a text, each would take five times as long.
 */
function lookAtRows(table: PostgresTable, index: number): string {
  const versions = "max(base) - min(distance), count(*) * max(base) - sum(distance)";
  const rows = `SELECT age(xmin) AS distance, age('3'::xid)::bigint AS base FROM ${qualifiedName(table)}`;
  return `SELECT $${index + 1}::text, count(*)::text, ${versions} FROM (${rows}) AS rows`;
}
