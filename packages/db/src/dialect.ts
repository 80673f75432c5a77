// biome-ignore lint/suspicious/noDeprecatedImports: only the other signature of primaryKey is deprecated
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/**
 * The column builders that tables are defined with, so that one definition serves every database system. SQLite's types
 * are the static types; a second dialect (PostgreSQL) is a record of its own builders cast to them.
 */
export const sqliteDialect = {
  table: sqliteTable,
  int: (name: string) => integer(name),
  /** A count that may outgrow 32 bits. */
  long: (name: string) => integer(name),
  /** Milliseconds since the epoch: needs 64 bits. */
  instant: (name: string) => integer(name),
  text: (name: string) => text(name),
  /** A number that the database gives and never gives again. */
  autoId: (name: string) => integer(name).primaryKey({ autoIncrement: true }),
  primaryKey,
  index,
  uniqueIndex,
};

export type Dialect = typeof sqliteDialect;
