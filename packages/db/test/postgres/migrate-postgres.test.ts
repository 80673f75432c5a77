import { type PostgresServer, startPostgresServer } from "@autosubmit-api/fixtures";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrate } from "../../src/index.js";
import { POSTGRES_MIGRATIONS } from "../../src/postgres/embedded-postgres-migrations.js";
import { programs } from "./postgres-system.js";

const MAIN = `
  CREATE TABLE db_version (version SERIAL PRIMARY KEY); INSERT INTO db_version VALUES (1);
  CREATE TABLE experiment (id SERIAL PRIMARY KEY, name VARCHAR NOT NULL, description VARCHAR NOT NULL,
    autosubmit_version VARCHAR);`;
/** As the reference implementation creates its own. */
const REFERENCE = `
  CREATE TABLE details (exp_id SERIAL PRIMARY KEY, "user" TEXT NOT NULL, created TEXT NOT NULL, model TEXT NOT NULL,
    branch TEXT NOT NULL, hpc TEXT NOT NULL);
  CREATE TABLE runner_processes (id SERIAL PRIMARY KEY, expid TEXT NOT NULL, pid INTEGER NOT NULL, status VARCHAR(50) NOT NULL,
    runner VARCHAR(50) NOT NULL, module_loader VARCHAR(50) NOT NULL, modules TEXT NOT NULL, created TEXT NOT NULL,
    modified TEXT NOT NULL);
  INSERT INTO runner_processes (expid, pid, status, runner, module_loader, modules, created, modified)
    VALUES ('a000', 1, 'ACTIVE', 'LOCAL', 'NO_MODULE', '', '', '');`;

describe.skipIf(programs === null)("migrate in PostgreSQL", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    if (programs) server = await startPostgresServer(programs);
  });
  afterAll(() => server?.drop());

  async function site(text: string): Promise<{ connectionUrl: string; ask: (text: string) => Promise<unknown[]> }> {
    const connectionUrl = await server.createDatabase();
    const ask = async (statement: string) => {
      const client = new pg.Client({ connectionString: connectionUrl });
      await client.connect();
      try {
        return (await client.query(statement)).rows;
      } finally {
        await client.end();
      }
    };
    if (text) await ask(text);
    return { connectionUrl, ask };
  }

  it("creates what is missing, once, whoever else does the same", async () => {
    const { connectionUrl } = await site(MAIN);
    const planned = await migrate({ connectionUrl }, { check: true });
    const all = await Promise.all(Array.from({ length: 4 }, () => migrate({ connectionUrl })));
    const done = all.filter((reports) => reports.some(({ steps }) => steps.length > 0));
    expect(done).toEqual([planned]);
    expect(planned.map(({ steps }) => steps)).toEqual([
      ["create table details"],
      ["create table experiment_status"],
      POSTGRES_MIGRATIONS.api.map(({ tag }) => tag),
      POSTGRES_MIGRATIONS.runners.map(({ tag }) => tag),
      POSTGRES_MIGRATIONS.events.map(({ tag }) => tag),
    ]);
    expect((await migrate({ connectionUrl })).every(({ steps }) => steps.length === 0)).toBe(true);
  });

  it("adopts tables of the reference implementation with their rows", async () => {
    const { connectionUrl, ask } = await site(MAIN + REFERENCE);
    const steps = (await migrate({ connectionUrl })).flatMap((report) => report.steps);
    expect(steps).toContain("add column runner_processes.runner_extra_params");
    expect(steps).not.toContain("create table details");
    expect(await ask("SELECT expid, runner_extra_params FROM runner_processes")).toEqual([
      { expid: "a000", runner_extra_params: null },
    ]);
  });

  it.each([
    ["a database without experiments", "", "DATABASE_FOREIGN"],
    ["a newer layout", `${MAIN} UPDATE db_version SET version = 2`, "DATABASE_NEWER"],
    ["a table of the same name", `${MAIN} CREATE TABLE worker_tasks (task TEXT)`, "DATABASE_FOREIGN"],
    ["a view in a table's place", `${MAIN} CREATE VIEW details AS SELECT 1 AS exp_id`, "DATABASE_FOREIGN"],
  ])("refuses %s and changes nothing", async (_, text, code) => {
    const { connectionUrl, ask } = await site(text);
    const tables = () =>
      ask("SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1");
    const before = await tables();
    await expect(migrate({ connectionUrl })).rejects.toMatchObject({ code });
    expect(await tables()).toEqual(before);
  });
});
