import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import Database from "better-sqlite3";
import { afterEach, describe, expect, test } from "vitest";
import type { TableQuery, TableSource } from "../../src/tables/table-source.js";
import { createTemporarySite, type TemporarySite } from "../temporary-site.js";

const JOB_DATA = "metadata/data/job_data_a000.db";
const LOCATION = { database: "job-data", expid: "a000" } as const;
const sites: TemporarySite[] = [];

function temporarySite(limits: Parameters<typeof createTemporarySite>[0] = {}): TemporarySite {
  const created = createTemporarySite(limits);
  sites.push(created);
  return created;
}

afterEach(() => {
  for (const created of sites.splice(0)) created.remove();
});

async function withSource<T>({ site }: TemporarySite, read: (source: TableSource) => Promise<T>): Promise<T> {
  const source = await site.tables.open(LOCATION);
  if (source === null) throw new Error("no database");
  try {
    return await read(source);
  } finally {
    await source.close();
  }
}

async function collect<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const row of rows) collected.push(row);
  return collected;
}

const select = (site: TemporarySite, query: TableQuery) => withSource(site, (source) => source.select(query));

describe("what is there", () => {
  test("a database that is missing is null and is not created", async () => {
    const created = temporarySite();
    expect(await created.site.tables.open(LOCATION)).toBeNull();
    expect(await created.site.tables.fingerprint(LOCATION)).toBeNull();
    expect(readdirSync(created.root)).toEqual([]);
  });

  test("a path below a file is a missing database", async () => {
    const created = temporarySite();
    writeFileSync(join(created.root, "metadata"), "");
    expect(await created.site.tables.open(LOCATION)).toBeNull();
  });

  test("an empty file is a database without tables", async () => {
    const created = temporarySite();
    writeFileSync(created.write(JOB_DATA, ""), "");
    expect(await withSource(created, (source) => source.columns("job_data"))).toBeNull();
    expect(await select(created, { table: "job_data", columns: ["id"] })).toEqual([]);
    expect(
      await withSource(created, (source) => collect(source.iterate({ table: "job_data", columns: ["id"] }))),
    ).toEqual([]);
  });

  test("columns come in the table's own order, added ones last", async () => {
    const created = temporarySite();
    created.write(JOB_DATA, "CREATE TABLE job_data(b, a INTEGER); ALTER TABLE job_data ADD COLUMN c TEXT");
    expect(await withSource(created, (source) => source.columns("job_data"))).toEqual(["b", "a", "c"]);
  });

  test("views and virtual tables are not tables", async () => {
    const created = temporarySite();
    created.write(
      JOB_DATA,
      `CREATE TABLE other(id); INSERT INTO other VALUES (1);
       CREATE VIEW job_data AS SELECT id FROM other;
       CREATE VIRTUAL TABLE experiment_run USING fts5(run_id)`,
    );
    for (const table of ["job_data", "experiment_run", "pragma_table_list", "sqlite_master"]) {
      expect(await withSource(created, (source) => source.columns(table))).toBeNull();
      expect(await select(created, { table, columns: ["id", "name"] })).toEqual([]);
    }
  });

  test("generated columns are not computed", async () => {
    const created = temporarySite();
    created.write(JOB_DATA, "CREATE TABLE job_data(id, big AS (zeroblob(10))); INSERT INTO job_data(id) VALUES (1)");
    expect(await select(created, { table: "job_data", columns: ["id", "big"] })).toEqual([{ id: 1, big: null }]);
  });
});

