import { createHash } from "node:crypto";
import { findPostgresPrograms, type PostgresServer, startPostgresServer } from "@autosubmit-api/fixtures";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { AutosubmitReadError } from "../../src/errors.js";
import { PostgresTableProvider } from "../../src/tables/postgres.js";
import type { PostgresLimits } from "../../src/tables/postgres-pool.js";
import type { TableLocation, TableQuery, TableSource } from "../../src/tables/table-source.js";

const programs = findPostgresPrograms();
if (programs === null) console.log("No PostgreSQL server on this machine: its reader is not tested.");
const HISTORY = { database: "job-data", expid: "0a00" } as const;

describe.skipIf(programs === null)("tables in PostgreSQL", () => {
  let server: PostgresServer;
  let url: string;
  const clients: pg.Client[] = [];

  beforeAll(async () => {
    if (programs) server = await startPostgresServer(programs, { durable: true });
    url = await server.createDatabase();
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.end()));
    await execute('DROP SCHEMA IF EXISTS "0a00" CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  });
  afterAll(() => server?.drop());

  /** A session of another program, which stays open until the test ends. */
  async function session(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => undefined);
    await client.connect();
    clients.push(client);
    return client;
  }
  async function execute(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(sql);
    await client.end();
  }
  const history = (sql: string) => execute(`CREATE SCHEMA IF NOT EXISTS "0a00"; SET search_path = "0a00"; ${sql}`);
  const provider = (limits: Partial<PostgresLimits> = {}, databaseConnectionUrl = url) =>
    new PostgresTableProvider({ databaseConnectionUrl }, { awayMs: 300, ...limits });

  async function withSource<T>(
    read: (source: TableSource) => Promise<T>,
    { location = HISTORY as TableLocation, limits = {} as Partial<PostgresLimits> } = {},
  ): Promise<T> {
    const source = await provider(limits).open(location);
    if (source === null) throw new Error("no database");
    return read(source);
  }
  const select = (query: TableQuery, limits: Partial<PostgresLimits> = {}) =>
    withSource((source) => source.selectValues(query), { limits });
  const failure = async (promise: Promise<unknown>): Promise<AutosubmitReadError> => {
    const error = await promise.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(AutosubmitReadError);
    return error as AutosubmitReadError;
  };

  describe("what is there", () => {
    test("an experiment without a schema has no databases", async () => {
      const tables = provider();
      for (const database of ["job-data", "job-list", "structure", "old-structure", "user-metrics"] as const) {
        expect(await tables.open({ database, expid: "0a00" })).toBeNull();
        expect(await tables.fingerprint({ database, expid: "0a00" })).toBeNull();
        expect(await tables.modifiedAt({ database, expid: "0a00" })).toBeNull();
      }
      expect(await tables.fingerprint({ database: "job-list-pickle", expid: "0a00" })).toBeNull();
      expect(await tables.fingerprint({ database: "main" })).toBeNull();
    });

    test("a view is no table, and a function that a schema brings along is never called", async () => {
      await history(`CREATE TABLE bait(x int);
        CREATE FUNCTION trap() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'called'; END $$;
        CREATE VIEW job_data AS SELECT trap() AS id`);
      expect(await provider().open(HISTORY)).toBeNull();
      await history(`DROP VIEW job_data; CREATE TABLE job_data (id int);
        INSERT INTO job_data VALUES (1); ALTER TABLE job_data ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY p ON job_data USING (trap() > 0)`);
      expect(await select({ table: "job_data", columns: ["id"] })).toEqual([[1]]);
    });

    test("names are what they are, whatever letters they have", async () => {
      await history(
        `CREATE TABLE job_data ("MaxRSS" float, "we""ird; --" text); INSERT INTO job_data VALUES (1.5, 'x')`,
      );
      const query = { table: "job_data", columns: ["maxrss", 'we"ird; --', "absent"] };
      expect(await select(query)).toEqual([[1.5, "x", null]]);
      expect(await withSource((source) => source.columns("job_data"))).toEqual(["MaxRSS", 'we"ird; --']);
    });
  });

  describe("values and rows", () => {
    test("come as they come from SQLite", async () => {
      await history(`CREATE TABLE job_data (id int, big bigint, huge bigint, real float, yes boolean, bytes bytea, t text, n text);
        INSERT INTO job_data VALUES (1, 20260701090000, 9007199254740993, 1.25, true, '\\x00ff', 'ñ', NULL)`);
      const columns = ["id", "big", "huge", "real", "yes", "bytes", "t", "n"];
      expect(await select({ table: "job_data", columns })).toEqual([
        [1, 20260701090000, 9007199254740993n, 1.25, 1, Buffer.from([0, 255]), "ñ", null],
      ]);
      expect(await withSource((source) => source.selectColumns({ table: "job_data", columns: ["id", "t"] }))).toEqual([
        [1],
        ["ñ"],
      ]);
    });

    test("are found and ordered as in SQLite", async () => {
      await history(`CREATE TABLE job_data (id int, name text, last int);
        INSERT INTO job_data VALUES (3, 'b', 1), (1, 'B', NULL), (2, 'a', 0), (4, NULL, 1)`);
      const ids = async (query: Omit<TableQuery, "table" | "columns">) =>
        (await select({ table: "job_data", columns: ["id"], ...query })).flat();
      expect(await ids({})).toEqual([3, 1, 2, 4]);
      expect(await ids({ orderBy: [{ column: "name" }] })).toEqual([4, 1, 2, 3]);
      expect(await ids({ orderBy: [{ column: "name", descending: true }] })).toEqual([3, 2, 1, 4]);
      expect(await ids({ where: [{ column: "last", is: "!=", value: 1 }] })).toEqual([2]);
      expect(await ids({ where: [{ column: "last", is: "null" }] })).toEqual([1]);
      expect(await ids({ where: [{ column: "id", is: "in", values: [4, 3, "x"] }] })).toEqual([3, 4]);
      expect(await ids({ where: [{ column: "id", is: "=", value: "no number" }] })).toEqual([]);
      expect(await ids({ where: [{ column: "id", is: "=", value: 1.5 }] })).toEqual([]);
      expect(await ids({ where: [{ column: "name", is: "=", value: "a' OR '1'='1" }] })).toEqual([]);
      expect(await ids({ where: [{ column: "absent", is: "=", value: 1 }] })).toEqual([]);
      expect(await ids({ limit: 2 })).toEqual([3, 1]);
    });

    test("long tables come in batches, each once", async () => {
      await history(
        "CREATE TABLE job_data (id serial PRIMARY KEY, t text); INSERT INTO job_data (t) SELECT g::text FROM generate_series(1, 2500) g",
      );
      const seen = await withSource(async (source) => {
        const rows: unknown[] = [];
        for await (const row of source.iterate({ table: "job_data", columns: ["t"], orderBy: [{ column: "id" }] })) {
          rows.push(row.t);
          if (rows.length === 10) await history("DELETE FROM job_data WHERE id = 1500");
        }
        return rows;
      });
      expect(seen).toHaveLength(2499);
      expect(seen.slice(0, 2)).toEqual(["1", "2"]);
    });

    describe("of large tables, by columns", () => {
      const COLUMNS = ["id", "big", "real", "yes", "absent", "t", "ncpus", "n"];
      const fill = (big: string, t: string) =>
        history(`CREATE TABLE job_data (id int PRIMARY KEY, big bigint, real float, yes boolean, t text, ncpus text, n numeric);
          INSERT INTO job_data SELECT g, ${big}, CASE g % 4 WHEN 0 THEN 'NaN' WHEN 1 THEN '-Infinity' WHEN 2 THEN 1.5e300 END,
            g % 2 = 0, ${t}, CASE g % 3 WHEN 0 THEN '16:32' WHEN 1 THEN '48' END, g / 8.0 FROM generate_series(1, 6000) g;
          UPDATE job_data SET big = 0 WHERE id % 1000 = 1`);
      const ODD_TEXT = `repeat('x', g % 40) || E'"\\\\\n\t\u0001ñ€🛰' || g`;
      const bothWays = async (query: Partial<TableQuery>, limits: Partial<PostgresLimits> = {}) =>
        withSource(
          async (source) => {
            const whole = { table: "job_data", columns: COLUMNS, ...query };
            const rows = await source.selectValues(whole);
            const byColumn = whole.columns.map((_, column) => rows.map((row) => row[column]));
            return [byColumn, await source.selectColumns(whole)] as const;
          },
          { limits },
        );

      test.each<[string, Partial<TableQuery>]>([
        ["all rows", {}],
        ["a condition", { where: [{ column: "yes", is: "null" }] }],
        [
          "other conditions",
          {
            where: [
              { column: "t", is: "!=", value: "no" },
              { column: "big", is: ">", value: 0 },
            ],
          },
        ],
        ["a condition on an index", { where: [{ column: "id", is: "in", values: [5999, 7, 1] }] }],
        ["an order", { orderBy: [{ column: "t", descending: true }] }],
        ["an order and a limit", { orderBy: [{ column: "big" }, { column: "id" }], limit: 5000 }],
        ["some columns twice", { columns: ["t", "id", "t"] }],
        ["no column that is there", { columns: ["absent"] }],
        ["no row", { where: [{ column: "big", is: "<", value: 0 }] }],
      ])("are the same as by rows: %s", async (_, query) => {
        await fill("g * 1000000007::bigint", ODD_TEXT);
        const [rows, columns] = await bothWays(query);
        expect(columns).toEqual(rows);
      });

      test("are the same where JSON cannot tell them", async () => {
        await fill("9007199254740993 + g", ODD_TEXT);
        const [rows, columns] = await bothWays({});
        expect(columns).toEqual(rows);
        expect(columns[1]?.[1]).toBe(9007199254740996n);
      });

      test("are refused as by rows when they are too many or too large", async () => {
        await fill("g", ODD_TEXT);
        const read = (limits: Partial<PostgresLimits>) =>
          withSource((source) => source.selectColumns({ table: "job_data", columns: COLUMNS }), { limits });
        expect((await failure(read({ rows: 5_999 }))).code).toBe("SOURCE_TOO_LARGE");
        expect((await failure(read({ bytes: 50_000 }))).code).toBe("SOURCE_TOO_LARGE");
        expect((await failure(read({ valueBytes: 40 }))).code).toBe("SOURCE_TOO_LARGE");
        expect((await read({ rows: 6_000 }))[0]).toHaveLength(6_000);
      });
    });

    test("bytes come whole, beside other columns, whatever they are", async () => {
      await execute(`CREATE TABLE job_pkl (expid text PRIMARY KEY, pkl bytea, modified text);
        INSERT INTO job_pkl SELECT e, (SELECT string_agg(decode(md5(e || g), 'hex'), '') FROM generate_series(1, 40000) g),
          '2026\\''07' FROM unnest(ARRAY['0a00', 'odd\\''; --']) e;
        INSERT INTO job_pkl VALUES ('none', NULL, NULL), ('void', '', 'x')`);
      const location = { database: "job-list-pickle", expid: "0a00" } as const;
      const read = async (expid: string, limits: Partial<PostgresLimits> = {}) => {
        const where = [{ column: "expid", is: "=", value: expid }] as const;
        const query = { table: "job_pkl", columns: ["modified", "pkl", "absent"], where };
        return withSource((source) => source.selectValues(query), { location, limits });
      };
      for (const expid of ["0a00", "odd\\'; --"]) {
        const hashes = Array.from({ length: 40_000 }, (_, index) => createHash("md5").update(`${expid}${index + 1}`));
        const bytes = Buffer.concat(hashes.map((hash) => hash.digest()));
        const [[modified, pkl, absent] = []] = await read(expid);
        expect([modified, pkl instanceof Buffer && pkl.equals(bytes), absent]).toEqual(["2026\\'07", true, null]);
      }
      expect(await read("none")).toEqual([[null, null, null]]);
      expect(await read("void")).toEqual([["x", Buffer.alloc(0), null]]);
      expect(await read("absent")).toEqual([]);
      expect((await failure(read("0a00", { valueBytes: 1000 }))).code).toBe("SOURCE_TOO_LARGE");
      expect((await failure(read("0a00", { bytes: 1000 }))).code).toBe("SOURCE_TOO_LARGE");
    });

    test("more than a read may cost is refused", async () => {
      await history(`CREATE TABLE job_data (id int, t text);
        INSERT INTO job_data SELECT g, repeat('x', 100) FROM generate_series(1, 1000) g`);
      const query = { table: "job_data", columns: ["id", "t"] };
      expect((await failure(select(query, { rows: 999 }))).code).toBe("SOURCE_TOO_LARGE");
      expect((await failure(select(query, { bytes: 50_000 }))).code).toBe("SOURCE_TOO_LARGE");
      expect((await failure(select(query, { valueBytes: 99 }))).code).toBe("SOURCE_TOO_LARGE");
      expect(await select(query)).toHaveLength(1000);
    });
  });

  describe("fingerprints", () => {
    test("change with every change of the table, and with no other", async () => {
      await history("CREATE TABLE job_data (id int, t text); INSERT INTO job_data VALUES (1, 'a'), (2, 'b')");
      await execute("CREATE TABLE elsewhere (x int)");
      const tables = provider();
      let last = await tables.fingerprint(HISTORY);
      expect(last).not.toBeNull();
      for (const sql of [
        "INSERT INTO job_data VALUES (3, 'c')",
        "UPDATE job_data SET t = 'z' WHERE id = 1",
        "UPDATE job_data SET t = t WHERE id = 1",
        "DELETE FROM job_data WHERE id = 3",
        "DELETE FROM job_data WHERE id = 2; INSERT INTO job_data VALUES (2, 'b')",
        "ALTER TABLE job_data ADD COLUMN u text",
        "TRUNCATE job_data",
        "DROP TABLE job_data; CREATE TABLE job_data (id int)",
        "CREATE TABLE experiment_run (run_id int)",
      ]) {
        await history(sql);
        const now = await tables.fingerprint(HISTORY);
        expect(now, sql).not.toBe(last);
        await execute("INSERT INTO elsewhere VALUES (1)");
        await history("CREATE TABLE IF NOT EXISTS user_metrics (x int); INSERT INTO user_metrics VALUES (1)");
        expect(await tables.fingerprint(HISTORY), sql).toBe(now);
        last = now;
      }
    });

    test("tell a change of a session that began before them", async () => {
      await history("CREATE TABLE job_data (id int)");
      const tables = provider();
      const early = await session();
      await early.query('BEGIN; INSERT INTO "0a00".job_data VALUES (1)');
      await history("INSERT INTO job_data VALUES (2)");
      const before = await tables.fingerprint(HISTORY);
      expect(await tables.fingerprint(HISTORY)).toBe(before);
      await early.query("COMMIT");
      expect(await tables.fingerprint(HISTORY)).not.toBe(before);
    });

    describe("of large tables", () => {
      const large = () => provider({ lookBytes: 50_000 });
      const looks = async () => {
        const other = await session();
        const sql = `SELECT pg_stat_force_next_flush(), seq_scan::int AS n FROM pg_stat_all_tables WHERE relname = 'job_data'`;
        return (await other.query(sql)).rows[0].n as number;
      };
      const fill = () =>
        history(
          "CREATE TABLE job_data (id int, t text); INSERT INTO job_data SELECT g, 'x' FROM generate_series(1, 5000) g",
        );

      test("are not looked for in the rows while other tables change", async () => {
        await fill();
        await execute("CREATE TABLE elsewhere (x int)");
        const tables = large();
        const before = await tables.fingerprint(HISTORY);
        const asked = performance.now();
        const looksBefore = await looks();
        for (let change = 0; change < 20; change += 1) {
          await execute("INSERT INTO elsewhere VALUES (1)");
          expect(await tables.fingerprint(HISTORY)).toBe(before);
        }
        // On a busy machine, the time for a look of the background may come.
        expect((await looks()) - looksBefore).toBeLessThanOrEqual(Math.floor((performance.now() - asked) / 2_000) + 1);
      });

      test("change at once with a change of a session that ends", async () => {
        await fill();
        const tables = large();
        for (const sql of ["UPDATE job_data SET t = 'y' WHERE id = 77", "DELETE FROM job_data WHERE id = 78"]) {
          const before = await tables.fingerprint(HISTORY);
          await history(sql);
          await expect.poll(() => tables.fingerprint(HISTORY), { timeout: 1_500, interval: 20 }).not.toBe(before);
        }
      });

      test("change within seconds with changes that the server counts late, also when nothing else happens", async () => {
        await fill();
        const writer = await session();
        const write = () => writer.query('UPDATE "0a00".job_data SET t = t WHERE id = 5');
        // Counted at once; the next one within a second is not.
        await write();
        const tables = large();
        const before = await tables.fingerprint(HISTORY);
        await write();
        await expect.poll(() => tables.fingerprint(HISTORY), { timeout: 8_000, interval: 250 }).not.toBe(before);
        const after = await tables.fingerprint(HISTORY);
        expect(await tables.fingerprint(HISTORY)).toBe(after);
      });
    });

    test("of a pickle follow its row and no other", async () => {
      const of = (expid: string) => ({ database: "job-list-pickle", expid }) as const;
      const tables = provider();
      expect(await tables.fingerprint(of("0a00"))).toBeNull();
      await execute(`CREATE TABLE job_pkl (expid text PRIMARY KEY, pkl bytea, modified text);
        INSERT INTO job_pkl VALUES ('0a00', '\\x80', '2026-07-01 09:00:00.5'), ('a001', '\\x80', '2026-07-01 09:00:00')`);
      const before = await tables.fingerprint(of("0a00"));
      expect(before).not.toBeNull();
      await execute("UPDATE job_pkl SET pkl = '\\x8004' WHERE expid = 'a001'");
      expect(await tables.fingerprint(of("0a00"))).toBe(before);
      await execute("UPDATE job_pkl SET pkl = '\\x8004' WHERE expid = '0a00'");
      expect(await tables.fingerprint(of("0a00"))).not.toBe(before);
      expect(await tables.modifiedAt(of("0a00"))).toBe(new Date(2026, 6, 1, 9).getTime() / 1000 + 0.5);
      expect(await tables.sizeBytes(of("0a00"))).toBe(2);
    });
  });

  describe("when the server makes trouble", () => {
    test("a locked table is busy, and nothing is waited for longer than told", async () => {
      await history("CREATE TABLE job_data (id int)");
      const other = await session();
      await other.query('BEGIN; LOCK TABLE "0a00".job_data');
      const error = await failure(select({ table: "job_data", columns: ["id"] }, { lockMs: 200 }));
      expect(error.code).toBe("SOURCE_BUSY");
      expect(error.message).toContain("is locked by another session");
    });

    test("a read that takes too long is ended", async () => {
      await history("CREATE TABLE job_data (id int); INSERT INTO job_data SELECT g FROM generate_series(1, 500000) g");
      const query = { table: "job_data", columns: ["id"], orderBy: [{ column: "id", descending: true }] };
      expect((await failure(select(query, { timeMs: 20 }))).code).toBe("SOURCE_BUSY");
    });

    test("a restart is not noticed, and an absent server is named without user and password", async () => {
      await history("CREATE TABLE job_data (id int); INSERT INTO job_data VALUES (1)");
      const tables = provider({ awayMs: 20_000 });
      const read = async () => (await tables.open(HISTORY))?.selectValues({ table: "job_data", columns: ["id"] });
      const before = await tables.fingerprint(HISTORY);
      expect(await read()).toEqual([[1]]);
      await server.stop("immediate");
      const impatient = await failure(provider({ awayMs: 50 }).fingerprint(HISTORY));
      expect(impatient.code).toBe("SOURCE_UNAVAILABLE");
      expect(`${impatient.message} ${impatient.path} ${impatient.stack}`).not.toMatch(/autosubmit:|secret-of/);
      const patient = read();
      await server.start();
      expect(await patient).toEqual([[1]]);
      expect(await tables.fingerprint(HISTORY)).toBe(before);
    });

    test("no more connections are made than told, and a full server is waited for", async () => {
      await history("CREATE TABLE job_data (id int); INSERT INTO job_data VALUES (1)");
      const tables = provider({ connections: 2, awayMs: 5_000 });
      const source = await tables.open(HISTORY);
      const many = Array.from({ length: 50 }, () => source?.selectValues({ table: "job_data", columns: ["id"] }));
      expect(await Promise.all(many)).toHaveLength(50);
      const other = await session();
      const sql =
        "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'autosubmit-reader' AND datname = current_database()";
      expect((await other.query(sql)).rows[0].n).toBeLessThanOrEqual(14);
    });

    test("a wrong login, a missing database and a URL of something else are told apart", async () => {
      const wrong = url.replace(/:[^:@]*@/, ":no-such-password@");
      const error = await failure(provider({}, wrong).open(HISTORY));
      expect(error.code).toBe("SOURCE_UNREADABLE");
      expect(`${error.message} ${error.stack}`).not.toContain("no-such-password");
      expect((await failure(provider({}, `${url}_none`).open(HISTORY))).code).toBe("SOURCE_UNREADABLE");
      expect(() => provider({}, "mysql://ann:pw@h/d")).toThrow(/connection_url/);
    });

    test("only texts that are the same for all experiments stay prepared", async () => {
      const { postgresPool } = await import("../../src/tables/postgres-pool.js");
      const limits = {
        rows: 9,
        bytes: 99,
        valueBytes: 99,
        timeMs: 5_000,
        lockMs: 100,
        awayMs: 100,
        lookBytes: 1,
        connections: 1,
      };
      const reads = postgresPool(url, limits);
      const tables = new PostgresTableProvider({ databaseConnectionUrl: url }, limits, reads);
      for (let experiment = 0; experiment < 20; experiment += 1) {
        const expid = `a0${10 + experiment}`;
        await execute(`CREATE SCHEMA "${expid}" CREATE TABLE job_data (id int)`);
        await tables.fingerprint({ database: "job-data", expid });
        await (await tables.open({ database: "job-data", expid }))?.select({ table: "job_data", columns: ["id"] });
        await execute(`DROP SCHEMA "${expid}" CASCADE`);
      }
      const names: unknown[] = [];
      await reads.read(
        { text: "SELECT name FROM pg_prepared_statements ORDER BY name", values: [] },
        ([name]) => names.push(name) > 0,
      );
      expect(names).toEqual(["autosubmit_state", "autosubmit_tables"]);
    });

    test("nothing can be written through a reader's session", async () => {
      await history("CREATE TABLE job_data (id int)");
      const { postgresPool } = await import("../../src/tables/postgres-pool.js");
      const limits = {
        rows: 1,
        bytes: 1,
        valueBytes: 1,
        timeMs: 1_000,
        lockMs: 100,
        awayMs: 100,
        lookBytes: 1,
        connections: 1,
      };
      const insert = postgresPool(url, limits).read(
        { text: 'INSERT INTO "0a00".job_data VALUES (1)', values: [] },
        () => true,
      );
      await expect(insert).rejects.toMatchObject({ code: "25006" });
    });
  });
});
