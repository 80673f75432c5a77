import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import { describe, expect, it } from "vitest";
import { EMBEDDED_MIGRATIONS } from "../src/embedded-migrations.js";
import { POSTGRES_MIGRATIONS } from "../src/postgres/embedded-postgres-migrations.js";
import { postgresTables } from "../src/postgres/postgres-tables.js";
import { DATABASE_NAMES, MIGRATED_TABLES } from "../src/schema/migrated-tables.js";

const ADDS =
  /^(CREATE (TABLE|INDEX|UNIQUE INDEX|TRIGGER) IF NOT EXISTS|ALTER TABLE \S+ ADD|CREATE OR REPLACE FUNCTION|(DROP TRIGGER IF EXISTS|CREATE TRIGGER) audit_) ?/;
const CASES = DATABASE_NAMES.flatMap((database) => [
  { database, system: "SQLite", folder: database, embedded: EMBEDDED_MIGRATIONS[database] },
  { database, system: "PostgreSQL", folder: `postgres/${database}`, embedded: POSTGRES_MIGRATIONS[database] },
]);

describe.each(CASES)("the migrations of $database in $system", ({ embedded, folder: name }) => {
  const folder = join(import.meta.dirname, "..", "migrations", name);
  const journal = JSON.parse(readFileSync(join(folder, "meta", "_journal.json"), "utf8"));

  it("are embedded as the folder has them", () => {
    const files = journal.entries.map(({ tag, when }: { tag: string; when: number }) => ({
      tag,
      when,
      statements: readFileSync(join(folder, `${tag}.sql`), "utf8")
        .split("--> statement-breakpoint")
        .map((statement) => statement.trim()),
    }));
    expect(embedded).toEqual(files);
  });

  it("only add, and tolerate what exists", () => {
    for (const { statements } of embedded) {
      for (const statement of statements) {
        expect(statement).toMatch(ADDS);
      }
    }
  });
});

describe.each(DATABASE_NAMES)("the tables of %s", (database) => {
  it("are the same in both systems", () => {
    const shape = ({ name, columns }: { name: string; columns: { name: string; notNull: boolean }[] }) => ({
      name,
      columns: columns.map((column) => [column.name, column.notNull]),
    });
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    const ofPostgres = postgresTables(database).map(shape).sort(byName);
    expect(ofPostgres).toEqual(MIGRATED_TABLES[database].map(getTableConfig).map(shape).sort(byName));
  });
});
