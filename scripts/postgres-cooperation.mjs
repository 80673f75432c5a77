// Two API processes and two worker processes on one PostgreSQL database, under load, as two hosts would run them:
//   node scripts/postgres-cooperation.mjs [--seconds 300] [--crashes]
// The builds have to be there (npm run api, npm run workers). With --crashes the server is killed and restarted every 20 s.
// Fails when the two APIs ever answer differently, when an answer is neither whole nor 503, when a cycle of a task looks at
// an experiment twice or leaves one out, or when two cycles of a task overlap.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { root } from "./bootstrap.mjs";

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "300" }, crashes: { type: "boolean", default: false } },
});
const EXPERIMENTS = 60;
const ASKERS = 4;
const CRASH_EVERY_MS = 20_000;
const AWAY_MS = 500;
const { findPostgresPrograms, startPostgresServer, writeWorkspace } = await import("../fixtures/dist/index.js");

const programs = findPostgresPrograms();
if (programs === null) {
  console.log("No PostgreSQL server (initdb, postgres) on this machine: nothing can be run.");
  process.exit(1);
}
const server = await startPostgresServer(programs, { durable: true });
const site = mkdtempSync(join(tmpdir(), "postgres-cooperation-"));
const children = [];
let problems = [];
try {
  problems = await run();
} finally {
  await Promise.all(children.map(stop));
  await server.drop();
  rmSync(site, { recursive: true, force: true });
}
for (const problem of problems) console.log(`FAIL ${problem}`);
console.log(problems.length === 0 ? "passed" : `${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

async function run() {
  const url = await makeSite();
  const ports = [await freePort(), await freePort()];
  for (const port of ports)
    start("api", ["start"], { PORT: String(port), LOG_LEVEL: "fatal", PROTECTION_LEVEL: "NONE" });
  for (const name of ["one", "two"])
    start("workers", [], { LOG_LEVEL: "warn", AS_API_CONFIG_FILE: workerSettings(name) });
  for (const port of ports) await until(() => fetch(`http://127.0.0.1:${port}/`).then(({ ok }) => ok));
  const counts = { answers: 0, busy: 0, different: 0, wrong: 0, crashes: 0 };
  const end = Date.now() + Number(values.seconds) * 1000;
  const askers = Array.from({ length: ASKERS }, (_, index) => ask(ports, index, end, counts));
  if (values.crashes) await crash(end - 5_000, counts);
  await Promise.all(askers);
  const cycles = await finishedCycles(url);
  console.log(JSON.stringify({ ...counts, cycles: summarise(cycles) }));
  const failures = await server.query(
    url,
    "SELECT task, expid, message FROM worker_failures ORDER BY task, expid LIMIT 5",
  );
  for (const { task, expid, message } of failures) console.log(`failed: ${task} ${expid}: ${message}`);
  return [
    ...(counts.answers === 0 ? ["no answer at all"] : []),
    ...(counts.different > 0 ? [`${counts.different} answers differed between the two APIs`] : []),
    ...(counts.wrong > 0 ? [`${counts.wrong} answers were neither whole nor 503`] : []),
    ...(!values.crashes && counts.busy > 0 ? [`${counts.busy} answers were 503 though the server was there`] : []),
    ...judge(cycles),
  ];
}

async function makeSite() {
  const experiments = Array.from({ length: EXPERIMENTS }, (_, index) => ({
    expid: `p${index.toString(36).padStart(3, "0")}`,
    runs: 2,
    chunks: 3,
    wrappers: index % 2 === 0 ? "real" : "none",
  }));
  writeWorkspace({ root: site, experiments, now: new Date() });
  const url = await server.createDatabase();
  const configuration = join(site, ".autosubmitrc");
  const postgres = join(site, ".autosubmitrc-postgres");
  const text = readFileSync(configuration, "utf8").replace(/^backend.*$/m, "");
  writeFileSync(postgres, text.replace("[database]", `[database]\nbackend = postgres\nconnection_url = ${url}`));
  const env = environment(configuration);
  execFileSync(process.execPath, [programOf("api"), "import-site", "--to", postgres], {
    env,
    cwd: site,
    stdio: "inherit",
  });
  writeFileSync(configuration, readFileSync(postgres));
  return url;
}

