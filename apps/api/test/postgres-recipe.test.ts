import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  findPostgresPrograms,
  type PostgresServer,
  startPostgresServer,
  writeWorkspace,
} from "@autosubmit-api/fixtures";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtProgramOf } from "../../../scripts/built-program.js";
import { moveToPostgres, postgresConfiguration } from "./support/postgres-site.js";
import { runCommand } from "./support/run-command.js";
import { NOW, startTestApi } from "./support/test-api.js";

const programs = findPostgresPrograms();
const GUIDE = new URL("../../../docs/postgresql.md", import.meta.url);
const EXPERIMENTS = ["a000", "a001"].map((expid) => ({ expid, runs: 2, wrappers: "real" as const }));

/** The block of the guide that begins with this statement. */
function blockOfGuide(start: string): string {
  const blocks = [...readFileSync(GUIDE, "utf8").matchAll(/^```sql\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block);
  const found = blocks.find((block) => block.includes(start));
  if (found === undefined) throw new Error(`docs/postgresql.md has no block with ${start}`);
  return found;
}

/** Executes a script as psql would, of whose commands it may hold `\gexec`. */
async function executeScript(client: pg.Client, script: string): Promise<void> {
  const [last = "", ...parts] = script.split("\\gexec").reverse();
  for (const part of parts.reverse()) {
    const statements = part.split(/;[^\n']*\n/);
    const query = statements.pop() ?? "";
    for (const statement of statements) await client.query(statement);
    const { rows } = await client.query<string[]>({ text: query, rowMode: "array" });
    for (const [generated] of rows) await client.query(generated ?? "");
  }
  await client.query(last);
}

describe.skipIf(programs === null)("the roles of docs/postgresql.md", { timeout: 120_000 }, () => {
  let server: PostgresServer;
  let root: string;
  let url: string;
  let environment: Record<string, string>;
  /** Sessions of the superuser, of Autosubmit and of the API. */
  const sessions = new Map<string, pg.Client>();

  beforeAll(async () => {
    if (programs) server = await startPostgresServer(programs);
    const { pathname } = new URL(await server.createDatabase());
    const database = pathname.slice(1);
    const urlOf = (user: string, password: string) =>
      `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${server.port}/${database}`;
    const admin = await session("admin", server.url(database));
    await admin.query(
      `CREATE ROLE autosubmit_owner LOGIN PASSWORD 'owner'; ALTER DATABASE ${database} OWNER TO autosubmit_owner`,
    );
    root = mkdtempSync(join(tmpdir(), "postgres-recipe-"));
    const { configurationFile } = writeWorkspace({ root, experiments: EXPERIMENTS, now: NOW });
    await moveToPostgres(root, urlOf("autosubmit_owner", "owner"));
    const recipe = blockOfGuide("CREATE ROLE autosubmit_reader").replaceAll(
      "ON DATABASE autosubmit ",
      `ON DATABASE ${database} `,
    );
    await executeScript(admin, recipe);
    url = urlOf("autosubmit_api", "…");
    await session("owner", urlOf("autosubmit_owner", "owner"));
    await session("api", url);
    environment = {
      AUTOSUBMIT_CONFIGURATION: postgresConfiguration(configurationFile, url),
      PROTECTION_LEVEL: "NONE",
      TZ: "UTC",
    };
  }, 120_000);
  afterAll(async () => {
    for (const client of sessions.values()) await client.end();
    await server?.drop();
    if (root) rmSync(root, { recursive: true, force: true });
  });

  async function session(name: string, connectionString: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString });
    await client.connect();
    sessions.set(name, client);
    return client;
  }
  const ask = async (who: string, sql: string) => (await sessions.get(who)?.query(sql))?.rows;
  const refusal = (who: string, sql: string) =>
    ask(who, sql).then(
      () => "done",
      (error: { code: string }) => error.code,
    );

  it("let the API's own tables be made, and may lose the right to it then", async () => {
    const first = await runCommand(["migrate"], root, environment);
    expect([first.status, first.stderr]).toEqual([0, ""]);
    await ask("admin", "REVOKE CREATE ON SCHEMA public FROM autosubmit_api");
    expect(await runCommand(["migrate", "--check"], root, environment)).toMatchObject({ status: 0, stderr: "" });
    expect((await runCommand(["doctor"], root, environment)).stdout).toContain("0 problems");
  });

  it("let nothing of Autosubmit's be changed but what the workers write", async () => {
    for (const sql of [
      "UPDATE public.experiment SET description = ''",
      "DELETE FROM public.job_pkl",
      'INSERT INTO "a000".experiment_structure VALUES (1, 2)',
      'TRUNCATE "a000".job_data',
      'DROP TABLE "a000".job_data',
      'CREATE TABLE "a000".mine (x int)',
      "CREATE SCHEMA mine",
      "CREATE TABLE public.mine (x int)",
      "DELETE FROM public.db_version",
    ])
      expect(`${sql}: ${await refusal("api", sql)}`).toBe(`${sql}: 42501`);
    expect(await refusal("api", "UPDATE public.details SET hpc = hpc")).toBe("done");
  });

  it("are enough for the workers and the API", async () => {
    // A file, since reader processes are started with the same arguments of Node.
    const program = join(root, "workers.mjs");
    const main = pathToFileURL(join(builtProgramOf("apps/workers"), "main.js")).href;
    writeFileSync(program, `import { main } from ${JSON.stringify(main)};\nawait main(process.argv.slice(2));\n`);
    for (const task of ["update-experiment-status", "update-experiment-details"]) {
      const args = [program, "--once", task];
      const env = { PATH: process.env.PATH ?? "", HOME: root, ...environment };
      const { status, stdout, stderr } = spawnSync(process.execPath, args, {
        cwd: root,
        env,
        encoding: "utf8",
        timeout: 60_000,
      });
      expect(`${task} ${status} ${status === 0 ? "" : stdout + stderr}`).toBe(`${task} 0 `);
    }
    expect(await ask("api", "SELECT sum(failed)::int AS failed, count(*)::int AS n FROM worker_cycles")).toEqual([
      { failed: 0, n: 2 },
    ]);
    const api = await startTestApi(EXPERIMENTS, {
      move: async (workspace) => postgresConfiguration(workspace.configurationFile, url),
    });
    try {
      for (const name of ["jobs", "runs", "wrappers"]) await api.get(`/v4/experiments/a000/${name}`);
      expect((await api.app.inject("/health/ready")).statusCode).toBe(200);
      expect((await api.app.inject("/v4/workers")).json()).toMatchObject({ note: null });
    } finally {
      await api.close();
    }
  });

  it("reach experiments that Autosubmit makes later", async () => {
    await ask(
      "owner",
      'CREATE SCHEMA "a00z"; CREATE TABLE "a00z".experiment_run (run_id int); INSERT INTO "a00z".experiment_run VALUES (7)',
    );
    expect(await ask("api", 'SELECT run_id FROM "a00z".experiment_run')).toEqual([{ run_id: 7 }]);
    expect(await refusal("api", 'DELETE FROM "a00z".experiment_run')).toBe("42501");
  });
});
