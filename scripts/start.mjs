// npm start: API and workers on a demo workspace with an experiment that moves. Ctrl-C stops everything.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build, giveUp, prepareTools, root, run } from "./bootstrap.mjs";

const host = process.env.HOST ?? "127.0.0.1";
const port = Number(process.env.PORT ?? 8081);
const demo = join(root, ".demo");
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 12_000;
const fixturesCli = join(root, "fixtures/bin/autosubmit-fixtures.js");
const LIVING_EXPERIMENT = "a000";
const programs = join(demo, "bin");
const settingsFile = join(demo, "settings.yaml");
const SETTINGS = `RUNNER_CONFIGURATION:
  PROFILES:
    DEMO: {RUNNER_TYPE: LOCAL, MODULE_LOADER_TYPE: NO_MODULE}
RUNNERS:
  LOCAL: {STATE_DIR: ${JSON.stringify(join(demo, "runs"))}}
`;

function refuseTakenPort() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => {
      const reason = error.code === "EADDRINUSE" ? "is already in use" : `cannot be used (${error.code})`;
      giveUp(`Port ${port} on ${host} ${reason}. Choose another one: PORT=${port + 1} npm start`);
    });
    probe.listen(port, host, () => probe.close(resolve));
  });
}

/** A marker written last tells a whole workspace from the rest of an interrupted first start. */
async function makeDemo() {
  const complete = join(demo, ".complete");
  if (existsSync(complete)) return;
  console.log("Writing the demo workspace into .demo …");
  rmSync(demo, { recursive: true, force: true });
  const status = await run(process.execPath, [fixturesCli, "write", "--root", demo, "--preset", "demo"]);
  if (status !== 0) giveUp("The demo workspace could not be written.");
  writeFileSync(complete, "");
}

/** Commands of the API find a stand-in for Autosubmit, which changes the demo site; written anew for this clone's place. */
function installStandIn() {
  const quote = (word) => `'${word.replaceAll("'", "'\\''")}'`;
  const words = [process.execPath, fixturesCli, "autosubmit", "--root", demo, "--"].map(quote).join(" ");
  mkdirSync(programs, { recursive: true });
  writeFileSync(join(programs, "autosubmit"), `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
  writeFileSync(settingsFile, SETTINGS);
}

const children = new Map();
let stopping = false;

function startProcess(name, script, args, environment, output = "inherit") {
  const child = spawn(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: ["ignore", output, "inherit"],
    // Its own process group: the terminal's Ctrl-C reaches only this script, which then stops each child once.
    detached: true,
    env: { ...process.env, ...environment },
  });
  children.set(name, child);
  child.on("exit", (status, signal) => {
    children.delete(name);
    if (stopping) return;
    console.error(`\n${name} ended unexpectedly (${signal ?? `status ${status}`}); stopping the rest.`);
    void stop(1);
  });
}

/** Runs that were started through the API outlive it; those of the stand-in end with the demo. */
function stopRuns() {
  const notes = join(demo, ".fixtures");
  if (!existsSync(notes)) return;
  for (const name of readdirSync(notes).filter((file) => file.endsWith(".pid"))) {
    try {
      process.kill(Number(readFileSync(join(notes, name), "utf8")), "SIGINT");
    } catch {
      // It ended meanwhile.
    }
  }
}

async function stop(status) {
  if (stopping) return;
  stopping = true;
  stopRuns();
  for (const child of children.values()) child.kill("SIGTERM");
  const deadline = Date.now() + STOP_WITHIN_MS;
  while (children.size > 0 && Date.now() < deadline) await sleep(50);
  for (const [name, child] of children) {
    console.error(`${name} did not stop in time and was killed.`);
    child.kill("SIGKILL");
  }
  process.exit(status);
}

async function waitUntilReady(url) {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && !stopping) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await sleep(100);
  }
  if (!stopping) {
    console.error(`The API did not answer on ${url} within ${READY_WITHIN_MS / 1000} s.`);
    await stop(1);
  }
}

if (!Number.isInteger(port) || port < 1 || port > 65_535)
  giveUp(`PORT must be a number from 1 to 65535, not "${process.env.PORT}".`);
await prepareTools();
await refuseTakenPort();
await build();
await makeDemo();
installStandIn();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void stop(0));
const isLoopback = ["127.0.0.1", "::1", "localhost"].includes(host);
const level = process.env.PROTECTION_LEVEL ?? "NONE";
const environment = {
  AUTOSUBMIT_CONFIGURATION: join(demo, ".autosubmitrc"),
  HOST: host,
  PORT: String(port),
  PROTECTION_LEVEL: level,
  PATH: [programs, process.env.PATH].join(delimiter),
  AS_API_CONFIG_FILE: process.env.AS_API_CONFIG_FILE ?? settingsFile,
  // The demo is for whoever tries it, on this machine.
  AS_API_ANONYMOUS_COMMANDS: process.env.AS_API_ANONYMOUS_COMMANDS ?? String(isLoopback && level === "NONE"),
  LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
  RUN_BACKGROUND_TASKS_ON_START: "true",
};
startProcess("The API", "apps/api/bin/autosubmit-api.js", ["start"], environment);
startProcess("The workers", "apps/workers/bin/autosubmit-workers.js", [], environment);
startProcess(
  "The living experiment",
  "fixtures/bin/autosubmit-fixtures.js",
  ["alive", "--root", demo, "--expid", LIVING_EXPERIMENT],
  environment,
  "ignore",
);

const shownHost = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
const base = `http://${shownHost}:${port}`;
await waitUntilReady(`${base}/`);
console.log(`
Autosubmit API is ready. Worth opening:
  ${base}/docs                                   the API, to try out
  ${base}/v4/experiments/${LIVING_EXPERIMENT}                     an experiment
  ${base}/v3/quick/${LIVING_EXPERIMENT}                           its jobs and counters, moving
  ${base}/v4/experiments/${LIVING_EXPERIMENT}/jobs?view=quick     its jobs
  ${base}/v4/experiments/${LIVING_EXPERIMENT}/filesystem-config   its configuration
An Autosubmit GUI pointed at ${base} shows the same site. Its buttons (run, stop, change status,
describe, create) work with the profile DEMO: a stand-in for Autosubmit changes the demo site. Ctrl-C stops everything.`);
