// The recorded answers of the reference implementation, asked of the built API. The families of conformance/families.json
// must pass completely, on both workspaces, kept in SQLite files and imported into PostgreSQL; a family that was listed once
// is never dropped.
import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./bootstrap.mjs";

const link = join(root, "../shared/conformance");
// Its programs tell by their own path whether they were started, which a symbolic link would hide.
const shared = existsSync(link) ? realpathSync(link) : link;
const WORKSPACES = ["reference", "synthetic"];
const READY_WITHIN_MS = 30_000;
const familiesFile = "conformance/families.json";
const deviationsFile = join(root, "conformance/deviations.json");
const postgresDeviationsFile = join(root, "conformance/deviations-postgres.json");
const program = join(root, "apps/api/bin/autosubmit-api.js");

/** One result a workspace and one for the ratchet; the data being absent is said, and is no failure. */
export async function runConformance() {
  if (!existsSync(shared)) {
    console.log(`No recorded answers at ${shared}: the conformance run is left out.`);
    return [];
  }
  const families = JSON.parse(readFileSync(join(root, familiesFile), "utf8"));
  const results = [checkRatchet(families)];
  for (const workspace of WORKSPACES) results.push(await checkWorkspace(workspace, families, null));
  return [...results, ...(await checkOnPostgres(families))];
}

/** The same on a server of its own; its programs being absent is said, and is no failure. */
async function checkOnPostgres(families) {
  const { findPostgresPrograms, startPostgresServer } = await import("../fixtures/dist/index.js");
  const programs = findPostgresPrograms();
  if (programs === null) {
    console.log(
      "No PostgreSQL server (initdb, postgres) on this machine: the conformance run on PostgreSQL is left out.",
    );
    return [];
  }
  const server = await startPostgresServer(programs);
  try {
    const results = [];
    for (const workspace of WORKSPACES) results.push(await checkWorkspace(workspace, families, server));
    return results;
  } finally {
    await server.drop();
  }
}

/** Every family that any earlier version of the list had must still be in it. */
function checkRatchet(families) {
  const git = (...args) =>
    execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const missing = new Set();
  for (const commit of git("log", "--format=%H", "--", familiesFile).split("\n").filter(Boolean)) {
    const listed = git("ls-tree", "--name-only", commit, "--", familiesFile).trim() !== "";
    if (!listed) continue;
    for (const family of JSON.parse(git("show", `${commit}:${familiesFile}`)))
      if (!families.includes(family)) missing.add(family);
  }
  if (missing.size > 0) console.log(`FAIL families dropped from ${familiesFile}: ${[...missing].join(", ")}`);
  return { name: "conformance ratchet", passed: missing.size === 0 ? 1 : 0, failed: missing.size };
}

/** @param postgres the server that the workspace is imported into first, or null */
async function checkWorkspace(workspace, families, postgres) {
  const recorded = readdirSync(join(shared, "golden", workspace)).map((file) => file.replace(/\.json$/, ""));
  const absent = families.filter((family) => !recorded.includes(family));
  if (absent.length > 0) console.log(`FAIL ${workspace}: nothing is recorded for ${absent.join(", ")}`);
  const dest = mkdtempSync(join(tmpdir(), `conformance-${workspace}-`));
  try {
    execFileSync(process.execPath, [join(shared, "prepare.mjs"), workspace, dest]);
    if (postgres !== null) moveIntoPostgres(dest, await postgres.createDatabase());
    const port = await freePort();
    const server = startServer(dest, port);
    try {
      await waitUntilReady(port, server);
      const deviations = [deviationsFile, ...(postgres === null ? [] : [postgresDeviationsFile])];
      const { passed, failed } = await askEverything(workspace, dest, port, { families, deviations });
      const system = postgres === null ? "" : " in PostgreSQL";
      return { name: `conformance, ${workspace}${system}`, passed, failed: failed + absent.length };
    } finally {
      await stopServer(server);
    }
  } finally {
    rmSync(dest, { recursive: true, force: true });
  }
}

/** Imports the tables of a site, and then takes away every file that they came from: nothing may be read from there. */
function moveIntoPostgres(site, connectionUrl) {
  const configuration = join(site, ".autosubmitrc");
  const text = readFileSync(configuration, "utf8");
  const postgres = join(site, ".autosubmitrc-postgres");
  writeFileSync(postgres, text.replace("backend = sqlite", `backend = postgres\nconnection_url = ${connectionUrl}`));
  const environment = environmentOf(site);
  execFileSync(process.execPath, [program, "import-site", "--to", postgres], {
    cwd: site,
    env: environment,
    stdio: "inherit",
  });
  const names = readdirSync(site, { recursive: true }).map((name) => join(site, name));
  const folders = names.map((path) => ({ path, found: statSync(path) })).filter(({ found }) => found.isDirectory());
  for (const path of names) if (/\.(db|pkl)$/.test(path)) rmSync(path);
  // Some answers tell these times; listing and emptying a folder changes them.
  for (const { path, found } of folders) utimesSync(path, found.mtime, found.mtime);
  writeFileSync(configuration, readFileSync(postgres));
}

function environmentOf(site) {
  return {
    PATH: process.env.PATH,
    HOME: site,
    USER: "root",
    TZ: "UTC",
    AUTOSUBMIT_CONFIGURATION: join(site, ".autosubmitrc"),
  };
}

function startServer(site, port) {
  const environment = {
    ...environmentOf(site),
    PROTECTION_LEVEL: "NONE",
    HOST: "127.0.0.1",
    PORT: String(port),
    LOG_LEVEL: "fatal",
  };
  return spawn(process.execPath, [program, "start"], {
    cwd: site,
    env: environment,
    stdio: ["ignore", "inherit", "inherit"],
  });
}

function stopServer(server) {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const last = setTimeout(() => server.kill("SIGKILL"), 10_000);
    server.once("exit", () => {
      clearTimeout(last);
      resolve();
    });
    server.kill("SIGTERM");
  });
}

async function waitUntilReady(port, server) {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`the API ended with status ${server.exitCode} before it answered`);
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Error(`the API did not answer within ${READY_WITHIN_MS / 1000} s`);
}

/** check.mjs in a process of its own, its output shown; its last line tells the counts. */
function askEverything(workspace, site, port, { families, deviations }) {
  const only = `^(${families.map((family) => family.replaceAll(".", "\\.")).join("|")}) `;
  const args = [
    join(shared, "check.mjs"),
    "--base",
    `http://127.0.0.1:${port}`,
    "--root",
    site,
    "--workspace",
    workspace,
  ];
  const child = spawn(
    process.execPath,
    [...args, "--only", only, ...deviations.flatMap((file) => ["--deviations", file])],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
    process.stdout.write(chunk);
  });
  return new Promise((resolve) => {
    child.on("close", (status) => {
      const counts = /(\d+) passed, (\d+) failed\s*$/.exec(output);
      const passed = Number(counts?.[1] ?? 0);
      const failed = counts ? Number(counts[2]) : 1;
      resolve({ passed, failed: status !== 0 && failed === 0 ? 1 : failed });
    });
  });
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