describe("queries", () => {
  const rows = `CREATE TABLE job_data(id INTEGER PRIMARY KEY, run_id INTEGER, name TEXT, "a ""b" TEXT);
    INSERT INTO job_data VALUES (1, 1, 'x', 'q'), (2, 1, 'y', NULL), (3, 2, '5', NULL), (4, NULL, 'x', NULL)`;

  function filled(): TemporarySite {
    const created = temporarySite();
    created.write(JOB_DATA, rows);
    return created;
  }
  const ids = async (created: TemporarySite, query: Partial<TableQuery>) =>
    (await select(created, { table: "job_data", columns: ["id"], ...query })).map((row) => row.id);

  test("conditions all have to hold", async () => {
    const created = filled();
    expect(await ids(created, { where: [{ column: "run_id", is: "=", value: 1 }] })).toEqual([1, 2]);
    expect(
      await ids(created, {
        where: [
          { column: "run_id", is: "<=", value: 2 },
          { column: "name", is: "!=", value: "y" },
        ],
      }),
    ).toEqual([1, 3]);
    expect(await ids(created, { where: [{ column: "name", is: "in", values: ["y", 5] }] })).toEqual([2, 3]);
    expect(await ids(created, { where: [{ column: "name", is: "in", values: [] }] })).toEqual([]);
  });

  test("a number matches the text that a TEXT column made of it", async () => {
    expect(await ids(filled(), { where: [{ column: "name", is: "=", value: 5 }] })).toEqual([3]);
  });

  test("order and limit", async () => {
    const order = [{ column: "name", descending: true }, { column: "id" }];
    expect(await ids(filled(), { orderBy: order })).toEqual([2, 1, 4, 3]);
    expect(await ids(filled(), { orderBy: order, limit: 2 })).toEqual([2, 1]);
    expect(await ids(filled(), { limit: 0 })).toEqual([]);
  });

  test("a missing column reads null, orders nothing and matches nothing", async () => {
    const created = filled();
    expect(
      await select(created, { table: "job_data", columns: ["nope", "id"], orderBy: [{ column: "nope" }], limit: 1 }),
    ).toEqual([{ nope: null, id: 1 }]);
    expect(await ids(created, { where: [{ column: "nope", is: "!=", value: 1 }] })).toEqual([]);
    expect(await ids(created, { where: [{ column: "nope", is: "null" }] })).toEqual([1, 2, 3, 4]);
    expect(await ids(created, { where: [{ column: "run_id", is: "null" }] })).toEqual([4]);
  });

  test("names are only ever names", async () => {
    const created = filled();
    expect(await select(created, { table: "job_data", columns: ['a "b'], limit: 1 })).toEqual([{ 'a "b': "q" }]);
    expect(await select(created, { table: 'job_data"; DROP TABLE job_data; --', columns: ["id"] })).toEqual([]);
    expect(await ids(created, { where: [{ column: '1=1 OR "id', is: "=", value: 1 }] })).toEqual([]);
  });

  test("names do not differ by case", async () => {
    expect(await select(filled(), { table: "JOB_DATA", columns: ["ID", "Run_Id"], limit: 1 })).toEqual([
      { ID: 1, Run_Id: 1 },
    ]);
  });

  test("values come in the order of the query's columns", async () => {
    const values = await withSource(filled(), (source) =>
      source.selectValues({ table: "job_data", columns: ["name", "nope", "id"], limit: 2 }),
    );
    expect(values).toEqual([
      ["x", null, 1],
      ["y", null, 2],
    ]);
  });

  test("iterating gives what select gives, over many batches", async () => {
    const created = temporarySite();
    created.write(
      JOB_DATA,
      `CREATE TABLE job_data(id INTEGER PRIMARY KEY, name TEXT);
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3500)
       INSERT INTO job_data SELECT i, 'job' || (i % 7) FROM n`,
    );
    const query: TableQuery = {
      table: "job_data",
      columns: ["name", "id", "nope"],
      where: [{ column: "id", is: ">", value: 100 }],
      orderBy: [{ column: "name" }, { column: "id", descending: true }],
      limit: 3200,
    };
    const iterated = await withSource(created, (source) => collect(source.iterate(query)));
    expect(iterated).toHaveLength(3200);
    expect(iterated).toEqual(await select(created, query));
  });

  test("iterating holds no lock between batches: Autosubmit can write meanwhile", async () => {
    const created = temporarySite();
    const path = created.write(
      JOB_DATA,
      `CREATE TABLE job_data(id INTEGER PRIMARY KEY);
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) INSERT INTO job_data SELECT i FROM n`,
    );
    const seen = await withSource(created, async (source) => {
      const collected: unknown[] = [];
      for await (const row of source.iterate({ table: "job_data", columns: ["id"] })) {
        if (collected.push(row.id) === 1) {
          const writer = new Database(path, { timeout: 0 });
          writer.exec("DELETE FROM job_data WHERE id = 2400");
          writer.close();
        }
      }
      return collected;
    });
    expect(seen).toHaveLength(2499);
  });

  test("without an order rows come as they were inserted, although an index holds all their columns", async () => {
    const created = temporarySite();
    created.write(
      JOB_DATA,
      "CREATE TABLE t(name TEXT UNIQUE, other TEXT); INSERT INTO t VALUES ('b', 'x'), ('c', 'y'), ('a', 'z')",
    );
    const names = (await select(created, { table: "t", columns: ["name"] })).map((row) => row.name);
    expect(names).toEqual(["b", "c", "a"]);
  });

  test("a table without row numbers can be iterated", async () => {
    const created = temporarySite();
    created.write(JOB_DATA, "CREATE TABLE t(name TEXT PRIMARY KEY) WITHOUT ROWID; INSERT INTO t VALUES ('b'), ('a')");
    expect(await withSource(created, (source) => collect(source.iterate({ table: "t", columns: ["name"] })))).toEqual([
      { name: "a" },
      { name: "b" },
    ]);
  });

  test("a column named rowid hides nothing", async () => {
    const created = temporarySite();
    created.write(JOB_DATA, "CREATE TABLE t(rowid TEXT, _rowid_ TEXT, oid TEXT); INSERT INTO t VALUES ('a', 'b', 'c')");
    expect(
      await withSource(created, (source) => collect(source.iterate({ table: "t", columns: ["rowid", "oid"] }))),
    ).toEqual([{ rowid: "a", oid: "c" }]);
  });
});

