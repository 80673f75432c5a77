import { chmodSync, copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { EMBEDDED_MIGRATIONS } from "../src/embedded-migrations.js";
import { DatabaseError, databaseFiles, migrate } from "../src/index.js";
import {
  AUTOSUBMIT_DETAILS,
  AUTOSUBMIT_MAIN,
  AUTOSUBMIT_STATUS,
  dump,
  execute,
  newSite,
  REFERENCE_DETAILS,
  rows,
  temporaryFolder,
} from "./site.js";

const EXPERIMENTS = `
  INSERT INTO experiment(name, description, autosubmit_version) VALUES ('a000', 'one', '4.1.17'), ('a001', 'two', NULL);`;
const DETAILS = `
  INSERT INTO details VALUES (1, 'ann', '2024-01-08 14:52:35', 'NA', 'NA', 'LOCAL');
  INSERT INTO details VALUES (2, 'bob', '2025-03-12T16:39:10+01:00', 'https://x/y.git', 'main', 'MARENOSTRUM5');`;
const DUPLICATE_DETAILS = `
  INSERT INTO details VALUES (2, 'eve', '2025-03-12T16:39:10+01:00', 'https://x/y.git', 'main', 'LUMI');`;
const AUTOSUBMIT_2_MAIN = `
  CREATE TABLE experiment(id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR NOT NULL, type VARCHAR NOT NULL,
    autosubmit_version VARCHAR, description VARCHAR NOT NULL);
  INSERT INTO experiment(name, type, description) VALUES ('b000', 'nemo', 'very old');`;
const CREATES_EVERYTHING = [
  ["create table details"],
  ["create table experiment_status"],
  EMBEDDED_MIGRATIONS.api.map(({ tag }) => tag),
  EMBEDDED_MIGRATIONS.runners.map(({ tag }) => tag),
  EMBEDDED_MIGRATIONS.events.map(({ tag }) => tag),
];

async function failure(promise: Promise<unknown>): Promise<DatabaseError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DatabaseError);
  return error as DatabaseError;
}

