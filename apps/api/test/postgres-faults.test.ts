import { setTimeout as sleep } from "node:timers/promises";
import { findPostgresPrograms, type PostgresServer, startPostgresServer } from "@autosubmit-api/fixtures";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { moveToPostgres } from "./support/postgres-site.js";
import { startTestApi, type TestApi } from "./support/test-api.js";

const programs = findPostgresPrograms();
const PATHS = ["jobs", "runs", "wrappers", "filesystem-config"].map((name) => `/v4/experiments/a000/${name}`);

describe.skipIf(programs === null)("the API on a PostgreSQL server that fails", () => {
  let server: PostgresServer;
  let api: TestApi;
  let url: string;
  let bodies: Map<string, string>;

  beforeAll(async () => {
    if (programs) server = await startPostgresServer(programs, { durable: true });
    url = await server.createDatabase();
    const experiments = ["a000", "a001"].map((expid) => ({ expid, runs: 2, wrappers: "real" as const }));
    api = await startTestApi(experiments, { move: ({ root }) => moveToPostgres(root, url) });
    bodies = new Map(await Promise.all(PATHS.map(async (path) => [path, await body(path)] as const)));
  });
  afterAll(async () => {
    await api?.close();
    await server?.drop();
  });

  async function body(path: string): Promise<string> {
    const answer = await api.app.inject(path);
    expect(`${path} ${answer.statusCode}`).toBe(`${path} 200`);
    return answer.body;
  }
  async function expectAll(): Promise<void> {
    for (const path of PATHS) expect(await body(path)).toBe(bodies.get(path));
  }
  async function session(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => undefined);
    await client.connect();
    return client;
  }

  it("answers 503 with Retry-After while it is away, and as before when it is back", async () => {
    await server.stop("immediate");
    for (const path of PATHS) {
      const answer = await api.app.inject(path);
      expect(answer.statusCode).toBe(503);
      expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
      expect(answer.body).toContain("cannot be reached");
      expect(answer.body).not.toMatch(/autosubmit:|secret-of/);
    }
    const old = await api.app.inject("/v3/runs/a000");
    expect([old.statusCode, old.json().error, Number(old.headers["retry-after"]) > 0]).toEqual([200, true, true]);
    await server.start();
    await expectAll();
  });

  it("gives whole answers or 503, never anything else, to requests during a crash", async () => {
    const statuses = new Map<number, number>();
    const asking = new AbortController();
    const askers = Array.from({ length: 4 }, async (_, index) => {
      for (let n = index; !asking.signal.aborted; n += 1) {
        const path = PATHS[n % PATHS.length] ?? "";
        const answer = await api.app.inject(path);
        statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1);
        if (answer.statusCode === 200) expect(answer.body).toBe(bodies.get(path));
      }
    });
    for (let crash = 0; crash < 3; crash += 1) {
      await sleep(150);
      await server.stop("immediate");
      await sleep(100);
      await server.start();
    }
    await sleep(150);
    asking.abort();
    await Promise.all(askers);
    expect([...statuses.keys()].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    await expectAll();
  });

  it("shows a change of a row at the next request, and of no other experiment", async () => {
    const client = await session();
    const path = "/v4/experiments/a000/runs";
    await client.query('UPDATE "a000".experiment_run SET start = start + 60 WHERE run_id = 2');
    expect(await body(path)).not.toBe(bodies.get(path));
    await client.query('UPDATE "a000".experiment_run SET start = start - 60 WHERE run_id = 2');
    expect(await body(path)).toBe(bodies.get(path));
    await client.end();
  });

  it("says that a locked table is busy, and goes on when it is free", async () => {
    const client = await session();
    await client.query('BEGIN; LOCK TABLE "a001".experiment_run');
    const answer = await api.app.inject("/v4/experiments/a001/runs");
    expect([answer.statusCode, answer.headers["retry-after"] !== undefined]).toEqual([503, true]);
    expect(answer.json().error_message).toContain("locked by another session");
    await client.query("COMMIT");
    await client.end();
    await body("/v4/experiments/a001/runs");
  });
});
