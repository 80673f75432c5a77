import { type Database, sqliteDatabase } from "./database.js";
import type { DatabasePlaces } from "./database-files.js";
import type { MigrateOptions, MigrationReport } from "./migrate.js";
import { migrateFiles } from "./migrate-files.js";
import type { Patience } from "./patience.js";
import { migratePostgres } from "./postgres/migrate-postgres.js";
import { type PostgresConnections, postgresConnections } from "./postgres/postgres-connections.js";
import { postgresDatabase } from "./postgres/postgres-database.js";
import { postgresGraphLayouts } from "./postgres/postgres-graph-layouts.js";
import { type GraphLayoutRepository, sqliteGraphLayouts } from "./repositories/graph-layouts.js";
import type { DatabaseName } from "./schema/migrated-tables.js";

/** A system that keeps databases; a site has one. Here, and nowhere else, it is decided which. */
export interface Backend {
  open(name: DatabaseName, patience: Patience): Database;
  migrate(options: MigrateOptions): Promise<MigrationReport[]>;
  graphLayouts(of: { expid: string; path: string }, patience: Patience): GraphLayoutRepository;
}

/** The system of a site's databases. @throws DatabaseError when there cannot be such a place */
export function backendOf(places: DatabasePlaces): Backend {
  if ("connectionUrl" in places) return postgresBackend(postgresConnections(places.connectionUrl));
  return {
    open: (name, patience) => sqliteDatabase(places[name], patience),
    migrate: (options) => migrateFiles(places, options),
    graphLayouts: ({ path }, patience) => sqliteGraphLayouts(path, patience),
  };
}

/** PostgreSQL, however it is reached. */
export function postgresBackend(connections: PostgresConnections): Backend {
  return {
    open: (name, patience) => postgresDatabase(connections, name, patience),
    migrate: (options) => migratePostgres(connections, options),
    graphLayouts: ({ expid }, patience) => postgresGraphLayouts(connections, expid, patience),
  };
}
