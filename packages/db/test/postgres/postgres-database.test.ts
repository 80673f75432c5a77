import { type PostgresServer, startPostgresServer } from "@autosubmit-api/fixtures";
import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/database.js";
import { graphLayoutRepository } from "../../src/graph-layouts.js";
import { DatabaseError, migrate } from "../../src/index.js";
import { postgresConnections } from "../../src/postgres/postgres-connections.js";
import { postgresDatabase } from "../../src/postgres/postgres-database.js";
import { programs } from "./postgres-system.js";

async function failure(promise: Promise<unknown>): Promise<DatabaseError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DatabaseError);
  return error as DatabaseError;
}

describe.skipIf(programs === null)("a PostgreSQL server", () => {
  let server: PostgresServer;
  let url: string;

  beforeAll(async () => {
    if (programs) server = await startPostgresServer(programs, { durable: true, settings: { max_connections: "12" } });
    url = await server.createDatabase();
    await other(`CREATE TABLE t(x integer PRIMARY KEY, y integer); INSERT INTO t VALUES (1, 0);
      CREATE TABLE autosubmit_api_commits (mark text PRIMARY KEY, made_at timestamptz NOT NULL)`);
  });
  afterAll(() => server?.drop());

  async function other(text: string, connectionUrl = url): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: connectionUrl });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }
  const database = (patienceMs = 10_000, connectionUrl = url): Database =>
    postgresDatabase(postgresConnections(connectionUrl), "api", { patienceMs });
  const add = (to: Database) => to.write(async (queries) => queries.run(sql`UPDATE t SET y = y + 1`));
  const value = async () => ((await other("SELECT y FROM t WHERE x = 1")) as { y: number }[])[0]?.y;

  it("makes the changes of a transaction take effect together or not at all", async () => {
    const attempt = database().write(async (queries) => {
      await queries.run(sql`INSERT INTO t VALUES (2)`);
      throw new TypeError("stop here");
    });
    await expect(attempt).rejects.toThrow(TypeError);
    expect(await other("SELECT x FROM t")).toEqual([{ x: 1 }]);
  });

  it("lets no query of a read change anything", async () => {
    expect((await failure(database().read(async (queries) => queries.run(sql`DELETE FROM t`)))).code).toBe(
      "DATABASE_READ_ONLY",
    );
  });

  it("orders changes of many at once, and loses none", async () => {
    const before = Number(await value());
    await Promise.all(Array.from({ length: 40 }, () => add(database())));
    expect(await value()).toBe(before + 40);
  });

  it("tries again when another program added the same row at the same moment", async () => {
    let attempts = 0;
    await database().write(async (queries) => {
      attempts += 1;
      if (attempts === 1) await other("INSERT INTO t VALUES (7, 0)");
      await queries.run(attempts === 1 ? sql`INSERT INTO t VALUES (7, 0)` : sql`DELETE FROM t WHERE x = 7`);
    });
    expect(attempts).toBe(2);
  });

  it("waits for a table that is locked, and says so when its patience ends", async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query("BEGIN; LOCK TABLE t");
    const error = await failure(add(database(500)));
    expect(error.code).toBe("DATABASE_BUSY");
    expect(error.message).toContain("is locked by another session");
    const patient = add(database());
    await client.query("COMMIT");
    await client.end();
    await patient;
  });

  it("says which table is missing, and what to do about it", async () => {
    const error = await failure(database().read(async (queries) => queries.all(sql`SELECT * FROM worker_tasks`)));
    expect(error.code).toBe("DATABASE_FOREIGN");
    expect(error.message).toContain('has no table "worker_tasks": run "autosubmit-api migrate"');
  });

  it("names neither user nor password when the login is refused or the server is away", async () => {
    const wrong = url.replace(/:[^:@]*@/, ":no-such-password@");
    const nowhere = url.replace(/:\d+\//, ":1/");
    for (const [place, code] of [
      [wrong, "DATABASE_UNREADABLE"],
      [nowhere, "DATABASE_UNAVAILABLE"],
      [`${url}_none`, "DATABASE_MISSING"],
    ] as const) {
      const error = await failure(add(database(100, place)));
      expect(error.code).toBe(code);
      expect(`${error.message} ${error.path} ${error.stack}`).not.toMatch(/no-such-password|secret-of|autosubmit:/);
    }
    expect((await failure(migrate({ connectionUrl: nowhere }, { patienceMs: 50 }))).code).toBe("DATABASE_UNAVAILABLE");
  });

  it("goes on after the server was killed during changes, with none lost and none made twice", async () => {
    const before = Number(await value());
    const changes = Array.from({ length: 60 }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * 4));
      await add(database(20_000));
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server.stop("immediate");
    await new Promise((resolve) => setTimeout(resolve, 300));
    await server.start();
    await Promise.all(changes);
    expect(await value()).toBe(before + 60);
  });

  it("wakes who waits for news when a change takes effect, and only then", async () => {
    const waiting = database();
    const changing = postgresDatabase(postgresConnections(`${url}?application_name=other`), "api", {
      patienceMs: 5_000,
    });
    const announce = (then?: Error) =>
      changing.write(async (queries) => {
        await changing.announce(queries);
        if (then) throw then;
      });
    // The first calls only wait a moment: nobody listens yet.
    const until = performance.now() + 1_500;
    while (performance.now() < until) await waiting.news(50);
    const startedAt = performance.now();
    const news = waiting.news(20_000).then(() => performance.now() - startedAt);
    await expect(announce(new TypeError("never mind"))).rejects.toThrow(TypeError);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await announce();
    const tookMs = await news;
    expect(tookMs).toBeGreaterThan(290);
    expect(tookMs).toBeLessThan(10_000);
    // What came while nobody waited is known at once.
    await announce();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const again = performance.now();
    await waiting.news(20_000);
    expect(performance.now() - again).toBeLessThan(5_000);
  });

  it("lets nobody wait for long when the server is away, and listens again when it is back", async () => {
    await server.stop("immediate");
    const startedAt = performance.now();
    for (let call = 0; call < 3; call += 1) await database().news(20_000);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    await server.start();
    const until = performance.now() + 1_500;
    while (performance.now() < until) await database().news(50);
    const news = database().news(20_000);
    const changing = database();
    await changing.write((queries) => changing.announce(queries));
    await news;
  });

  it("asks the server what became of a change whose commit was not confirmed", async () => {
    const before = Number(await value());
    const connections = postgresConnections(url);
    let sabotaged = false;
    const unreliable = postgresDatabase(
      {
        news: (channel, withinMs) => connections.news(channel, withinMs),
        label: "unreliable",
        connect: async () => {
          const connection = await connections.connect();
          return {
            release: (broken) => connection.release(broken),
            query: async (statement) => {
              const result = await connection.query(statement);
              if (statement.text !== "COMMIT" || sabotaged) return result;
              sabotaged = true;
              throw new Error("Connection terminated unexpectedly");
            },
          };
        },
      },
      "api",
      { patienceMs: 5_000 },
    );
    await add(unreliable);
    expect(sabotaged).toBe(true);
    expect(await value()).toBe(before + 1);
  });

  it("waits for a free place when the server accepts no more connections", async () => {
    const clients: pg.Client[] = [];
    const ended = async () => Promise.all(clients.map((client) => client.end()));
    // Sessions that end are counted a moment longer: full is what stays full.
    for (let refused = 0; refused < 10; ) {
      const client = new pg.Client({ connectionString: url });
      client.on("error", () => undefined);
      const isIn = await client.connect().then(
        () => clients.push(client) > 0,
        () => false,
      );
      refused = isIn ? 0 : refused + 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const elsewhere = `${url}?application_name=full`;
    const error = await failure(add(database(300, elsewhere)));
    expect(error.code).toBe("DATABASE_UNAVAILABLE");
    expect(error.message).toContain("accepts no more connections");
    const patient = add(database(10_000, elsewhere));
    await ended();
    await patient;
  });

  it("keeps the drawing of an experiment in its schema", async () => {
    const layouts = graphLayoutRepository({ connectionUrl: url }, { expid: "0a00", path: "" });
    await layouts.replace([{ jobName: "0a00_SIM", x: -320, y: 150 }]);
    const jobs = Array.from({ length: 20_000 }, (_, index) => ({ jobName: `job_${index}`, x: index, y: 150 }));
    await Promise.all([layouts.replace(jobs), layouts.replace(jobs)]);
    expect(await other('SELECT count(*)::int AS n, max(id) AS last FROM "0a00".experiment_graph_draw')).toEqual([
      { n: 20_000, last: 20_000 },
    ]);
    await layouts.replace([]);
    expect(await other('SELECT * FROM "0a00".experiment_graph_draw')).toEqual([]);
  });
});
