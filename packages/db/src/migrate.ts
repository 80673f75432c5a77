import { backendOf } from "./backend.js";
import type { DatabasePlaces } from "./database-files.js";
import type { Patience } from "./patience.js";
import type { DatabaseName } from "./schema/migrated-tables.js";

/** What `migrate` did to one database, or with `check` would do. */
export interface MigrationReport {
  database: DatabaseName;
  /** The file, absolute, or the name of the database on its server. */
  path: string;
  /** Whether there was no file before. */
  created: boolean;
  /** One line for each step, in order; empty when the database was up to date. */
  steps: string[];
}

export interface MigrateOptions extends Partial<Patience> {
  /** Only say what would be done. */
  check?: boolean;
  /** Which databases; all by default. The main one need not exist when only the API's own are wanted. */
  databases?: readonly DatabaseName[];
}

/**
 * Brings the databases of a site to what this release needs. Only adds: tables that are missing, and columns that older
 * releases of the reference implementation left out of the API's own tables. Databases that Autosubmit or the reference
 * created are adopted as they are, whatever their `details` table looks like; no row is ever changed. May be run at any
 * time, by several programs at once; each file, or the one database of a server, is migrated in one transaction.
 *
 * The main database itself is Autosubmit's and is never created.
 * @throws DatabaseError `DATABASE_MISSING` without a main database, `DATABASE_NEWER` when a database was written by a
 * newer release, `DATABASE_FOREIGN` when a table is not what it should be; nothing of that
 * database is changed then; others when it cannot be used
 */
export async function migrate(places: DatabasePlaces, options: MigrateOptions = {}): Promise<MigrationReport[]> {
  return backendOf(places).migrate(options);
}
