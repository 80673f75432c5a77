import type Sqlite from "better-sqlite3";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import { DatabaseError } from "./errors.js";
import { type DatabaseName, MIGRATED_TABLES } from "./schema/migrated-tables.js";

/** Whether there is a table of that name; a view or an index of the name is none. */
export function tableExists(client: Sqlite.Database, name: string): boolean {
  return client.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(name) !== undefined;
}

/** The declared columns that an existing table lacks, with their declarations. */
function missingColumns(client: Sqlite.Database, table: ReturnType<typeof getTableConfig>) {
  const present = new Set(
    client.prepare<[string], string>("SELECT name FROM pragma_table_info(?)").pluck().all(table.name),
  );
  return table.columns.filter((column) => !present.has(column.name));
}

function foreign(path: string, table: string, problem: string): DatabaseError {
  return new DatabaseError("DATABASE_FOREIGN", path, `The table "${table}" of ${path} ${problem}`);
}

/**
 * Names of the declared tables that the database lacks. Tables that are there may have more columns, other types and no
 * primary key.
 * @throws DatabaseError `DATABASE_FOREIGN` when one lacks a column or is a view
 */
export function refuseForeignTables(client: Sqlite.Database, database: DatabaseName, path: string): string[] {
  const missing: string[] = [];
  for (const table of MIGRATED_TABLES[database].map(getTableConfig)) {
    const kind = client
      .prepare<[string], string>("SELECT type FROM sqlite_master WHERE name = ?")
      .pluck()
      .get(table.name);
    if (kind === undefined) missing.push(table.name);
    else if (kind !== "table") throw foreign(path, table.name, `is of another kind: ${kind}`);
    else {
      const [column] = missingColumns(client, table);
      if (column) throw foreign(path, table.name, `has no column "${column.name}"`);
    }
  }
  return missing;
}

/**
 * Adds to the API's own tables the columns that earlier releases of the reference implementation did not have; with
 * `check` only names them.
 * @returns one line for each column
 * @throws DatabaseError `DATABASE_FOREIGN` when a column is missing that cannot be empty
 */
export function adoptTables(client: Sqlite.Database, database: DatabaseName, path: string, check: boolean): string[] {
  const present = MIGRATED_TABLES[database].map(getTableConfig).filter(({ name }) => tableExists(client, name));
  return present.flatMap((table) =>
    missingColumns(client, table).map((column) => {
      if (column.notNull) throw foreign(path, table.name, `has no column "${column.name}"`);
      if (!check) client.exec(`ALTER TABLE "${table.name}" ADD COLUMN "${column.name}" ${column.getSQLType()}`);
      return `add column ${table.name}.${column.name}`;
    }),
  );
}
