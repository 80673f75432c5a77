import { DatabaseError } from "../errors.js";
import type { MigrateOptions, MigrationReport } from "../migrate.js";
import { withPatience } from "../patience.js";
import { DATABASE_NAMES, type DatabaseName } from "../schema/migrated-tables.js";
import { POSTGRES_MIGRATIONS } from "./embedded-postgres-migrations.js";
import type { PostgresConnection, PostgresConnections } from "./postgres-connections.js";
import { execute, lock, MARKS_TABLE, withConnection } from "./postgres-database.js";
import { isTransient, translatePostgresError } from "./postgres-errors.js";
import { postgresTables } from "./postgres-tables.js";

/** The layout of Autosubmit's main tables that this release knows (its table `db_version`). */
const NEWEST_AUTOSUBMIT_VERSION = 1;
const DEFAULT_PATIENCE_MS = 10_000;
/** The advisory lock of migrations, beside those of the databases. */
const MIGRATION_LOCK = 10;
/** The table of marks; those that programs left behind which were killed are of no use after a day. */
const MARKS = `CREATE TABLE IF NOT EXISTS ${MARKS_TABLE} (mark text PRIMARY KEY, made_at timestamptz NOT NULL)`;
/** Which steps the API's own tables have taken. */
const RECORD = "autosubmit_api_migrations";

/**
 * `migrate` for a site in PostgreSQL: the same tables, in the schema `public` of the one database, in one transaction that
 * an advisory lock orders.
 */
export async function migratePostgres(
  connections: PostgresConnections,
  { check = false, databases = DATABASE_NAMES, patienceMs = DEFAULT_PATIENCE_MS, signal }: MigrateOptions,
): Promise<MigrationReport[]> {
  const attempt = () =>
    withConnection(connections, async (connection) => {
      await execute(connection, check ? "BEGIN READ ONLY" : "BEGIN");
      if (!check) {
        await lock(connection, MIGRATION_LOCK);
        // Even where it exists, only whoever may create tables could ask for it.
        if ((await columnsOf(connection, connections.label, MARKS_TABLE)) === null) await execute(connection, MARKS);
        await execute(connection, `DELETE FROM ${MARKS_TABLE} WHERE made_at < now() - interval '1 day'`);
      }
      const reports: MigrationReport[] = [];
      for (const database of databases) {
        const steps = await migrateTables(connection, connections.label, database, check);
        reports.push({ database, path: `${connections.label} (${database})`, created: false, steps });
      }
      await execute(connection, "COMMIT");
      return reports;
    });
  try {
    return await withPatience(attempt, { patienceMs, signal }, isTransient);
  } catch (error) {
    throw translatePostgresError(error, connections.label);
  }
}

function migrateTables(
  connection: PostgresConnection,
  label: string,
  database: DatabaseName,
  check: boolean,
): Promise<string[]> {
  return database === "main" || database === "status"
    ? completeShared(connection, label, database, check)
    : advanceOwn(connection, label, database, check);
}

/** Tables that Autosubmit shares: what is missing is seen from the database itself. */
async function completeShared(
  connection: PostgresConnection,
  label: string,
  database: "main" | "status",
  check: boolean,
): Promise<string[]> {
  if (database === "main") await refuseForeignMain(connection, label);
  const missing: string[] = [];
  for (const { name, columns } of postgresTables(database)) {
    const present = await columnsOf(connection, label, name);
    if (present === null) missing.push(name);
    const lacking = present && columns.find((column) => !present.has(column.name));
    if (lacking) throw foreign(label, name, `has no column "${lacking.name}"`);
  }
  if (missing.length > 0 && !check)
    await take(
      connection,
      POSTGRES_MIGRATIONS[database].flatMap(({ statements }) => statements),
    );
  return missing.map((name) => `create table ${name}`);
}