/** Cycles every few seconds, so that many fall into the time. */
function workerSettings(name) {
  const path = join(site, `${name}.yaml`);
  const tasks = ["TASK_STTSUPDTR", "TASK_POPDET"].map((id) => `  ${id}: {ENABLED: true, INTERVAL: 0.1}`);
  writeFileSync(path, `WORKERS: {TICK: 0.2, LEASE: 5}\nBACKGROUND_TASKS:\n${tasks.join("\n")}\n`);
  return path;
}

function environment(configuration = join(site, ".autosubmitrc")) {
  return { PATH: process.env.PATH, HOME: site, USER: "root", TZ: "UTC", AUTOSUBMIT_CONFIGURATION: configuration };
}

function programOf(app) {
  return join(root, `apps/${app}/bin/autosubmit-${app}.js`);
}

function start(app, args, variables) {
  const child = spawn(process.execPath, [programOf(app), ...args], {
    cwd: site,
    env: { ...environment(), HOST: "127.0.0.1", ...variables },
    stdio: ["ignore", "ignore", "inherit"],
  });
  children.push(child);
}

function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return undefined;
  return new Promise((resolve) => {
    const last = setTimeout(() => child.kill("SIGKILL"), 10_000);
    child.once("exit", () => {
      clearTimeout(last);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

/** Asks both APIs the same question at the same time. */
async function ask(ports, index, end, counts) {
  const paths = ["jobs", "runs", "wrappers", "filesystem-config", "jobs?view=quick"];
  for (let n = index; Date.now() < end; n += 1) {
    const expid = `p${(n % EXPERIMENTS).toString(36).padStart(3, "0")}`;
    const path = `/v4/experiments/${expid}/${paths[n % paths.length]}`;
    const answers = await Promise.all(ports.map((port) => answer(`http://127.0.0.1:${port}${path}`)));
    counts.answers += answers.length;
    for (const { status } of answers) {
      if (status === 503) counts.busy += 1;
      else if (status !== 200) counts.wrong += 1;
    }
    if (answers.every(({ status }) => status === 200) && answers[0].text !== answers[1].text) {
      counts.different += 1;
      if (counts.different < 4) console.log(`different: ${path}`);
    }
  }
}

async function answer(url) {
  const found = await fetch(url);
  return { status: found.status, text: await found.text() };
}

async function crash(end, counts) {
  while (Date.now() + CRASH_EVERY_MS < end) {
    await sleep(CRASH_EVERY_MS);
    await server.stop("immediate");
    await sleep(AWAY_MS);
    await server.start();
    counts.crashes += 1;
  }
}

async function finishedCycles(url) {
  const columns = "id, task, started_at, started_by, finished_at, experiments, examined, failed";
  const rows = await server.query(
    url,
    `SELECT ${columns} FROM worker_cycles WHERE finished_at IS NOT NULL ORDER BY task, id`,
  );
  return rows.map((row) => ({ ...row, started_at: Number(row.started_at), finished_at: Number(row.finished_at) }));
}

function judge(cycles) {
  const found = [];
  if (cycles.length < 2) found.push(`only ${cycles.length} cycles were finished`);
  for (const { id, task, experiments, examined } of cycles)
    if (examined !== experiments)
      found.push(`cycle ${id} of ${task} looked at ${examined} of ${experiments} experiments`);
  for (const [index, cycle] of cycles.entries()) {
    const before = cycles[index - 1];
    if (before?.task === cycle.task && cycle.started_at < before.finished_at)
      found.push(`cycles ${before.id} and ${cycle.id} of ${cycle.task} overlap`);
  }
  return found;
}

function summarise(cycles) {
  const tasks = {};
  for (const { task, failed } of cycles) {
    tasks[task] ??= { cycles: 0, failed: 0 };
    tasks[task].cycles += 1;
    tasks[task].failed += failed;
  }
  return tasks;
}

async function until(isTrue) {
  const deadline = Date.now() + 30_000;
  while (!(await isTrue().catch(() => false))) {
    if (Date.now() > deadline) throw new Error("a process did not get ready");
    await sleep(100);
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
