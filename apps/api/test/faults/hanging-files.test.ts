import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  canMountHangingFileSystem,
  type HangingFileSystem,
  mountHangingFileSystem,
  writeWorkspace,
} from "@autosubmit-api/fixtures";
import { afterEach, describe, expect, test } from "vitest";
import { everyView, faultFolder } from "../support/faults.js";
import { type ServerProcess, startServerProcess } from "../support/server-process.js";

/** Far above what any answer takes, to allow for a busy machine; a wait for the file system would be for ever. */
const PATIENCE_MS = 30_000;
const EXPERIMENT_VIEWS = (expid: string) => everyView(expid).filter((view) => view.includes(expid));
/** What is answered from the main database alone, and what there is not. */
const WITHOUT_FILES = ["/v4/experiments/hung", "/v4/experiments/hung/info"];
const LIGHT = ["/", "/health/live", "/openapi.json"];
const MOST_WAITING_THREADS = 8;

const folders: string[] = [];
let server: ServerProcess | null = null;
let files: HangingFileSystem | null = null;

afterEach(async () => {
  await files?.unmount();
  await server?.kill();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(name: string): string {
  const folder = faultFolder(name);
  folders.push(folder);
  return folder;
}

async function startOn(site: { root: string; configurationFile: string }): Promise<void> {
  server = await startServerProcess(site, {
    environment: { AS_API_FILE_TIMEOUT_SECONDS: "6", AS_API_RENDER_THREADS: "1", AS_API_METRICS: "public" },
  });
}

async function ask(path: string): Promise<{ status: number; body: string; ms: number }> {
  const started = performance.now();
  const answer = await fetch(`${server?.base}${path}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  return { status: answer.status, body: await answer.text(), ms: performance.now() - started };
}

const askAll = async (paths: readonly string[]) =>
  new Map((await Promise.all(paths.map(ask))).map((answer, index) => [paths[index] ?? "", answer]));
const statusesOf = (answers: Awaited<ReturnType<typeof askAll>>) =>
  [...answers].map(([path, { status }]) => [path, status]);
const threads = () => readdirSync(`/proc/${server?.child.pid}/task`).length;
const told = (message: string) => server?.lines.filter(({ msg }) => msg === message) ?? [];

describe.skipIf(!canMountHangingFileSystem())("a file system that hangs", () => {
  test("with one experiment on it costs nobody else anything, and that one answers again afterwards", async () => {
    const root = newFolder("hanging");
    const aside = newFolder("hanging-aside");
    const site = writeWorkspace({ root, experiments: [{ expid: "hung" }, { expid: "good" }, { expid: "b000" }] });
    renameSync(join(root, "hung"), join(aside, "hung"));
    mkdirSync(join(root, "hung"));
    files = await mountHangingFileSystem(join(aside, "hung"), join(root, "hung"));
    await startOn(site);
    const hungViews = EXPERIMENT_VIEWS("hung");
    const goodViews = [
      ...EXPERIMENT_VIEWS("good"),
      ...EXPERIMENT_VIEWS("b000"),
      "/v4/experiments",
      "/v3/search/g",
      ...LIGHT,
    ];
    const healthy = statusesOf(await askAll([...hungViews, ...goodViews]));
    const threadsBefore = threads();

    await files.hang("");
    const asked = askAll(hungViews);
    const meanwhile = await askAll(goodViews);
    expect(statusesOf(meanwhile)).toEqual(healthy.slice(hungViews.length));
    const answered = await asked;
    expect([...answered].filter(([, { body }]) => body.includes("An unexpected error"))).toEqual([]);
    const isOfFiles = (path: string) => path.startsWith("/v4") && !WITHOUT_FILES.includes(path);
    expect([...answered].filter(([path, { status }]) => isOfFiles(path) && status !== 503)).toEqual([]);
    // Known to hang: nobody waits for it any more.
    const again = await askAll(hungViews);
    expect(Math.max(...[...again.values()].map(({ ms }) => ms))).toBeLessThan(5_000);
    const jobs = await ask("/v4/experiments/hung/jobs");
    expect([jobs.status, jobs.body]).toEqual([503, expect.stringContaining("does not answer")]);
    for (let round = 0; round < 2; round += 1) await askAll(hungViews);
    expect(statusesOf(await askAll(goodViews))).toEqual(healthy.slice(hungViews.length));
    expect(threads()).toBeLessThanOrEqual(threadsBefore + MOST_WAITING_THREADS);
    expect(told("the file system does not answer").length).toBeGreaterThan(0);
    expect((await ask("/metrics")).body).toMatch(/^autosubmit_api_render_threads_waiting_for_files [1-8]$/m);

    await files.resume();
    await expect.poll(async () => (await ask("/v4/experiments/hung/jobs")).status, { timeout: PATIENCE_MS }).toBe(200);
    expect(statusesOf(await askAll([...hungViews, ...goodViews]))).toEqual(healthy);
    await expect.poll(threads, { timeout: PATIENCE_MS }).toBeLessThanOrEqual(threadsBefore);
    expect(told("the file system answered after all")).toHaveLength(told("the file system does not answer").length);
    expect((await ask("/metrics")).body).toMatch(/^autosubmit_api_render_threads_waiting_for_files 0$/m);
  }, 120_000);

  test("with the whole site on it leaves what needs no files, and all is well afterwards", async () => {
    const real = newFolder("site");
    const root = newFolder("mounted");
    const experiments = Array.from({ length: 20 }, (_, index) => ({
      expid: `a0${String(index).padStart(2, "0")}`,
      jobs: 20,
    }));
    writeWorkspace({ root: real, experiments });
    // Written for the folder, shown at the mount.
    const { configurationFile } = writeWorkspace({ root, experiments: [] });
    const place = newFolder("rc");
    renameSync(configurationFile, join(place, "autosubmitrc"));
    files = await mountHangingFileSystem(real, root);
    await startOn({ root: place, configurationFile: join(place, "autosubmitrc") });
    const views = experiments.map(({ expid }) => `/v4/experiments/${expid}/jobs`);
    const all = [...views, "/v4/experiments"];
    const healthy = statusesOf(await askAll(all));
    expect(new Set(healthy.map(([, status]) => status))).toEqual(new Set([200]));
    const threadsBefore = threads();

    await files.hang("");
    const asked = askAll([...all, ...all]);
    for (const [, { status, ms }] of await askAll([...LIGHT, "/metrics"])) {
      expect(status).toBe(200);
      expect(ms).toBeLessThan(5_000);
    }
    expect([...(await asked)].filter(([, { status }]) => status !== 503)).toEqual([]);
    expect((await ask("/health/ready")).status).toBe(503);
    await askAll(all);
    expect(threads()).toBeLessThanOrEqual(threadsBefore + MOST_WAITING_THREADS + 2);
    for (const path of LIGHT) expect((await ask(path)).status).toBe(200);

    await files.resume();
    await expect
      .poll(async () => statusesOf(await askAll(all)), { timeout: PATIENCE_MS, interval: 500 })
      .toEqual(healthy);
    await expect.poll(threads, { timeout: PATIENCE_MS }).toBeLessThanOrEqual(threadsBefore);
  }, 120_000);

  test("does not keep the process from stopping", async () => {
    const root = newFolder("stopping");
    const aside = newFolder("stopping-aside");
    const site = writeWorkspace({ root, experiments: [{ expid: "hung" }] });
    renameSync(join(root, "hung"), join(aside, "hung"));
    mkdirSync(join(root, "hung"));
    files = await mountHangingFileSystem(join(aside, "hung"), join(root, "hung"));
    await startOn(site);
    expect((await ask("/v4/experiments/hung/jobs")).status).toBe(200);
    await files.hang("");
    expect((await ask("/v4/experiments/hung/jobs")).status).toBe(503);
    server?.child.kill("SIGTERM");
    await expect.poll(() => told("stopped"), { timeout: PATIENCE_MS }).toHaveLength(1);
    await expect(fetch(`${server?.base}/`)).rejects.toThrow();
    // The kernel lets the process go when the call ends.
    await files.resume();
    expect(await server?.ended).toBe("SIGKILL");
  }, 60_000);
});
