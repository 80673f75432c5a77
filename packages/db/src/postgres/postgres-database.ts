import { randomUUID } from "node:crypto";
import { type SQLWrapper, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/pg-proxy";
import type { Database, Queries } from "../database.js";
import { type Patience, withPatience } from "../patience.js";
import type { DatabaseName } from "../schema/migrated-tables.js";
import type { PostgresConnection, PostgresConnections } from "./postgres-connections.js";
import { isConnectionLost, isDuplicate, isTransient, translatePostgresError } from "./postgres-errors.js";

/** Advisory locks of this program are told from others' by this number: "asub" in ASCII. */
const LOCK_CLASS = 0x61737562;
/** One lock for each database that SQLite would keep in a file of its own. */
const LOCK_OF: Record<DatabaseName, number> = { main: 1, status: 2, api: 3, runners: 4, events: 5 };
/** Rows that were added at the same moment are seen at the next attempt; more attempts mean a mistake of ours. */
const DUPLICATE_ATTEMPTS = 3;

/** Runs one statement without parameters. */
export function execute(connection: PostgresConnection, text: string): Promise<{ rows: unknown[] }> {
  return connection.query({ text, values: [], array: false });
}

/**
 * Drizzle over a connection, seen as the one dialect that repositories are written in: tables are described once, by
 * SQLite's builders, of which PostgreSQL's SQL needs the names only.
 */
export function queriesOn(connection: PostgresConnection): Queries {
  const queries = drizzle(async (text, values, method) => {
    const { rows } = await connection.query({ text, values, array: method === "all" });
    return { rows };
  });
  const all = (statement: SQLWrapper | string) => queries.execute(statement) as Promise<unknown[]>;
  const own = { all, run: all, get: async (statement: SQLWrapper | string) => (await all(statement))[0] };
  return Object.assign(queries, own) as unknown as Queries;
}

/** A change whose commit was sent, but not confirmed: only the server knows what became of it. */
interface Unconfirmed<T> {
  mark: string;
  result: T;
}

/**
 * Where each change leaves a mark that is committed with it. The server's own record (`txid_status`) does not do: numbers
 * of transactions that a crash erased are given again.
 */
export const MARKS_TABLE = "autosubmit_api_commits";

/** Marks of confirmed changes, by place: the next change removes them. */
const confirmedMarks = new WeakMap<PostgresConnections, string[]>();

/**
 * The tables of one of the site's databases in PostgreSQL. Changes run one at a time, as they do in an SQLite file, among
 * all programs of this project on all hosts: an advisory lock orders them. Changes that Autosubmit makes at the same time
 * are met as conflicts, and the change runs again. When the connection is lost at the commit, the server is asked whether
 * the change took effect: none is lost or made twice.
 */
export function postgresDatabase(connections: PostgresConnections, name: DatabaseName, patience: Patience): Database {
  return {
    label: connections.label,
    read: (query) => attemptPatiently(connections, patience, () => readOnce(connections, query)),
    write: (change) => attemptPatiently(connections, patience, writer(connections, name, change)),
    announce: async (queries) => {
      await queries.run(sql`select pg_notify(${channelOf(name)}, '')`);
    },
    news: (withinMs) => connections.news(channelOf(name), withinMs),
  };
}

const channelOf = (name: DatabaseName) => `autosubmit_api_${name}`;

/** One attempt after the other at the same change. */
function writer<T>(
  connections: PostgresConnections,
  name: DatabaseName,
  change: (queries: Queries) => Promise<T>,
): () => Promise<T> {
  const state: { unconfirmed: Unconfirmed<T> | null } = { unconfirmed: null };
  let duplicates = 0;
  return async () => {
    if (state.unconfirmed !== null) {
      const { mark, result } = state.unconfirmed;
      if (await isCommitted(connections, mark)) return result;
      state.unconfirmed = null;
    }
    try {
      return await writeOnce(connections, name, change, state);
    } catch (error) {
      duplicates += 1;
      if (!isDuplicate(error) || duplicates >= DUPLICATE_ATTEMPTS) throw error;
      throw new ConflictError(error);
    }
  };
}

/** Another program added the same row at the same moment. */
class ConflictError extends Error {
  override readonly name = "ConflictError";
  constructor(cause: unknown) {
    super("another program added the same row", { cause });
  }
}

async function attemptPatiently<T>(
  connections: PostgresConnections,
  patience: Patience,
  attempt: () => Promise<T>,
): Promise<T> {
  try {
    return await withPatience(attempt, patience, (error) => error instanceof ConflictError || isTransient(error));
  } catch (error) {
    throw translatePostgresError(error instanceof ConflictError ? error.cause : error, connections.label);
  }
}

async function readOnce<T>(connections: PostgresConnections, query: (queries: Queries) => Promise<T>): Promise<T> {
  return withConnection(connections, async (connection) => {
    await execute(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const result = await query(queriesOn(connection));
    await execute(connection, "COMMIT");
    return result;
  });
}

async function writeOnce<T>(
  connections: PostgresConnections,
  name: DatabaseName,
  change: (queries: Queries) => Promise<T>,
  state: { unconfirmed: Unconfirmed<T> | null },
): Promise<T> {
  const mark = randomUUID();
  const confirmed = confirmedMarks.get(connections) ?? [];
  confirmedMarks.set(connections, confirmed);
  const obsolete = [...confirmed];
  return withConnection(connections, async (connection) => {
    // Each statement sees what was committed before it, so the state is fresh once the lock is held.
    await execute(connection, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
    await lockAndMark(connection, LOCK_OF[name], mark, obsolete);
    const result = await change(queriesOn(connection));
    state.unconfirmed = { mark, result };
    try {
      await execute(connection, "COMMIT");
    } catch (error) {
      if (!isConnectionLost(error)) state.unconfirmed = null;
      throw error;
    }
    confirmed.splice(0, confirmed.length, ...confirmed.filter((old) => !obsolete.includes(old)), mark);
    return result;
  });
}

/** Takes the advisory lock of a database until the transaction ends. */
export async function lock(connection: PostgresConnection, number: number): Promise<void> {
  await connection.query({ text: "SELECT pg_advisory_xact_lock($1, $2)", values: [LOCK_CLASS, number], array: true });
}

async function lockAndMark(
  connection: PostgresConnection,
  number: number,
  mark: string,
  obsolete: readonly string[],
): Promise<void> {
  const text = `WITH removed AS (DELETE FROM ${MARKS_TABLE} WHERE mark = ANY($3::text[])),
    added AS (INSERT INTO ${MARKS_TABLE} (mark, made_at) VALUES ($4, now()))
    SELECT pg_advisory_xact_lock($1, $2)`;
  await connection.query({ name: "change", text, values: [LOCK_CLASS, number, obsolete, mark], array: true });
}

/**
 * Whether the change that left this mark took effect. Its session may still be at it: adding the mark again waits for
 * the session's end, and then succeeds, which is rolled back, or finds the mark there.
 */
function isCommitted(connections: PostgresConnections, mark: string): Promise<boolean> {
  return withConnection(connections, async (connection) => {
    await execute(connection, "BEGIN");
    const text = `INSERT INTO ${MARKS_TABLE} (mark, made_at) VALUES ($1, now()) ON CONFLICT DO NOTHING RETURNING mark`;
    const { rows } = await connection.query({ text, values: [mark], array: true });
    await execute(connection, "ROLLBACK");
    return rows.length === 0;
  });
}

/** Holds a connection for the length of `work`, whose open transaction is rolled back when it fails. */
export async function withConnection<T>(
  connections: PostgresConnections,
  work: (connection: PostgresConnection) => Promise<T>,
): Promise<T> {
  const connection = await connections.connect();
  let broken = true;
  try {
    const result = await work(connection);
    broken = false;
    return result;
  } catch (error) {
    if (!isConnectionLost(error)) broken = !(await rollBack(connection));
    throw error;
  } finally {
    connection.release(broken);
  }
}

async function rollBack(connection: PostgresConnection): Promise<boolean> {
  try {
    await execute(connection, "ROLLBACK");
    return true;
  } catch {
    // Then the connection is ended, which rolls back too.
    return false;
  }
}
