import * as postgres from "drizzle-orm/pg-core";
// biome-ignore lint/suspicious/noDeprecatedImports: only the other signature of primaryKey is deprecated
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/**
 * The column builders that tables are defined with, so that one definition serves every database system. SQLite's types
 * are the static types; the second dialect, PostgreSQL, is a record of its own builders cast to them.
 */
export const sqliteDialect = {
  table: sqliteTable,
  int: (name: string) => integer(name),
  /** A count that may outgrow 32 bits. */
  long: (name: string) => integer(name),
  /** Milliseconds since the epoch: needs 64 bits. */
  instant: (name: string) => integer(name),
  text: (name: string) => text(name),
  /** A number that the database gives when none is given. */
  rowId: (name: string) => integer(name).primaryKey(),
  /** A number that the database gives and never gives again. */
  autoId: (name: string) => integer(name).primaryKey({ autoIncrement: true }),
  primaryKey,
  index,
  uniqueIndex,
};

export type Dialect = typeof sqliteDialect;

/** Types as Autosubmit and the reference implementation create them. For migrations: queries need names only. */
export const postgresDialect = {
  table: postgres.pgTable,
  int: (name: string) => postgres.integer(name),
  long: (name: string) => postgres.bigint(name, { mode: "number" }),
  instant: (name: string) => postgres.bigint(name, { mode: "number" }),
  text: (name: string) => postgres.text(name),
  rowId: (name: string) => postgres.serial(name).primaryKey(),
  autoId: (name: string) => postgres.serial(name).primaryKey(),
  primaryKey: postgres.primaryKey,
  index: postgres.index,
  uniqueIndex: postgres.uniqueIndex,
} as unknown as Dialect;
