import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import Sqlite from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import { DatabaseError, translateSqliteError } from "./errors.js";
import { type Patience, withPatience } from "./patience.js";

/** What a query is written against, whatever the driver: everything is awaited. */
export type Queries = BaseSQLiteDatabase<"async", unknown>;

/**
 * One database. Nothing stays open between calls: opening costs less than 0.1 ms, and a kept handle would go on reading
 * a file that was replaced. Both functions may run their argument again when the database is locked, so it must do
 * nothing but query. Journal mode and other lasting settings are never changed: Autosubmit shares the files.
 */
export interface Database {
  /** Names the database in messages; never a password. */
  readonly label: string;
  /** Runs queries that all see one state of the database. @throws DatabaseError */
  read<T>(query: (queries: Queries) => Promise<T>): Promise<T>;
  /** Runs changes that take effect together or not at all. @throws DatabaseError */
  write<T>(change: (queries: Queries) => Promise<T>): Promise<T>;
  /** Part of a change: wakes those who wait for `news` once it takes effect. */
  announce(queries: Queries): Promise<void>;
  /**
   * Resolves when something was announced since the last call, and after `withinMs` at the latest; where the system cannot
   * tell, after a moment.
   */
  news(withinMs: number): Promise<void>;
}

/** How long to wait between two looks where nobody tells that there is something to see, in milliseconds. */
export const LOOK_AGAIN_MS = 250;

/**
 * How long one attempt blocks the process when the database is locked, in milliseconds; longer waits are pauses between
 * attempts. Most locks of Autosubmit last a few milliseconds.
 */
const BLOCKING_WAIT_MS = 100;

/**
 * A connection to an existing file, with constraints on other tables as Autosubmit has them: declared, not enforced.
 * It is opened for writing even to read, because a program that was killed may have left a journal to roll back; SQLite
 * falls back to reading only where the permissions say so.
 */
export function connect(path: string): Sqlite.Database {
  const client = new Sqlite(path, { fileMustExist: true, timeout: BLOCKING_WAIT_MS });
  client.pragma("foreign_keys = OFF");
  return client;
}

/** Drizzle over a better-sqlite3 connection, seen as asynchronous: its results can be awaited. */
export function queriesOn(client: Sqlite.Database): Queries {
  return drizzle(client) as unknown as Queries;
}

async function inTransaction<T>(path: string, begin: string, work: (queries: Queries) => Promise<T>): Promise<T> {
  const client = connect(path);
  try {
    if (begin === "BEGIN") client.pragma("query_only = ON");
    client.exec(begin);
    const result = await work(queriesOn(client));
    client.exec("COMMIT");
    return result;
  } finally {
    // Closing rolls back what was not committed.
    client.close();
  }
}

/**
 * Lets one transaction of this process run at a time: two would wait for each other with the event loop blocked.
 * Waiting for other programs happens outside, between attempts.
 */
function queue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next;
    return next;
  };
}

/** The SQLite database in the file `path`, which is never created by this function. */
export function sqliteDatabase(path: string, patience: Patience): Database {
  const inTurn = queue();
  async function run<T>(begin: string, work: (queries: Queries) => Promise<T>): Promise<T> {
    try {
      return await withPatience(() => inTurn(() => inTransaction(path, begin, work)), patience);
    } catch (error) {
      if (!existsSync(path)) throw new DatabaseError("DATABASE_MISSING", path, `There is no database ${path}`, error);
      throw translateSqliteError(error, path);
    }
  }
  return {
    label: path,
    read: (query) => run("BEGIN", query),
    write: (change) => run("BEGIN IMMEDIATE", change),
    announce: async () => undefined,
    news: async (withinMs) => {
      await sleep(Math.min(withinMs, LOOK_AGAIN_MS), undefined, { ref: false });
    },
  };
}
