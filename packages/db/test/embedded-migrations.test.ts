import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EMBEDDED_MIGRATIONS } from "../src/embedded-migrations.js";
import { DATABASE_NAMES } from "../src/schema/migrated-tables.js";

describe.each(DATABASE_NAMES)("the migrations of %s", (database) => {
  const folder = join(import.meta.dirname, "..", "migrations", database);
  const journal = JSON.parse(readFileSync(join(folder, "meta", "_journal.json"), "utf8"));

  it("are embedded as the folder has them", () => {
    const files = journal.entries.map(({ tag, when }: { tag: string; when: number }) => ({
      tag,
      when,
      statements: readFileSync(join(folder, `${tag}.sql`), "utf8")
        .split("--> statement-breakpoint")
        .map((statement) => statement.trim()),
    }));
    expect(EMBEDDED_MIGRATIONS[database]).toEqual(files);
  });

  it("only add, and tolerate what exists", () => {
    for (const { statements } of EMBEDDED_MIGRATIONS[database]) {
      for (const statement of statements) {
        expect(statement).toMatch(/^(CREATE (TABLE|INDEX|UNIQUE INDEX|TRIGGER) IF NOT EXISTS|ALTER TABLE \S+ ADD) /);
      }
    }
  });
});