describe("migrate", () => {
  it("creates what is missing beside a new main database, once", async () => {
    const files = newSite();
    const reports = await migrate(files);
    expect(reports.map(({ steps }) => steps)).toEqual(CREATES_EVERYTHING);
    expect(reports.map(({ created }) => created)).toEqual([false, true, true, true, true]);
    const before = Object.values(files).map(dump);
    const again = await migrate(files);
    expect(again.map(({ steps, created }) => [steps, created])).toEqual(Array(5).fill([[], false]));
    expect(Object.values(files).map(dump)).toEqual(before);
  });

  it.each([
    ["Autosubmit 4.1.15, details without a primary key", AUTOSUBMIT_MAIN + AUTOSUBMIT_DETAILS + EXPERIMENTS + DETAILS],
    [
      "several details of one experiment",
      AUTOSUBMIT_MAIN + AUTOSUBMIT_DETAILS + EXPERIMENTS + DETAILS + DUPLICATE_DETAILS,
    ],
    ["the reference implementation", AUTOSUBMIT_MAIN + REFERENCE_DETAILS + EXPERIMENTS + DETAILS],
    ["Autosubmit 2, with a type column and no version", AUTOSUBMIT_2_MAIN + AUTOSUBMIT_DETAILS],
  ])("adopts a main database of %s without changing a byte", async (_, sql) => {
    const files = newSite(sql);
    const before = readFileSync(files.main);
    const [main] = await migrate(files);
    expect(main?.steps).toEqual([]);
    expect(readFileSync(files.main).equals(before)).toBe(true);
  });

  it("adds details to a main database of Autosubmit 2 and leaves its other tables alone", async () => {
    const files = newSite(AUTOSUBMIT_2_MAIN);
    const before = rows(files.main, "SELECT * FROM experiment");
    await migrate(files);
    expect(rows(files.main, "SELECT * FROM experiment")).toEqual(before);
    expect(rows(files.main, "SELECT count(*) AS n FROM details")).toEqual([{ n: 0 }]);
  });

  it("adopts a status database with rows in every notation of time", async () => {
    const files = newSite();
    execute(
      files.status,
      `${AUTOSUBMIT_STATUS}
       INSERT INTO experiment_status VALUES (1, 'a000', 'RUNNING', 0, '2024-04-12-13:00:40');
       INSERT INTO experiment_status VALUES (2, 'a001', 'NOT RUNNING', 0, '2026-06-10T16:35:26+0200');
       CREATE TABLE experiment_times(exp_id integer PRIMARY KEY, name text);`,
    );
    const before = dump(files.status);
    await migrate(files);
    expect(dump(files.status)).toEqual(before);
  });

  it("adopts the API's own databases as the reference made them, adding what it did not have then", async () => {
    const files = newSite();
    execute(
      files.api,
      `CREATE TABLE user_preferences (user_id TEXT NOT NULL, preferred_username TEXT NOT NULL, created TEXT NOT NULL,
         modified TEXT NOT NULL, PRIMARY KEY (user_id));
       INSERT INTO user_preferences VALUES ('ann', 'bsc32001', '2026-01-02-03:04:05+01:00', '2026-01-02-03:04:05+01:00');`,
    );
    execute(
      files.runners,
      `CREATE TABLE runner_processes (id INTEGER NOT NULL, expid TEXT NOT NULL, pid INTEGER NOT NULL,
         status VARCHAR(50) NOT NULL, runner VARCHAR(50) NOT NULL, module_loader VARCHAR(50) NOT NULL,
         modules TEXT NOT NULL, created TEXT NOT NULL, modified TEXT NOT NULL, PRIMARY KEY (id));
       INSERT INTO runner_processes VALUES (1, 'a000', 42, 'ACTIVE', 'LOCAL', 'CONDA', 'autosubmit', 'x', 'y');`,
    );
    const checked = await migrate(files, { check: true });
    expect(checked[3]?.steps).toEqual([
      ...EMBEDDED_MIGRATIONS.runners.map(({ tag }) => tag),
      "add column runner_processes.runner_extra_params",
    ]);
    const done = await migrate(files);
    expect(done.map(({ steps }) => steps)).toEqual(checked.map(({ steps }) => steps));
    expect(rows(files.api, "SELECT preferred_username FROM user_preferences")).toEqual([
      { preferred_username: "bsc32001" },
    ]);
    expect(rows(files.runners, "SELECT id, pid, runner_extra_params FROM runner_processes")).toEqual([
      { id: 1, pid: 42, runner_extra_params: null },
    ]);
  });

  it("with check says what it would do, and does nothing", async () => {
    const files = newSite();
    const before = readFileSync(files.main);
    const reports = await migrate(files, { check: true });
    expect(reports.map(({ steps }) => steps)).toEqual(CREATES_EVERYTHING);
    expect(readFileSync(files.main).equals(before)).toBe(true);
    expect([files.status, files.api, files.runners].some(existsSync)).toBe(false);
  });

  it("never creates the main database", async () => {
    const folder = temporaryFolder();
    const files = databaseFiles({ dbDir: folder, dbFile: "autosubmit.db", localRootDir: folder });
    const error = await failure(migrate(files));
    expect(error.code).toBe("DATABASE_MISSING");
    expect(error.message).toContain(files.main);
    expect(Object.values(files).some(existsSync)).toBe(false);
  });

  it("refuses a main database of a newer Autosubmit", async () => {
    const files = newSite(`${AUTOSUBMIT_MAIN} UPDATE db_version SET version = 2;`);
    const error = await failure(migrate(files));
    expect(error.code).toBe("DATABASE_NEWER");
    expect(error.message).toMatch(/has version 2; this release knows versions up to 1/);
    expect(existsSync(files.status)).toBe(false);
  });

  it("refuses a database of the API that a newer release wrote", async () => {
    const files = newSite();
    await migrate(files);
    execute(files.api, "INSERT INTO schema_migrations VALUES ('0099_from_the_future', '2030-01-01')");
    for (const check of [true, false]) {
      const error = await failure(migrate(files, { check }));
      expect(error.code).toBe("DATABASE_NEWER");
      expect(error.message).toContain('step "0099_from_the_future"');
    }
  });

  it.each([
    ["a file that is no database", "DATABASE_CORRUPT", (path: string) => writeFileSync(path, "x".repeat(4096))],
    ["a database without experiments", "DATABASE_FOREIGN", (path: string) => execute(path, "CREATE TABLE t(x)")],
    ["an empty file", "DATABASE_FOREIGN", (path: string) => writeFileSync(path, "")],
    [
      "a view in place of details",
      "DATABASE_FOREIGN",
      (path: string) => execute(path, `${AUTOSUBMIT_MAIN} CREATE VIEW details AS SELECT 1 AS exp_id`),
    ],
    [
      "details of another shape",
      "DATABASE_FOREIGN",
      (path: string) => execute(path, `${AUTOSUBMIT_MAIN} CREATE TABLE details(exp_id INTEGER, user TEXT)`),
    ],
  ])("refuses %s and leaves it as it is", async (_, code, make) => {
    const folder = temporaryFolder();
    const files = databaseFiles({ dbDir: folder, dbFile: "autosubmit.db", localRootDir: folder });
    make(files.main);
    const before = readFileSync(files.main);
    const error = await failure(migrate(files));
    expect(error.code).toBe(code);
    expect(readFileSync(files.main).equals(before)).toBe(true);
  });

  it("gives the status database the permissions of the main one: Autosubmit's users write both", async () => {
    const files = newSite();
    chmodSync(files.main, 0o776);
    await migrate(files);
    expect(statSync(files.status).mode & 0o777).toBe(0o776);
  });

  it("waits for a database that Autosubmit has locked", async () => {
    const files = newSite();
    const other = new Sqlite(files.main);
    other.exec("BEGIN IMMEDIATE; INSERT INTO experiment(name, description) VALUES ('a000', 'new')");
    setTimeout(() => {
      other.exec("COMMIT");
      other.close();
    }, 400);
    const [main] = await migrate(files);
    expect(main?.steps).toEqual(["create table details"]);
    expect(rows(files.main, "SELECT name FROM experiment")).toEqual([{ name: "a000" }]);
  });

  it("leaves Autosubmit's databases alone when only the API's own are asked for, and needs none of them", async () => {
    const folder = temporaryFolder();
    const files = databaseFiles({ dbDir: folder, dbFile: "autosubmit.db", localRootDir: folder });
    const reports = await migrate(files, { databases: ["api", "runners", "events"] });
    expect(reports.map(({ steps }) => steps)).toEqual(CREATES_EVERYTHING.slice(2));
    expect([files.main, files.status].map((path) => existsSync(path))).toEqual([false, false]);
  });

  it("may be run by several programs at once", async () => {
    const files = newSite();
    const all = await Promise.all(Array.from({ length: 8 }, () => migrate(files)));
    for (const [database, steps] of CREATES_EVERYTHING.entries()) {
      expect(all.flatMap((reports) => reports[database]?.steps ?? [])).toEqual(steps);
    }
  });

  it("switches no file to write-ahead logging", async () => {
    const files = newSite();
    await migrate(files);
    for (const path of Object.values(files)) {
      expect(rows(path, "PRAGMA journal_mode")).toEqual([{ journal_mode: "delete" }]);
    }
  });
});

const workspaces = resolve(import.meta.dirname, "../../../../shared/conformance/workspaces");

describe.skipIf(!existsSync(workspaces))("migrate on the databases of the conformance workspaces", () => {
  it.each(["reference", "synthetic"])("adopts %s without changing anything of Autosubmit's", async (workspace) => {
    const folder = temporaryFolder();
    for (const name of ["autosubmit.db", "as_times.db"])
      copyFileSync(join(workspaces, workspace, name), join(folder, name));
    const files = databaseFiles({ dbDir: folder, dbFile: "autosubmit.db", localRootDir: folder });
    const before = [dump(files.main), dump(files.status)];
    const reports = await migrate(files);
    expect(reports.map(({ steps }) => steps)).toEqual([[], [], ...CREATES_EVERYTHING.slice(2)]);
    expect([dump(files.main), dump(files.status)]).toEqual(before);
  });
});