async function refuseForeignMain(connection: PostgresConnection, label: string): Promise<void> {
  if ((await columnsOf(connection, label, "experiment")) === null) {
    const message = `${label} is not an Autosubmit database: it has no table "experiment"; create it with "autosubmit install", or correct "connection_url" of [database] in .autosubmitrc`;
    throw new DatabaseError("DATABASE_FOREIGN", label, message);
  }
  if ((await columnsOf(connection, label, "db_version")) === null) return;
  const { rows } = await execute(connection, "SELECT max(version) AS version FROM public.db_version");
  const [row] = rows as { version: number | null }[];
  const version = row?.version ?? 0;
  if (version > NEWEST_AUTOSUBMIT_VERSION) {
    const message = `The Autosubmit database ${label} has version ${version}; this release knows versions up to ${NEWEST_AUTOSUBMIT_VERSION}: upgrade it`;
    throw new DatabaseError("DATABASE_NEWER", label, message);
  }
}

/** The API's own tables record the steps that they have taken. */
async function advanceOwn(
  connection: PostgresConnection,
  label: string,
  database: DatabaseName,
  check: boolean,
): Promise<string[]> {
  const migrations = POSTGRES_MIGRATIONS[database];
  const taken = await takenSteps(connection, label, database);
  const unknown = [...taken].find((tag) => !migrations.some((migration) => migration.tag === tag));
  if (unknown !== undefined) {
    const message = `The database ${label} was written by a newer release (it has taken step "${unknown}" of ${database}): upgrade this one`;
    throw new DatabaseError("DATABASE_NEWER", label, message);
  }
  const pending = migrations.filter(({ tag }) => !taken.has(tag));
  if (!check && pending.length > 0) {
    await take(connection, [
      `CREATE TABLE IF NOT EXISTS ${RECORD} (database text NOT NULL, tag text NOT NULL, applied_at text NOT NULL, PRIMARY KEY (database, tag))`,
      ...pending.flatMap(({ statements }) => statements),
    ]);
    const text = `INSERT INTO ${RECORD} (database, tag, applied_at) VALUES ($1, $2, $3)`;
    for (const { tag } of pending) {
      await connection.query({ text, values: [database, tag, new Date().toISOString()], array: false });
    }
  }
  const added = await adoptTables(connection, label, database, check);
  return [...pending.map(({ tag }) => tag), ...added];
}

async function takenSteps(connection: PostgresConnection, label: string, database: DatabaseName): Promise<Set<string>> {
  if ((await columnsOf(connection, label, RECORD)) === null) return new Set();
  const text = `SELECT tag FROM ${RECORD} WHERE database = $1`;
  const { rows } = await connection.query({ text, values: [database], array: true });
  return new Set((rows as string[][]).map(([tag]) => tag ?? ""));
}

/** Adds columns that earlier releases of the reference implementation did not have. */
async function adoptTables(
  connection: PostgresConnection,
  label: string,
  database: DatabaseName,
  check: boolean,
): Promise<string[]> {
  const added: string[] = [];
  for (const { name, columns } of postgresTables(database)) {
    const present = await columnsOf(connection, label, name);
    for (const column of columns.filter((declared) => present !== null && !present.has(declared.name))) {
      if (column.notNull) throw foreign(label, name, `has no column "${column.name}"`);
      if (!check) await execute(connection, `ALTER TABLE "${name}" ADD COLUMN "${column.name}" ${column.getSQLType()}`);
      added.push(`add column ${name}.${column.name}`);
    }
  }
  return added;
}

async function take(connection: PostgresConnection, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await execute(connection, statement);
}

/** The columns of a table of the schema `public`; null when there is none. */
async function columnsOf(connection: PostgresConnection, label: string, table: string): Promise<Set<string> | null> {
  const text = `SELECT c.relkind::text, a.attname::text
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE n.nspname = 'public' AND c.relname = $1`;
  const rows = (await connection.query({ text, values: [table], array: true })).rows as string[][];
  if (rows.length === 0) return null;
  if (rows.some(([kind]) => kind !== "r" && kind !== "p")) throw foreign(label, table, "is of another kind");
  return new Set(rows.map(([, column]) => column ?? ""));
}

function foreign(label: string, table: string, problem: string): DatabaseError {
  return new DatabaseError("DATABASE_FOREIGN", label, `The table "${table}" of ${label} ${problem}`);
}
