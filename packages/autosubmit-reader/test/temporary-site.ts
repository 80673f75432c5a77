import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { parseAutosubmitrc } from "../src/site/autosubmitrc.js";
import { createSite } from "../src/site/open-site.js";
import type { Site } from "../src/site/site.js";
import { SqliteTableProvider } from "../src/tables/sqlite.js";
import type { SqliteLimits } from "../src/tables/sqlite-source.js";

/** A site in a folder of its own, for tests that write their databases themselves. */
export interface TemporarySite {
  root: string;
  site: Site;
  /** Runs SQL on a database below `root`, creating it and its folders; returns its path. */
  write(relativePath: string, sql: string): string;
  remove(): void;
}

export function createTemporarySite(limits: Partial<SqliteLimits> = {}): TemporarySite {
  const root = mkdtempSync(join(tmpdir(), "autosubmit-reader-test-"));
  const text = `
    [database]
    path = ${root}
    [local]
    path = ${root}
    [historicdb]
    path = ${root}/metadata/data
    [structures]
    path = ${root}/metadata/structures
  `;
  const parsed = parseAutosubmitrc([{ path: join(root, ".autosubmitrc"), text }], {
    home: root,
    workingDirectory: root,
  });
  const settings = { ...parsed, warnings: [] };
  const environment = { user: null, sudoUser: null, home: root, autosubmitVariables: {} };
  return {
    root,
    site: createSite(settings, environment, new SqliteTableProvider(settings, limits)),
    write: (relativePath, sql) => writeDatabase(join(root, relativePath), sql),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function writeDatabase(path: string, sql: string): string {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
  return path;
}
