import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type WrittenWorkspace, writeWorkspace } from "@autosubmit-api/fixtures";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { builtProgram } from "../support/built-program.js";
import { parseMetrics, sampleOf } from "../support/read-metrics.js";

let cli: string;
let workspace: WrittenWorkspace;
beforeAll(async () => {
  cli = join(await builtProgram(), "cli.js");
  workspace = writeWorkspace({ root: mkdtempSync(join(tmpdir(), "api-cluster-")), experiments: [{ expid: "a000" }] });
}, 60_000);
afterAll(() => rmSync(workspace.root, { recursive: true, force: true }));

const started = new Set<ChildProcess>();
afterEach(() => {
  for (const child of started) child.kill("SIGKILL");
  started.clear();
});

type Line = Record<string, unknown> & { msg?: string };

/** Two processes of the built program on a free port. */
async function startCluster(environment: Record<string, string> = {}) {
  const program = `import(${JSON.stringify(`file://${cli}`)}).then(({ main }) => main(["start", "--port", "0", "--workers", "2"]))`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: workspace.root,
    env: {
      ...{ PATH: process.env.PATH ?? "", HOME: workspace.root, TZ: "UTC", PROTECTION_LEVEL: "NONE" },
      ...{ AUTOSUBMIT_CONFIGURATION: workspace.configurationFile, ...environment },
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.add(child);
  const lines: Line[] = [];
  let pending = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const parts = (pending + chunk.toString()).split("\n");
    pending = parts.pop() ?? "";
    lines.push(...parts.map((part) => JSON.parse(part) as Line));
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = once(child, "close").then(([status]) => status as number | null);
  const told = (msg: string) => lines.filter((line) => line.msg === msg);
  const address = () => lines.map(({ msg }) => /Server listening at (\S+)/.exec(String(msg))?.[1]).find(Boolean) ?? "";
  const warnings = () => lines.filter(({ level }) => level === 40).map(({ msg }) => String(msg));
  return { child, warnings, told, stderr: () => errors, ended, address };
}

test("metrics are those of all processes, whichever is asked", async () => {
  const { child, told, ended, address } = await startCluster({ AS_API_METRICS: "public" });
  await expect.poll(() => told("all processes serve").length, { timeout: 40_000 }).toBe(1);
  // Connections are shared out to the processes one after the other.
  const options = { headers: { connection: "close" } };
  for (let times = 0; times < 20; times += 1) await fetch(`${address()}/v4/experiments/a000`, options);
  for (let times = 0; times < 4; times += 1) {
    const samples = parseMetrics(await (await fetch(`${address()}/metrics`, options)).text());
    const route = "/v4/experiments/:expid";
    expect(sampleOf(samples, "autosubmit_api_http_requests_total", { route, status: "2xx" })).toBe(20);
    const experiments = samples.filter(({ name }) => name === "autosubmit_experiments");
    expect(experiments.reduce((sum, { value }) => sum + value, 0)).toBe(1);
    expect(sampleOf(samples, "autosubmit_api_build_info")).toBe(1);
  }
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
}, 60_000);

test("several processes serve one port, warn once, replace who dies, and stop together", async () => {
  const { child, told, warnings, ended, address } = await startCluster();
  await expect.poll(() => told("all processes serve").length, { timeout: 40_000 }).toBe(1);
  const statuses = () =>
    Promise.all(Array.from({ length: 8 }, async () => (await fetch(`${address()}/v3/quick/a000`)).status));
  expect(new Set(await statuses())).toEqual(new Set([200]));
  expect(warnings().filter((msg) => msg.startsWith("SECRET_KEY is not set"))).toHaveLength(1);

  const [victim] = told("serving");
  process.kill(Number(victim?.pid), "SIGKILL");
  await expect.poll(() => told("a process ended and is replaced").length).toBe(1);
  expect((await fetch(`${address()}/`)).status).toBe(200);
  await expect.poll(() => told("serving").length, { timeout: 40_000 }).toBe(3);
  expect(new Set(await statuses())).toEqual(new Set([200]));

  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect([told("stopped").length, told("all processes stopped").length]).toEqual([2, 1]);
  await expect(fetch(`${address()}/`)).rejects.toThrow();
}, 120_000);

test("what keeps a process from starting is told once, and ends all", async () => {
  const { stderr, ended } = await startCluster({ HOST: "203.0.113.1" });
  expect(await ended).toBe(1);
  expect(stderr()).toMatch(/^autosubmit-api cannot start: [^\n]+\n$/);
}, 60_000);