describe("values", () => {
  test("types are those of the values, not of the columns", async () => {
    const created = temporarySite();
    created.write(
      JOB_DATA,
      `CREATE TABLE t(id INTEGER PRIMARY KEY, energy INTEGER, ncpus INTEGER, data);
       INSERT INTO t VALUES (1, 12.5, '16:32', x'00ff'), (2, '7', 'NaN', 9007199254740993)`,
    );
    expect(await select(created, { table: "t", columns: ["energy", "ncpus", "data"] })).toEqual([
      { energy: 12.5, ncpus: "16:32", data: Buffer.from([0, 255]) },
      { energy: 7, ncpus: "NaN", data: 9007199254740992 },
    ]);
  });

  test("text that is not UTF-8 is read as latin1, value by value", async () => {
    const created = temporarySite();
    created.write(
      JOB_DATA,
      `CREATE TABLE t(id INTEGER PRIMARY KEY, description TEXT, other TEXT);
       INSERT INTO t VALUES (1, CAST(x'53696d756c616369f36e' AS TEXT), 'Simulación'), (2, 'genuine \uFFFD', 'b')`,
    );
    const expected = [
      { description: "Simulación", other: "Simulación" },
      { description: "genuine \uFFFD", other: "b" },
    ];
    const query = { table: "t", columns: ["description", "other"] };
    expect(await select(created, query)).toEqual(expected);
    expect(await withSource(created, (source) => collect(source.iterate(query)))).toEqual(expected);
  });
});

