// npx tsx bench/src/workers-cycle.ts [EXPERIMENTS] [CHANGED]: what a cycle of the workers costs on a site of small
// experiments (default 5000, of which 20 change), the first time and when little has changed. Needs `npm run build`.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databaseFiles, migrate } from "@autosubmit-api/db";
import Sqlite from "better-sqlite3";

const experiments = Number(process.argv[2] ?? 5_000);
const changed = Number(process.argv[3] ?? 20);
const program = new URL("../../apps/workers/bin/autosubmit-workers.js", import.meta.url).pathname;
const OLD_SECONDS = Date.now() / 1_000 - 30 * 86_400;

interface Cycle {
  examined: number;
  read: number;
  changed: number;
  failed: number;
  durationMs: number;
}

interface Measured extends Cycle {
  label: string;
  wallMs: number;
  peakMb: number;
}

const expidOf = (index: number) => `a${index.toString(36).padStart(4, "0")}`;

function writeSite(root: string): void {
  const client = new Sqlite(join(root, "autosubmit.db"));
  client.exec(`CREATE TABLE experiment(id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR NOT NULL,
                 description VARCHAR NOT NULL, autosubmit_version VARCHAR);
               CREATE TABLE db_version(version INTEGER NOT NULL); INSERT INTO db_version VALUES (1); BEGIN`);
  const insert = client.prepare(
    "INSERT INTO experiment(name, description, autosubmit_version) VALUES (?, 'bench', '4.1.17')",
  );
  for (let index = 0; index < experiments; index += 1) {
    insert.run(expidOf(index));
    writeExperiment(root, expidOf(index));
  }
  client.exec("COMMIT");
  client.close();
  const paths = `[database]\npath = ${root}\nfilename = autosubmit.db\n[local]\npath = ${root}\n`;
  const metadata = `[historicdb]\npath = ${root}/metadata/data\n[structures]\npath = ${root}/metadata/structures\n`;
  writeFileSync(join(root, ".autosubmitrc"), paths + metadata);
}

function writeExperiment(root: string, expid: string): void {
  const folder = join(root, expid);
  for (const name of ["conf", "pkl", "tmp/ASLOGS"]) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, "pkl", `job_list_${expid}.pkl`), "");
  writeFileSync(join(folder, "tmp/ASLOGS/20260101_000000_run.log"), "");
  writeConfiguration(root, expid, "main");
  for (const name of [`pkl/job_list_${expid}.pkl`, "tmp/ASLOGS/20260101_000000_run.log", "tmp/ASLOGS"])
    utimesSync(join(folder, name), OLD_SECONDS, OLD_SECONDS);
}

function writeConfiguration(root: string, expid: string, branch: string): void {
  const lines = [
    ...["CONFIG:", "  AUTOSUBMIT_VERSION: 4.1.17", "DEFAULT:", `  EXPID: ${expid}`, "  HPCARCH: marenostrum5"],
    ...[
      "EXPERIMENT:",
      "  DATELIST: 20200101 20210101",
      "  MEMBERS: fc0 fc1",
      "  CHUNKSIZEUNIT: month",
      "  CHUNKSIZE: 4",
    ],
    ...["PROJECT:", "  PROJECT_TYPE: git", "GIT:", "  PROJECT_ORIGIN: https://example.org/model.git"],
    `  PROJECT_BRANCH: ${branch}`,
    ...[
      "JOBS:",
      "  SIM:",
      "    RUNNING: chunk",
      "    PROCESSORS: 128",
      "    WALLCLOCK: 04:00",
      "    DEPENDENCIES: SIM-1",
    ],
    ...["PLATFORMS:", "  MARENOSTRUM5:", "    TYPE: slurm", "    HOST: mn5.example.org", "    PROJECT: bsc32"],
  ];
  writeFileSync(join(root, expid, "conf/minimal.yml"), `${lines.join("\n")}\n`);
}

/** Some experiments move on: their job list and their configuration are written. */
function changeSome(root: string, round: number): void {
  const settled = Date.now() / 1_000 - 5;
  for (let index = 0; index < changed; index += 1) {
    const expid = expidOf(Math.floor((index * experiments) / changed));
    writeConfiguration(root, expid, `round-${round}`);
    const logs = join(root, expid, "tmp/ASLOGS");
    writeFileSync(join(logs, `2026010${round}_000000_run.log`), "");
    utimesSync(logs, settled, settled - round);
    utimesSync(join(root, expid, "pkl", `job_list_${expid}.pkl`), settled, settled);
  }
}

/** Resident memory of a process and its children, in MB. */
function residentMb(pid: number): number {
  const children = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && statusOf(name, "PPid") === pid);
  return [String(pid), ...children].reduce((sum, name) => sum + statusOf(name, "VmRSS") / 1_024, 0);
}

function statusOf(pid: string, field: string): number {
  try {
    return Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function measure(label: string, task: string, root: string): Promise<Measured> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [program, "--once", task], {
    env: { PATH: process.env.PATH, HOME: root, TZ: "UTC", AUTOSUBMIT_CONFIGURATION: join(root, ".autosubmitrc") },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  let peakMb = 0;
  const sampling = setInterval(() => {
    peakMb = Math.max(peakMb, residentMb(child.pid ?? 0));
  }, 100);
  const status = await new Promise((resolve) => child.on("close", resolve));
  clearInterval(sampling);
  const line = output.split("\n").find((text) => text.includes('"cycle finished"'));
  if (status !== 0 || line === undefined) throw new Error(`${task} ended with ${status}:\n${output}`);
  return { ...(JSON.parse(line) as Cycle), label, wallMs: performance.now() - startedAt, peakMb };
}

function show(results: readonly Measured[]): void {
  const header = ["cycle", "examined", "read", "written", "failed", "cycle ms", "process ms", "peak MB"];
  const rows = results.map((result) => [
    result.label,
    ...[
      result.examined,
      result.read,
      result.changed,
      result.failed,
      result.durationMs,
      result.wallMs,
      result.peakMb,
    ].map((value) => value.toFixed(0)),
  ]);
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => (row[column] ?? "").length)));
  for (const row of [header, ...rows]) {
    console.log(
      row
        .map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0)))
        .join("  "),
    );
  }
}

const root = mkdtempSync(join(tmpdir(), "workers-cycle-"));
try {
  const startedAt = performance.now();
  writeSite(root);
  await migrate(databaseFiles({ dbDir: root, dbFile: "autosubmit.db", localRootDir: root }));
  console.log(
    `${experiments} experiments written in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s; ${changed} change\n`,
  );
  const results: Measured[] = [];
  for (const task of ["update-experiment-status", "update-experiment-details"]) {
    results.push(await measure(`${task}, first`, task, root));
    results.push(await measure(`${task}, nothing changed`, task, root));
    changeSome(root, results.length);
    results.push(await measure(`${task}, ${changed} changed`, task, root));
  }
  show(results);
} finally {
  rmSync(root, { recursive: true, force: true });
}
