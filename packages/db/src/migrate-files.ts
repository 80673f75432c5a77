import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type Sqlite from "better-sqlite3";
import { getTableName } from "drizzle-orm";
import { connect } from "./database.js";
import type { DatabaseFiles } from "./database-files.js";
import { EMBEDDED_MIGRATIONS, type EmbeddedMigration } from "./embedded-migrations.js";
import { DatabaseError, translateSqliteError } from "./errors.js";
import { adoptTables, refuseForeignTables, tableExists } from "./existing-tables.js";
import type { MigrateOptions, MigrationReport } from "./migrate.js";
import { withPatience } from "./patience.js";
import { DATABASE_NAMES, type DatabaseName, MIGRATED_TABLES } from "./schema/migrated-tables.js";

/** The layout of Autosubmit's main database that this release knows (its table `db_version`). */
const NEWEST_AUTOSUBMIT_VERSION = 1;

const DEFAULT_PATIENCE_MS = 10_000;

/** `migrate` for a site that keeps its databases in SQLite files; each file is migrated in one transaction. */
export async function migrateFiles(files: DatabaseFiles, options: MigrateOptions = {}): Promise<MigrationReport[]> {
  const { databases = DATABASE_NAMES } = options;
  if (databases.some(isShared) && !existsSync(files.main)) throw missingMainDatabase(files.main);
  const reports: MigrationReport[] = [];
  for (const database of databases) reports.push(await migrateFile(database, files, options));
  return reports;
}

function missingMainDatabase(path: string): DatabaseError {
  return new DatabaseError(
    "DATABASE_MISSING",
    path,
    `There is no Autosubmit database ${path}: create it with "autosubmit install", or correct "path" and "filename" of [database] in .autosubmitrc`,
  );
}

async function migrateFile(
  database: DatabaseName,
  files: DatabaseFiles,
  { check = false, patienceMs = DEFAULT_PATIENCE_MS, signal }: MigrateOptions,
): Promise<MigrationReport> {
  const path = files[database];
  const created = !existsSync(path);
  if (created && check) return { database, path, created, steps: stepsFromNothing(database) };
  try {
    if (created) createFile(database, files);
    const steps = await withPatience(async () => migrateOnce(database, path, check), { patienceMs, signal });
    return { database, path, created, steps };
  } catch (error) {
    throw translateSqliteError(error, path);
  }
}

function isShared(database: DatabaseName): database is "main" | "status" {
  return database === "main" || database === "status";
}

function stepsFromNothing(database: DatabaseName): string[] {
  if (!isShared(database)) return EMBEDDED_MIGRATIONS[database].map(({ tag }) => tag);
  return MIGRATED_TABLES[database].map((table) => creationOf(getTableName(table)));
}

const creationOf = (table: string) => `create table ${table}`;

/**
 * An empty database. Autosubmit's users write the status database too, so it gets the permissions and the group of the
 * main database; the API's own files follow the umask.
 */
function createFile(database: DatabaseName, files: DatabaseFiles): void {
  const path = files[database];
  try {
    mkdirSync(dirname(path), { recursive: true });
    closeSync(openSync(path, "a"));
  } catch (error) {
    throw new DatabaseError("DATABASE_READ_ONLY", path, `The database ${path} cannot be created`, error);
  }
  if (database !== "status") return;
  const { mode, gid } = statSync(files.main);
  chmodSync(path, mode & 0o777);
  try {
    chownSync(path, -1, gid);
  } catch {
    // Only members of a group may give files to it; the permissions decide then.
  }
}

function migrateOnce(database: DatabaseName, path: string, check: boolean): string[] {
  const client = connect(path);
  try {
    if (check) client.pragma("query_only = ON");
    client.exec(check ? "BEGIN" : "BEGIN IMMEDIATE");
    const steps = isShared(database)
      ? completeShared(client, database, path, check)
      : advanceOwn(client, database, path, check);
    client.exec("COMMIT");
    return steps;
  } finally {
    client.close();
  }
}

/** A file that Autosubmit shares carries no record of ours: what it lacks is seen from its tables. */
function completeShared(client: Sqlite.Database, database: "main" | "status", path: string, check: boolean): string[] {
  if (database === "main") refuseForeignMain(client, path);
  const missing = refuseForeignTables(client, database, path);
  if (missing.length === 0) return [];
  const migrations = EMBEDDED_MIGRATIONS[database];
  if (!check) for (const { statements } of migrations) for (const statement of statements) client.exec(statement);
  return missing.map(creationOf);
}

function refuseForeignMain(client: Sqlite.Database, path: string): void {
  if (!tableExists(client, "experiment")) {
    throw new DatabaseError(
      "DATABASE_FOREIGN",
      path,
      `${path} is not an Autosubmit database: it has no table "experiment"`,
    );
  }
  if (!tableExists(client, "db_version")) return;
  const version = client.prepare("SELECT max(version) FROM db_version").pluck().get();
  if (typeof version === "number" && version > NEWEST_AUTOSUBMIT_VERSION) {
    throw new DatabaseError(
      "DATABASE_NEWER",
      path,
      `The Autosubmit database ${path} has version ${version}; this release knows versions up to ${NEWEST_AUTOSUBMIT_VERSION}: upgrade it`,
    );
  }
}

/** The API's own files record the steps that they have taken in `schema_migrations`. */
function advanceOwn(
  client: Sqlite.Database,
  database: Exclude<DatabaseName, "main" | "status">,
  path: string,
  check: boolean,
): string[] {
  const migrations = EMBEDDED_MIGRATIONS[database];
  const taken = takenSteps(client);
  const known = new Set(migrations.map(({ tag }) => tag));
  const unknown = [...taken].find((tag) => !known.has(tag));
  if (unknown !== undefined) {
    throw new DatabaseError(
      "DATABASE_NEWER",
      path,
      `The database ${path} was written by a newer release (it has taken step "${unknown}"): upgrade this one`,
    );
  }
  const pending = migrations.filter(({ tag }) => !taken.has(tag));
  if (!check) takeSteps(client, pending);
  return [...pending.map(({ tag }) => tag), ...adoptTables(client, database, path, check)];
}

function takeSteps(client: Sqlite.Database, steps: readonly EmbeddedMigration[]): void {
  client.exec("CREATE TABLE IF NOT EXISTS schema_migrations (tag TEXT PRIMARY KEY NOT NULL, applied_at TEXT NOT NULL)");
  const record = client.prepare("INSERT INTO schema_migrations (tag, applied_at) VALUES (?, ?)");
  for (const { tag, statements } of steps) {
    for (const statement of statements) client.exec(statement);
    record.run(tag, new Date().toISOString());
  }
}

function takenSteps(client: Sqlite.Database): Set<string> {
  if (!tableExists(client, "schema_migrations")) return new Set();
  return new Set(client.prepare<[], string>("SELECT tag FROM schema_migrations").pluck().all());
}
