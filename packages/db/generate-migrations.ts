// pnpm --filter @autosubmit-api/db migrations NAME: writes what changed in src/schema as SQL into migrations/ (SQLite) and
// migrations/postgres/, then all of it into src/embedded-migrations.ts and src/postgres/embedded-postgres-migrations.ts, so
// that the bundled programs need no files beside them.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DATABASE_NAMES, type DatabaseName } from "./src/schema/migrated-tables.js";

const STATEMENT_END = "--> statement-breakpoint";

interface JournalEntry {
  tag: string;
  when: number;
}

type DialectName = "sqlite" | "postgresql";

const FOLDERS: Record<DialectName, string> = { sqlite: "migrations", postgresql: "migrations/postgres" };

function generate(dialect: DialectName, database: DatabaseName, name: string): void {
  execFileSync("drizzle-kit", ["generate", "--config", "drizzle.config.ts", "--name", name], {
    stdio: "inherit",
    env: { ...process.env, DATABASE: database, DIALECT: dialect },
  });
}

/** Every database may have been created by the reference implementation or by Autosubmit already. */
function tolerateExisting(path: string): string {
  const generated = readFileSync(path, "utf8");
  const tolerant = generated.replaceAll(
    /^CREATE (TABLE|INDEX|UNIQUE INDEX) (?!IF NOT EXISTS)/gm,
    "CREATE $1 IF NOT EXISTS ",
  );
  if (tolerant !== generated) writeFileSync(path, tolerant);
  return tolerant;
}

function embed(dialect: DialectName, database: DatabaseName) {
  const folder = join(FOLDERS[dialect], database);
  const journal = JSON.parse(readFileSync(join(folder, "meta", "_journal.json"), "utf8")) as {
    entries: JournalEntry[];
  };
  return journal.entries.map(({ tag, when }) => ({
    tag,
    when,
    statements: tolerateExisting(join(folder, `${tag}.sql`))
      .split(STATEMENT_END)
      .map((statement) => statement.trim()),
  }));
}

function write(path: string, lines: readonly string[]): void {
  writeFileSync(path, [...lines, ""].join("\n"));
  execFileSync("biome", ["check", "--write", path], { stdio: "inherit" });
}

const name = process.argv[2] ?? "initial";
const embedded = (dialect: DialectName) => {
  for (const database of DATABASE_NAMES) generate(dialect, database, name);
  return JSON.stringify(
    Object.fromEntries(DATABASE_NAMES.map((database) => [database, embed(dialect, database)])),
    null,
    2,
  );
};
const doc =
  "/** Written by `generate-migrations.ts` from `migrations/`: change the schema and generate again instead. */";
write("src/embedded-migrations.ts", [
  'import type { DatabaseName } from "./schema/migrated-tables.js";',
  "",
  "/** One step of a database's schema: what `drizzle-kit` generated, made tolerant of tables that exist already. */",
  "export interface EmbeddedMigration {",
  "  tag: string;",
  "  /** When it was generated, milliseconds since the epoch; orders the steps. */",
  "  when: number;",
  "  statements: string[];",
  "}",
  "",
  doc,
  `export const EMBEDDED_MIGRATIONS: Record<DatabaseName, EmbeddedMigration[]> = ${embedded("sqlite")};`,
]);
write("src/postgres/embedded-postgres-migrations.ts", [
  'import type { EmbeddedMigration } from "../embedded-migrations.js";',
  'import type { DatabaseName } from "../schema/migrated-tables.js";',
  "",
  doc,
  `export const POSTGRES_MIGRATIONS: Record<DatabaseName, EmbeddedMigration[]> = ${embedded("postgresql")};`,
]);
