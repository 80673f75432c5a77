import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { databaseFiles, tableImport } from "@autosubmit-api/db";
import { findPostgresPrograms, startPostgresServer } from "@autosubmit-api/fixtures";
import pg from "pg";
import { processorMs, type Served } from "./server.js";
import type { BenchExperiment, BenchSite } from "./site.js";

/** The site of the benchmarks with the tables of its big experiments in PostgreSQL. */
export interface PostgresBenchSite {
  served: Served;
  version: string;
  /** As `replaceJobList`. */
  replaceJobList(experiment: BenchExperiment, variant: 0 | 1): Promise<void>;
  /** Changes a row of an experiment that is not asked for: what a living site does all the time. */
  changeAnother(): Promise<void>;
  /** Processor time of the server, all of its processes. */
  processorMs(): number;
  drop(): Promise<void>;
}

const IMPORT = fileURLToPath(new URL("../../../apps/api/bin/autosubmit-api.js", import.meta.url));
/** What a site of that size would be given; see docs/postgresql.md. */
const SETTINGS = { shared_buffers: "512MB" };
const MAIN_TABLES = ["experiment", "db_version", "details"];
const OTHER = `CREATE SCHEMA other CREATE TABLE job_data (id integer PRIMARY KEY, finish integer);
  INSERT INTO other.job_data VALUES (1, 0)`;

/** Starts a server, reached over its Unix socket, and imports the big experiments; null where there is no PostgreSQL. */
export async function postgresSite(site: BenchSite): Promise<PostgresBenchSite | null> {
  const programs = findPostgresPrograms();
  if (programs === null) return null;
  const server = await startPostgresServer(programs, { settings: SETTINGS });
  const place = new URL(await server.createDatabase());
  const url = `postgresql://${place.username}@${place.pathname}?host=${server.socketFolder}&port=${server.port}`;
  const configurationFile = join(site.root, `.autosubmitrc-postgres-${process.pid}`);
  const text = readFileSync(site.configurationFile, "utf8").replace(/^backend.*$/m, "");
  writeFileSync(
    configurationFile,
    text.replace("[database]", `[database]\nbackend = postgres\nconnection_url = ${url}`),
  );
  console.log("Importing the big experiments into PostgreSQL …");
  await importBig(site, url, configurationFile);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(OTHER);
  await client.query("VACUUM ANALYZE");
  const { rows } = await client.query<{ server_version: string }>("SHOW server_version");
  const replace = "UPDATE public.job_pkl SET pkl = $1, modified = now()::text WHERE expid = $2";
  return {
    served: { root: site.root, configurationFile },
    version: rows[0]?.server_version ?? "",
    replaceJobList: async ({ expid, variants }, variant) => {
      await client.query(replace, [readFileSync(variants[variant]), expid]);
    },
    changeAnother: async () => {
      await client.query("UPDATE other.job_data SET finish = finish + 1");
    },
    processorMs: () => familyProcessorMs(join(server.socketFolder, "data", "postmaster.pid")),
    drop: async () => {
      await client.end();
      await server.drop();
      rmSync(configurationFile, { force: true });
    },
  };
}

async function importBig(site: BenchSite, url: string, configurationFile: string): Promise<void> {
  const { main } = databaseFiles({ dbDir: site.root, dbFile: "autosubmit.db", localRootDir: site.root });
  const tables = tableImport(url);
  await tables.prepare();
  for (const table of MAIN_TABLES) await tables.copyTable(main, table, { schema: "public", table });
  const only = site.big.map(({ expid }) => expid).join();
  execFileSync(process.execPath, [IMPORT, "import-site", "--to", configurationFile, "--only", only], {
    cwd: site.root,
    env: { PATH: process.env.PATH, HOME: site.root, TZ: "UTC", AUTOSUBMIT_CONFIGURATION: site.configurationFile },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** Of the first process and its children; those that ended are counted by the first. */
function familyProcessorMs(pidFile: string): number {
  const first = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  const numbers = readdirSync("/proc")
    .map(Number)
    .filter((number) => number > 0);
  return numbers.reduce((sum, pid) => {
    if (pid === first) return sum + processorMs(pid) + processorMs(pid, "ended children");
    return sum + (parentOf(pid) === first ? processorMs(pid) : 0);
  }, 0);
}

function parentOf(pid: number): number | null {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    // It ended meanwhile.
    return null;
  }
}
