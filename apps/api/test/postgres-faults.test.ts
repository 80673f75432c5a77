import { setTimeout as sleep } from "node:timers/promises";
import { findPostgresPrograms, type PostgresServer, startPostgresServer } from "@autosubmit-api/fixtures";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { moveToPostgres, postgresConfiguration } from "./support/postgres-site.js";
import { runCommand } from "./support/run-command.js";
import { startTestApi, type TestApi } from "./support/test-api.js";

const programs = findPostgresPrograms();
const PATHS = ["jobs", "runs", "wrappers", "filesystem-config"].map((name) => `/v4/experiments/a000/${name}`);

describe.skipIf(programs === null)("the API on a PostgreSQL server that fails", () => {
  let server: PostgresServer;
  let api: TestApi;
  let url: string;
  let bodies: Map<string, string>;

  beforeAll(async () => {
    if (programs) server = await startPostgresServer(programs, { durable: true, settings: { max_connections: "20" } });
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

  async function health() {
    const { statusCode, body: text } = await api.app.inject("/health/ready");
    const { checks } = JSON.parse(text) as { checks: Record<string, { status: string; detail: string }> };
    expect(text).not.toMatch(/autosubmit:|secret-of|127\.0\.0\.1/);
    const failing = Object.keys(checks).filter((name) => checks[name]?.status === "failing");
    return { statusCode, failing, text };
  }

  it("answers 503 with Retry-After while it is away, and as before when it is back", async () => {
    expect(await health()).toMatchObject({ statusCode: 200, failing: [] });
    await server.stop("immediate");
    const away = await health();
    expect([away.statusCode, away.failing]).toEqual([503, ["main_database"]]);
    expect(away.text).toContain("SOURCE_UNAVAILABLE");
    expect((await api.app.inject("/health/live")).statusCode).toBe(200);
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
    expect(await health()).toMatchObject({ statusCode: 200, failing: [] });
  });

  it("is told from a wrong file by the doctor, which names databases, not files", async () => {
    const environment = { AUTOSUBMIT_CONFIGURATION: postgresConfiguration(api.workspace.configurationFile, url) };
    const doctor = () => runCommand(["doctor"], api.root, { ...environment, PROTECTION_LEVEL: "NONE", TZ: "UTC" });
    const well = await doctor();
    expect(well.stdout).toContain("0 problems");
    expect(well.stdout).toMatch(/^ok +database api +postgresql:\/\/127\.0\.0\.1:\d+\/site_1 \(api\), reachable$/m);
    expect(well.stdout).toMatch(/^warning +secrets +every user of this machine may read .*, which holds a password$/m);
    expect(well.stdout).not.toMatch(/database folder|as_times\.db|autosubmit_api\.db/);
    const holder = await session();
    await holder.query("BEGIN; LOCK TABLE experiment");
    const locked = await doctor();
    await holder.end();
    expect(locked.stdout).toMatch(/^problem +main database .*locked by another session\n +-> .*pg_stat_activity/m);
    await server.stop("fast");
    const away = await doctor();
    await server.start();
    expect([away.status, away.stdout]).toEqual([
      1,
      expect.stringMatching(/^problem +main database .*cannot be reached\n +-> .*connection_url/m),
    ]);
    for (const { stdout } of [well, locked, away]) expect(stdout).not.toContain("secret-of");
  });

  it("waits for a free place when the server accepts no more connections, and says so after a moment", async () => {
    await server.stop("fast");
    await server.start();
    const clients: pg.Client[] = [];
    const takeAll = async () => {
      for (;;) clients.push(await session());
    };
    await expect(takeAll()).rejects.toMatchObject({ code: "53300" });
    const answer = await api.app.inject(PATHS[1] ?? "");
    expect([answer.statusCode, Number(answer.headers["retry-after"]) > 0]).toEqual([503, true]);
    await Promise.all(clients.map((client) => client.end()));
    await expectAll();
  });

  it("is given up in time when it hangs, and answers again when it goes on", async () => {
    const hasty = await startTestApi([{ expid: "a000", runs: 2 }], {
      move: async ({ root }) => moveToPostgres(root, await server.createDatabase()),
      timeoutMs: 2_000,
    });
    try {
      await hasty.get("/v4/experiments/a000/runs");
      const watcher = await session();
      const sql =
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'autosubmit-reader' AND datname <> current_database()";
      const { rows } = await watcher.query<{ pid: number }>(sql);
      expect(rows.length).toBeGreaterThan(0);
      for (const { pid } of rows) process.kill(pid, "SIGSTOP");
      const startedAt = performance.now();
      const { statusCode } = await hasty.app.inject("/v4/experiments/a000/runs");
      expect([503, 504]).toContain(statusCode);
      expect(performance.now() - startedAt).toBeLessThan(20_000);
      for (const { pid } of rows) process.kill(pid, "SIGCONT");
      await watcher.end();
      await hasty.get("/v4/experiments/a000/runs");
    } finally {
      await hasty.close();
    }
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
