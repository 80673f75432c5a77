import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { sql } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Database, sqliteDatabase } from "../src/database.js";
import { DatabaseError } from "../src/index.js";
import { execute, rows, temporaryFolder } from "./site.js";

function newDatabase(patienceMs = 5_000, signal?: AbortSignal): { path: string; database: Database } {
  const path = join(temporaryFolder(), "test.db");
  execute(path, "CREATE TABLE t(x INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
  return { path, database: sqliteDatabase(path, { patienceMs, signal }) };
}

const insert = (database: Database, x: number) =>
  database.write(async (queries) => queries.run(sql`INSERT INTO t VALUES (${x})`));
const count = (database: Database) =>
  database.read(async (queries) => queries.get<{ n: number }>(sql`SELECT count(*) AS n FROM t`)).then(({ n }) => n);

function lock(path: string): Sqlite.Database {
  const other = new Sqlite(path);
  onTestFinished(() => {
    other.close();
  });
  other.exec("BEGIN EXCLUSIVE");
  return other;
}

async function failure(promise: Promise<unknown>): Promise<DatabaseError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DatabaseError);
  return error as DatabaseError;
}

describe("sqliteDatabase", () => {
  it("makes the changes of a transaction take effect together or not at all", async () => {
    const { database } = newDatabase();
    const attempt = database.write(async (queries) => {
      await queries.run(sql`INSERT INTO t VALUES (2)`);
      throw new TypeError("stop here");
    });
    await expect(attempt).rejects.toThrow(TypeError);
    expect(await count(database)).toBe(1);
  });

  it("lets no query of a read change anything", async () => {
    const { database } = newDatabase();
    const error = await failure(database.read(async (queries) => queries.run(sql`DELETE FROM t`)));
    expect(error.code).toBe("DATABASE_READ_ONLY");
    expect(await count(database)).toBe(1);
  });

  it("shows one read the same state throughout", async () => {
    const { path, database } = newDatabase();
    const seen = await database.read(async (queries) => {
      const first = await queries.all(sql`SELECT x FROM t`);
      expect(() => execute(path, "PRAGMA busy_timeout = 0; INSERT INTO t VALUES (2)")).toThrow("database is locked");
      return [first, await queries.all(sql`SELECT x FROM t`)];
    });
    expect(seen[1]).toEqual(seen[0]);
  });

  it("waits for a lock without blocking the process, and then succeeds", async () => {
    const { path, database } = newDatabase();
    const other = lock(path);
    let ticks = 0;
    const ticking = setInterval(() => {
      ticks += 1;
    }, 10);
    setTimeout(() => other.exec("COMMIT"), 700);
    await insert(database, 2);
    clearInterval(ticking);
    expect(await count(database)).toBe(2);
    expect(ticks).toBeGreaterThan(5);
  });

  it("gives up when its patience is over, and says which database was locked", async () => {
    const { path, database } = newDatabase(300);
    lock(path);
    const startedAt = performance.now();
    const error = await failure(insert(database, 2));
    expect(error.code).toBe("DATABASE_BUSY");
    expect(error.message).toContain(path);
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it("stops waiting when the program stops", async () => {
    const stop = new AbortController();
    const { path, database } = newDatabase(60_000, stop.signal);
    lock(path);
    setTimeout(() => stop.abort(), 200);
    const startedAt = performance.now();
    expect((await failure(insert(database, 2))).code).toBe("DATABASE_BUSY");
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it("still tries once when the program stops already", async () => {
    const { database } = newDatabase(60_000, AbortSignal.abort());
    await insert(database, 2);
    expect(await count(database)).toBe(2);
  });

  it("loses no change of many at once", async () => {
    const { path, database } = newDatabase();
    await Promise.all(Array.from({ length: 50 }, (_, index) => insert(database, index + 2)));
    expect(await count(database)).toBe(51);
    expect(rows(path, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
  });

  it("never creates a database", async () => {
    const path = join(temporaryFolder(), "none.db");
    const database = sqliteDatabase(path, { patienceMs: 100 });
    expect((await failure(count(database))).code).toBe("DATABASE_MISSING");
    expect((await failure(insert(database, 1))).code).toBe("DATABASE_MISSING");
    expect(existsSync(path)).toBe(false);
    const nowhere = sqliteDatabase(join(path, "none.db"), { patienceMs: 100 });
    expect((await failure(count(nowhere))).code).toBe("DATABASE_MISSING");
  });

  it("says which table is missing, and what to do about it", async () => {
    const { path, database } = newDatabase();
    const error = await failure(database.read(async (queries) => queries.all(sql`SELECT * FROM worker_tasks`)));
    expect(error.code).toBe("DATABASE_FOREIGN");
    expect(error.message).toBe(`The database ${path} has no table "worker_tasks": run "autosubmit-api migrate"`);
  });

  it("names a damaged file", async () => {
    const { path, database } = newDatabase();
    writeFileSync(path, "no database at all, but long enough to look at".repeat(100));
    const error = await failure(count(database));
    expect(error.code).toBe("DATABASE_CORRUPT");
    expect(error.path).toBe(path);
  });

  it("sees a file that was replaced since the last call", async () => {
    const { path, database } = newDatabase();
    const { path: other } = newDatabase();
    execute(other, "INSERT INTO t VALUES (2), (3)");
    expect(await count(database)).toBe(1);
    copyFileSync(other, path);
    expect(await count(database)).toBe(3);
  });

  it("rolls back what a program that was killed left half-written, even to read", async () => {
    const { path, database } = newDatabase();
    const writer = halfWrite(path);
    await once(writer, "message");
    writer.kill("SIGKILL");
    await once(writer, "exit");
    expect(existsSync(`${path}-journal`)).toBe(true);
    expect(await count(database)).toBe(1);
    expect(rows(path, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
  });
});

/** A process that has written part of a large transaction into the file and then waits to be killed. */
function halfWrite(path: string): ChildProcess {
  const script = `
    const Sqlite = require("better-sqlite3");
    const client = new Sqlite(${JSON.stringify(path)});
    client.pragma("cache_size = 5");
    client.pragma("cache_spill = ON");
    client.exec("BEGIN; WITH RECURSIVE n(x) AS (SELECT 2 UNION ALL SELECT x + 1 FROM n WHERE x < 200000) INSERT INTO t SELECT x FROM n");
    process.send("written");
    setInterval(() => undefined, 1000);`;
  return spawn(process.execPath, ["--input-type=commonjs", "-e", script], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}
