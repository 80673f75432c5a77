import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { onTestFinished } from "vitest";
import {
  type DatabaseFiles,
  type DatabaseName,
  databaseFiles,
  migrate,
  type SiteDatabases,
  siteDatabases,
} from "../src/index.js";

/** As `autosubmit install` leaves the main database. */
export const AUTOSUBMIT_MAIN = `
  CREATE TABLE experiment(id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR NOT NULL,
    description VARCHAR NOT NULL, autosubmit_version VARCHAR);
  CREATE TABLE db_version(version INTEGER NOT NULL);
  INSERT INTO db_version (version) VALUES (1);`;

/** As Autosubmit 4.1.15 and later add it. */
export const AUTOSUBMIT_DETAILS = `
  CREATE TABLE details (exp_id INTEGER NOT NULL, user TEXT NOT NULL, created TEXT NOT NULL, model TEXT NOT NULL,
    branch TEXT NOT NULL, hpc TEXT NOT NULL);`;

/** As the reference implementation creates it. */
export const REFERENCE_DETAILS = `
  CREATE TABLE details (exp_id INTEGER NOT NULL, user TEXT NOT NULL, created TEXT NOT NULL, model TEXT NOT NULL,
    branch TEXT NOT NULL, hpc TEXT NOT NULL, PRIMARY KEY (exp_id));`;

export const AUTOSUBMIT_STATUS = `
  CREATE TABLE experiment_status (exp_id integer PRIMARY KEY, name text NOT NULL, status text NOT NULL,
    seconds_diff integer NOT NULL, modified text NOT NULL);`;

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "autosubmit-db-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The databases of a new site in a temporary folder; only the main one exists, made by `mainSql`. */
export function newSite(mainSql = AUTOSUBMIT_MAIN): DatabaseFiles {
  const folder = temporaryFolder();
  const files = databaseFiles({ dbDir: folder, dbFile: "autosubmit.db", localRootDir: folder });
  execute(files.main, mainSql);
  return files;
}

/** A migrated site, and how another program would use its databases. */
export interface TestSite {
  databases: SiteDatabases;
  /** As another program opens them. */
  reopen(): SiteDatabases;
  /** Runs SQL without results. */
  execute(database: DatabaseName, sql: string): Promise<void>;
  rows(database: DatabaseName, sql: string): Promise<unknown[]>;
}

/** Makes a site from its main tables. */
export type TestSystem = (mainSql: string) => Promise<TestSite>;

const sqliteSite: TestSystem = async (mainSql) => {
  const files = newSite(mainSql);
  await migrate(files);
  return {
    databases: siteDatabases(files),
    reopen: () => siteDatabases(files),
    execute: async (database, sql) => execute(files[database], sql),
    rows: async (database, sql) => rows(files[database], sql),
  };
};

let newTestSite = sqliteSite;

/** Lets the tests that follow run on another system than SQLite. */
export function useSystem(system: TestSystem): void {
  newTestSite = system;
}

/** A migrated site with experiments a000, a001, … numbered from 1. */
export function siteWithExperiments(count: number): Promise<TestSite> {
  const rows = Array.from({ length: count }, (_, index) => `('a${String(index).padStart(3, "0")}', 'test', '4.1.17')`);
  const insert = `INSERT INTO experiment(name, description, autosubmit_version) VALUES ${rows.join()};`;
  return newTestSite(AUTOSUBMIT_MAIN + (count > 0 ? insert : ""));
}

/** Runs SQL as another program would, creating the file where it is missing. */
export function execute(path: string, sql: string): void {
  const client = new Sqlite(path);
  client.pragma("foreign_keys = OFF");
  client.exec(sql);
  client.close();
}

/** All rows of a query. */
export function rows(path: string, sql: string): unknown[] {
  const client = new Sqlite(path, { readonly: true });
  const found = client.prepare(sql).all();
  client.close();
  return found;
}

/** Every object and every row of a database, to tell whether anything changed. */
export function dump(path: string): unknown {
  const client = new Sqlite(path, { readonly: true });
  const schema = client.prepare<[], { name: string; type: string; sql: string }>("SELECT * FROM sqlite_master").all();
  const tables = schema.filter(({ type }) => type === "table");
  const content = tables.map(({ name }) => [name, client.prepare(`SELECT rowid, * FROM "${name}"`).all()]);
  client.close();
  return { schema, content };
}
