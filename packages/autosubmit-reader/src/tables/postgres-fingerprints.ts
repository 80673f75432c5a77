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

/** For so long the server's counts alone may tell that large tables are the same; then the next request has them looked at. */
const TRUSTED_MS = 2_000;

/** What was seen of the tables of a schema. */
interface Look {
  /** What the catalog and the counts of changes were before. */
  counted: string;
  found: Map<string, string>;
  /** On the clock of `performance.now()`. */
  at: number;
}

/**
 * Fingerprints of tables. Nothing is remembered by the server for this, and its statistics lag behind, so it looks at the
 * version numbers of the rows (`xmin`), in which every insert, update and delete shows: the rows are counted on the server
 * and none is sent. Even that is done only after something, anywhere, has changed. Large tables whose counts of changes
 * stayed are taken for the same at once, and looked at afterwards when the last look is not recent.
 */
export class PostgresFingerprints {
  readonly #reads: PostgresReads;
  readonly #largeBytes: number;
  #asked: Promise<string> | null = null;
  #state = "";
  #known = new Map<string, Promise<Map<string, string>>>();
  /** Of schemas with large tables. */
  readonly #looks = new Map<string, Look>();
  readonly #lookingAgain = new Set<string>();

  constructor(reads: PostgresReads, largeBytes: number) {
    this.#reads = reads;
    this.#largeBytes = largeBytes;
  }

  /** By table; those that do not exist are missing. */
  async ofTables({ schema, tables: names }: SchemaState): Promise<Map<string, string>> {
    return this.#remembered(schema, async (forget) => {
      const tables = await describeTables(this.#reads, schema, names);
      const last = this.#looks.get(schema);
      if (last === undefined || last.counted !== countedChanges(tables)) return this.#lookAtTables(schema, tables);
      // Later requests of the same state have to ask for the counts again, which may be late.
      forget();
      if (performance.now() - last.at > TRUSTED_MS) this.#lookAgain(schema, names);
      return last.found;
    });
  }

  /** Of the rows of one experiment in a table that all share; empty when there are none. */
  async ofRows(name: string, statement: PostgresStatement): Promise<Map<string, string>> {
    return this.#remembered(`row ${name}`, async () => {
      const rows = await this.#all(statement);
      return new Map(rows.map((row) => [String(row[0]), row.join(":")]));
    });
  }

  async #remembered(
    key: string,
    look: (forget: () => void) => Promise<Map<string, string>>,
  ): Promise<Map<string, string>> {
    const state = await this.#currentState();
    if (state !== this.#state) {
      this.#known = new Map();
      this.#state = state;
    }
    const all = this.#known;
    const known = all.get(key) ?? look(() => all.delete(key));
    all.set(key, known);
    known.catch(() => all.delete(key));
    return known;
  }

  /** Asked once for all who want to know in the same turn of the event loop, never with an answer of before. */
  #currentState(): Promise<string> {
    this.#asked ??= new Promise<string>((resolve, reject) => {
      setImmediate(() => {
        this.#asked = null;
        this.#all({ name: "state", text: STATE, values: [] }).then(([row]) => resolve((row ?? []).join(" ")), reject);
      });
    });
    return this.#asked;
  }

  #lookAgain(schema: string, names: readonly string[]): void {
    if (this.#lookingAgain.has(schema)) return;
    this.#lookingAgain.add(schema);
    describeTables(this.#reads, schema, names)
      .then((tables) => this.#lookAtTables(schema, tables))
      // Whoever asks next meets the same failure.
      .catch(() => this.#looks.delete(schema))
      .finally(() => this.#lookingAgain.delete(schema));
  }

  async #lookAtTables(schema: string, found: ReadonlyMap<string, PostgresTable>): Promise<Map<string, string>> {
    const tables = [...found.values()];
    if (tables.length === 0) return new Map();
    const text = tables.map(lookAtRows).join(" UNION ALL ");
    const values = tables.map(({ name }) => name);
    const at = performance.now();
    const rows = await this.#all({ text, values });
    const identities = new Map(tables.map((table) => [table.name, `${table.identity}.${table.columns.length}`]));
    const fingerprints = new Map(
      rows.map(([name, ...versions]) => [String(name), `${identities.get(String(name))}:${versions.join(":")}`]),
    );
    const bytes = tables.reduce((sum, table) => sum + table.rowBytes, 0);
    const counted = countedChanges(found);
    if (bytes < this.#largeBytes || counted === null) this.#looks.delete(schema);
    else this.#looks.set(schema, { counted, found: fingerprints, at });
    return fingerprints;
  }

  async #all(statement: PostgresStatement): Promise<SqlValue[][]> {
    const rows: SqlValue[][] = [];
    await this.#reads.read(statement, (row) => rows.push(row) > 0);
    return rows;
  }
}

/** Changes with every change that the server counted; null when it counts none. */
function countedChanges(tables: ReadonlyMap<string, PostgresTable>): string | null {
  const all = [...tables.values()];
  if (all.some(({ changes }) => changes === null)) return null;
  return all
    .map(({ name, identity, columns, rowBytes, changes }) =>
      [name, identity, columns.length, rowBytes, changes].join("."),
    )
    .join(" ");
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