describe("columns", () => {
  const many = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4500)
    INSERT INTO t SELECT -i, CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN i / 3.0 WHEN 2 THEN i ELSE 'a"' || char(0, i) END, i % 3 FROM n`;
  const table = "CREATE TABLE t(id INTEGER PRIMARY KEY, v, last TEXT); CREATE INDEX i ON t(last, v)";
  const queries: TableQuery[] = [
    { table: "t", columns: ["v", "nope", "last", "id"] },
    { table: "t", columns: ["v"], where: [{ column: "last", is: "=", value: 1 }] },
    { table: "t", columns: ["v"], where: [{ column: "last", is: "in", values: [1, 2] }] },
    { table: "t", columns: ["nope"] },
    { table: "t", columns: ["v", "id"], orderBy: [{ column: "last" }], limit: 7 },
    { table: "nope", columns: ["v"] },
  ];
  const odd = [
    ["", "nothing more"],
    ["INSERT INTO t VALUES (5, x'00ff', 1)", "a blob"],
    ["INSERT INTO t VALUES (5, CAST(x'53f36e22' AS TEXT), 1)", "text that is not UTF-8"],
    ["INSERT INTO t VALUES (5, 9e999, 1), (6, 9007199254740993, 1), (7, 0.1 + 0.2, 1)", "numbers at the edge"],
    ["INSERT INTO t VALUES (9223372036854775807, 1, 1), (-9223372036854775808, 2, 1)", "the outermost row numbers"],
  ] as const;

  test.each(odd)("are what rows are, over many pages (%s: %s)", async (sql) => {
    const created = temporarySite();
    created.write(JOB_DATA, `${table}; ${many}; ${sql}`);
    for (const query of queries) {
      const { rows, columns } = await withSource(created, async (source) => ({
        rows: await source.selectValues(query),
        columns: await source.selectColumns(query),
      }));
      expect(columns).toEqual(query.columns.map((_, column) => rows.map((row) => row[column])));
    }
  });

  test("are bounded as rows are", async () => {
    const letters = "INSERT INTO t VALUES (1, 'aaaa', 1), (2, 'bbbb', 1), (3, 'cccc', 1)";
    for (const limits of [{ rows: 2 }, { bytes: 11 }, { timeMs: 0 }]) {
      const created = temporarySite(limits);
      created.write(JOB_DATA, `${table}; ${letters}`);
      const reading = withSource(created, (source) => source.selectColumns({ table: "t", columns: ["v"] }));
      await expect(reading).rejects.toMatchObject({ code: "SOURCE_TOO_LARGE" });
    }
  });
});

describe("limits", () => {
  const letters =
    "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t(v) VALUES ('aaaa'), ('bbbb'), ('cccc')";
  const query = { table: "t", columns: ["v"] };

  test("too many rows are an error that names the database", async () => {
    const created = temporarySite({ rows: 2 });
    const path = created.write(JOB_DATA, letters);
    await expect(select(created, query)).rejects.toMatchObject({ code: "SOURCE_TOO_LARGE", path, expid: "a000" });
    await expect(withSource(created, (source) => collect(source.iterate(query)))).rejects.toMatchObject({
      code: "SOURCE_TOO_LARGE",
    });
  });

  test("too many bytes are an error", async () => {
    const created = temporarySite({ bytes: 11 });
    created.write(JOB_DATA, letters);
    await expect(select(created, query)).rejects.toMatchObject({ code: "SOURCE_TOO_LARGE" });
  });

  test("one value larger than the limit is an error, and is not loaded", async () => {
    const created = temporarySite({ valueBytes: 100_000 });
    created.write(JOB_DATA, `${letters}; INSERT INTO t(v) VALUES (zeroblob(200000))`);
    await expect(select(created, query)).rejects.toMatchObject({ code: "SOURCE_TOO_LARGE" });
  });

  test("a read that takes too long is given up, also while nothing matches", async () => {
    const created = temporarySite({ timeMs: 0 });
    created.write(JOB_DATA, letters);
    await expect(select(created, { ...query, where: [{ column: "v", is: "=", value: "z" }] })).rejects.toMatchObject({
      code: "SOURCE_TOO_LARGE",
    });
  });
});

describe("files that cannot be read", () => {
  const small = "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t(v) VALUES ('a')";
  const query = { table: "t", columns: ["v"] };

  test("a pipe, a folder or a device is refused without waiting", async () => {
    const created = temporarySite();
    const path = join(created.root, JOB_DATA);
    mkdirSync(dirname(path), { recursive: true });
    execFileSync("mkfifo", [path]);
    await expect(created.site.tables.open(LOCATION)).rejects.toMatchObject({
      code: "SOURCE_UNREADABLE",
      path,
      expid: "a000",
    });
    const other = temporarySite();
    mkdirSync(join(other.root, JOB_DATA), { recursive: true });
    await expect(other.site.tables.open(LOCATION)).rejects.toMatchObject({ code: "SOURCE_UNREADABLE" });
  });

  test.each(["-journal", "-wal", "-shm"])("a pipe in the place of %s is refused without waiting", async (ending) => {
    const created = temporarySite();
    execFileSync("mkfifo", [created.write(JOB_DATA, small) + ending]);
    await expect(created.site.tables.open(LOCATION)).rejects.toMatchObject({ code: "SOURCE_UNREADABLE" });
  });

  test("a file that is no database is corrupt", async () => {
    const created = temporarySite();
    const path = created.write(JOB_DATA, small);
    writeFileSync(path, "this is not a database, it is a text that goes on for a while ".repeat(20));
    await expect(select(created, query)).rejects.toMatchObject({ code: "SOURCE_CORRUPT", path });
  });

  test("a truncated database is corrupt", async () => {
    const created = temporarySite();
    const path = created.write(
      JOB_DATA,
      `${small}; INSERT INTO t(v) SELECT hex(randomblob(400)) FROM t, pragma_function_list`,
    );
    truncateSync(path, 8192 + 100);
    await expect(select(created, query)).rejects.toMatchObject({ code: "SOURCE_CORRUPT", path });
  });

  test("no permission is an error of its own", { skip: process.getuid?.() === 0 }, async () => {
    const created = temporarySite();
    chmodSync(created.write(JOB_DATA, small), 0);
    await expect(select(created, query)).rejects.toMatchObject({ code: "SOURCE_UNREADABLE" });
  });

  test("random damage gives rows or one of our errors", async () => {
    const created = temporarySite();
    const path = created.write(
      JOB_DATA,
      `${small}; INSERT INTO t(v) SELECT hex(randomblob(40)) FROM pragma_function_list`,
    );
    const whole = readFileSync(path);
    let state = 12345;
    const random = (below: number) => {
      state = (state * 1103515245 + 12345) % 2 ** 31;
      return state % below;
    };
    for (let round = 0; round < 300; round += 1) {
      const damaged = Buffer.from(whole);
      for (let change = 0; change < 8; change += 1) damaged[random(damaged.length)] = random(256);
      writeFileSync(path, damaged);
      const outcome = await select(created, query).catch((error: unknown) => error);
      if (!Array.isArray(outcome))
        expect(outcome).toMatchObject({ name: expect.stringMatching(/^(Autosubmit|Source)/), path });
    }
  });
});

describe("databases in use", () => {
  const small = "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t(v) VALUES ('a')";
  const query = { table: "t", columns: ["v"] };

  test("a short lock is waited for without blocking the process", async () => {
    const created = temporarySite();
    const writer = new Database(created.write(JOB_DATA, small));
    writer.exec("BEGIN EXCLUSIVE; UPDATE t SET v = 'b'");
    let ticks = 0;
    const ticking = setInterval(() => {
      ticks += 1;
    }, 5);
    setTimeout(() => writer.exec("COMMIT"), 100);
    expect(await select(created, query)).toEqual([{ v: "b" }]);
    clearInterval(ticking);
    writer.close();
    expect(ticks).toBeGreaterThan(1);
  });

  test("a long lock is a busy source", async () => {
    const created = temporarySite({ patienceMs: 300 });
    const path = created.write(JOB_DATA, small);
    const writer = new Database(path);
    writer.exec("BEGIN EXCLUSIVE");
    await expect(select(created, query)).rejects.toMatchObject({ code: "SOURCE_BUSY", path, expid: "a000" });
    writer.close();
  });

  test("a writer that hardly ever lets go is no reason to give up", async () => {
    const created = temporarySite();
    const path = created.write(JOB_DATA, small);
    const script = `const database = new (require(${JSON.stringify(createRequire(import.meta.url).resolve("better-sqlite3"))}))(${JSON.stringify(path)});
      const end = Date.now() + 1500;
      const write = () => {
        if (Date.now() > end) return;
        database.exec("UPDATE t SET v = v + 1");
        setTimeout(write, 1);
      };
      write();`;
    const writer = spawn(process.execPath, ["-e", script], { stdio: "ignore" });
    const ended = once(writer, "exit");
    let reads = 0;
    while (writer.exitCode === null) {
      expect(await select(created, query)).toHaveLength(1);
      reads += 1;
      await setImmediate();
    }
    expect((await ended)[0]).toBe(0);
    expect(reads).toBeGreaterThan(3);
  });

  test("a transaction that its writer never finished is a clear error, and is left alone", async () => {
    const created = temporarySite();
    const path = created.write("live.db", small);
    const writer = new Database(path);
    writer.pragma("cache_size = 1");
    writer.exec("BEGIN; INSERT INTO t(v) SELECT hex(randomblob(900)) FROM pragma_function_list");
    const target = created.write(JOB_DATA, "");
    copyFileSync(path, target);
    copyFileSync(`${path}-journal`, `${target}-journal`);
    writer.close();
    await expect(select(created, query)).rejects.toMatchObject({
      code: "SOURCE_UNREADABLE",
      message: expect.stringContaining("never finished"),
    });
    expect(readdirSync(dirname(target)).sort()).toEqual(["job_data_a000.db", "job_data_a000.db-journal"]);
  });

  test("a database in WAL mode is read with its log, and nothing is created beside it", async () => {
    const created = temporarySite();
    const path = created.write("live.db", small);
    const writer = new Database(path);
    writer.pragma("journal_mode = WAL");
    writer.exec("INSERT INTO t(v) VALUES ('in the log')");
    const target = created.write(JOB_DATA, "");
    copyFileSync(path, target);
    expect(await select(created, query)).toEqual([{ v: "a" }]);
    copyFileSync(`${path}-wal`, `${target}-wal`);
    expect(await select(created, query)).toEqual([{ v: "a" }, { v: "in the log" }]);
    expect(readdirSync(dirname(target)).sort()).toEqual(["job_data_a000.db", "job_data_a000.db-wal"]);
    writer.close();
  });

  test("a database in WAL mode that is open elsewhere is read in place", async () => {
    const created = temporarySite();
    const path = created.write(JOB_DATA, small);
    const writer = new Database(path);
    writer.pragma("journal_mode = WAL");
    writer.exec("INSERT INTO t(v) VALUES ('in the log')");
    expect(await select(created, query)).toEqual([{ v: "a" }, { v: "in the log" }]);
    writer.exec("INSERT INTO t(v) VALUES ('more')");
    expect(await select(created, query)).toHaveLength(3);
    writer.close();
    expect(readdirSync(dirname(path))).toEqual(["job_data_a000.db"]);
  });
});

describe("fingerprints", () => {
  test("change with the file, its log and its journal, and only then", async () => {
    const created = temporarySite();
    const path = created.write(JOB_DATA, "CREATE TABLE t(id)");
    const seen = new Set<string | null>();
    const look = async () => seen.add(await created.site.tables.fingerprint(LOCATION)).size;
    expect(await look()).toBe(1);
    expect(await look()).toBe(1);
    utimesSync(path, new Date(), new Date(1_700_000_000_000));
    expect(await look()).toBe(2);
    writeFileSync(`${path}-wal`, "x");
    expect(await look()).toBe(3);
    writeFileSync(`${path}-journal`, "");
    expect(await look()).toBe(4);
  });
});
