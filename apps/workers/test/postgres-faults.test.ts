import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { databaseFiles, tableImport } from "@autosubmit-api/db";
import { findPostgresPrograms, type PostgresServer, startPostgresServer } from "@autosubmit-api/fixtures";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporarySite } from "./support/temporary-site.js";
import { runTask, testWorker } from "./support/worker.js";

const programs = findPostgresPrograms();
const EXPERIMENTS = 40;

describe.skipIf(programs === null)("workers on a PostgreSQL server", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    if (programs) server = await startPostgresServer(programs, { durable: true, settings: { max_connections: "30" } });
  });
  afterAll(() => server?.drop());

  /** A site whose main tables are on the server. */
  async function site() {
    const { root, configurationFile } = temporarySite(EXPERIMENTS);
    const url = await server.createDatabase();
    const { main } = databaseFiles({ dbDir: root, dbFile: "autosubmit.db", localRootDir: root });
    const tables = tableImport(url);
    await tables.prepare();
    for (const table of ["experiment", "db_version"]) await tables.copyTable(main, table, { schema: "public", table });
    const text = readFileSync(configurationFile, "utf8");
    writeFileSync(
      configurationFile,
      text.replace("[database]", `[database]\nbackend = postgres\nconnection_url = ${url}`),
    );
    const ask = async <Row extends object>(sql: string) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query<Row>(sql);
      await client.end();
      return rows;
    };
    return { configurationFile, ask, url };
  }

  it("share a cycle between two, each experiment once", async () => {
    const { configurationFile, ask } = await site();
    const [one, two] = await Promise.all(
      ["w1", "w2"].map((name) => testWorker(configurationFile, { name, patienceMs: 20_000 })),
    );
    if (!one || !two) throw new Error("two workers were expected");
    await Promise.all([
      runTask(one, "update-experiment-status"),
      runTask(two, "update-experiment-status").catch(() => undefined),
    ]);
    const cycles = await ask<{ experiments: number; examined: number; finished_at: string | null }>(
      "SELECT experiments, examined, finished_at FROM worker_cycles",
    );
    for (const cycle of cycles) expect(cycle).toMatchObject({ experiments: EXPERIMENTS, examined: EXPERIMENTS });
    expect(await ask("SELECT count(*)::int AS n FROM experiment_status")).toEqual([{ n: EXPERIMENTS }]);
  });

  it("finish a cycle during which a table was locked and no connection was to be had", async () => {
    const { configurationFile, ask, url } = await site();
    const worker = await testWorker(configurationFile, { patienceMs: 30_000 });
    const open = async () => {
      const client = new pg.Client({ connectionString: url });
      client.on("error", () => undefined);
      await client.connect();
      return client;
    };
    const holder = await open();
    await holder.query("BEGIN; LOCK TABLE details, experiment");
    const running = runTask(worker, "update-experiment-details");
    await sleep(1_500);
    const others: pg.Client[] = [];
    const takeAll = async () => {
      for (;;) others.push(await open());
    };
    await expect(takeAll()).rejects.toMatchObject({ code: "53300" });
    await sleep(500);
    await holder.end();
    await sleep(500);
    await Promise.all(others.map((client) => client.end()));
    await running;
    expect(await ask("SELECT experiments, examined, failed FROM worker_cycles")).toEqual([
      { experiments: EXPERIMENTS, examined: EXPERIMENTS, failed: 0 },
    ]);
    expect(await ask("SELECT count(*)::int AS n FROM details")).toEqual([{ n: EXPERIMENTS }]);
  });

  it("finish a cycle during which the server was killed, with nothing counted twice", async () => {
    const { configurationFile, ask } = await site();
    const worker = await testWorker(configurationFile, { patienceMs: 30_000 });
    const running = runTask(worker, "update-experiment-details");
    await sleep(120);
    await server.stop("immediate");
    await sleep(3_000);
    await server.start();
    await running;
    expect(await ask("SELECT experiments, examined, failed FROM worker_cycles")).toEqual([
      { experiments: EXPERIMENTS, examined: EXPERIMENTS, failed: 0 },
    ]);
    expect(await ask("SELECT count(*)::int AS n, count(DISTINCT exp_id)::int AS different FROM details")).toEqual([
      { n: EXPERIMENTS, different: EXPERIMENTS },
    ]);
  });
});
