import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { aliveLoop, writeWorkspace } from "@autosubmit-api/fixtures";
import Sqlite from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { faultFolder } from "../support/faults.js";
import { type ServerProcess, startServerProcess } from "../support/server-process.js";

const KILLS = 5;
const TOKEN = "a fixed token of the tests";
const SERVICE = { AS_API_SECRET_TOKEN: TOKEN, PROTECTION_LEVEL: "ALL" };
const PREFERENCE = "/v4/user-settings/preferred-username";

function ask(server: ServerProcess, path: string, init: RequestInit = {}) {
  const headers = { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json" };
  return fetch(server.base + path, { headers, signal: AbortSignal.timeout(30_000), ...init });
}

const choose = (server: ServerProcess, name: string) =>
  ask(server, PREFERENCE, { method: "POST", body: JSON.stringify({ preferred_username: name }) });

async function chosen(server: ServerProcess): Promise<unknown> {
  return ((await (await ask(server, PREFERENCE)).json()) as { preferred_username?: unknown }).preferred_username;
}

function integrityOf(folder: string): [file: string, found: unknown][] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".db"));
  return files.map((name) => {
    const database = new Sqlite(join(folder, name));
    const found = database.pragma("integrity_check", { simple: true });
    database.close();
    return [name, found];
  });
}

describe("kill -9", () => {
  test(`${KILLS} times at random, while an experiment lives and settings are written: nothing acknowledged is lost`, async () => {
    const root = faultFolder("kill");
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const site = writeWorkspace({ root, experiments: [{ expid: "a000", pace: 1 / 120, chunks: 8, progress: 0.2 }] });
    const stop = new AbortController();
    const living = aliveLoop({ root, expid: "a000", intervalMs: 50, signal: stop.signal });
    onTestFinished(() => stop.abort());
    let acknowledged = "";
    let written = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const server = await startServerProcess(site, { environment: SERVICE });
      // The write that was cut off may have been done or not; those before it were acknowledged.
      if (acknowledged !== "") expect([acknowledged, `name-${written}`]).toContain(await chosen(server));
      expect((await ask(server, "/v4/experiments/a000/jobs")).status).toBe(200);
      let running = true;
      const writing = (async () => {
        while (running) {
          written += 1;
          const name = `name-${written}`;
          const answer = await choose(server, name).catch(() => null);
          if (answer?.status === 200) acknowledged = name;
        }
      })();
      const reading = (async () => {
        while (running)
          await ask(server, "/v3/quick/a000").then(
            (answer) => answer.text(),
            () => null,
          );
      })();
      await sleep(50 + Math.random() * 500);
      // Writing stops with the process, so that the number of the cut-off write is the last one.
      running = false;
      await server.kill();
      await Promise.all([writing, reading]);
      expect(server.stderr()).toBe("");
    }
    stop.abort();
    await living;
    expect(written).toBeGreaterThan(KILLS);
    expect(integrityOf(root).filter(([, found]) => found !== "ok")).toEqual([]);
    const last = await startServerProcess(site, { environment: SERVICE });
    expect([acknowledged, `name-${written}`]).toContain(await chosen(last));
    expect((await choose(last, "after-all")).status).toBe(200);
    const quick = (await (await ask(last, "/v3/quick/a000")).json()) as { error: boolean; total: number };
    expect(quick.error).toBe(false);
    await last.kill();
  }, 240_000);
});

const canMount = process.getuid?.() === 0 && existsSync("/usr/bin/mount");

describe("a full disk", () => {
  // Only the superuser may mount the small file system that this needs.
  test.skipIf(!canMount)("refuses what must be written, says why, reads on, and recovers", async () => {
    const root = faultFolder("full");
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=6m", "tmpfs", root]);
    onTestFinished(() => {
      execFileSync("umount", ["--lazy", root]);
      rmSync(root, { recursive: true, force: true });
    });
    const site = writeWorkspace({ root, experiments: [{ expid: "a000" }] });
    const server = await startServerProcess(site, { environment: SERVICE });
    expect((await choose(server, "before")).status).toBe(200);
    const filler = join(root, "filler");
    fill(filler);
    const refused = await choose(server, "during");
    expect(refused.status).toBe(503);
    expect(JSON.stringify(await refused.json())).toContain("the file system is full");
    expect(await chosen(server)).toBe("before");
    expect((await ask(server, "/v4/experiments/a000/jobs")).status).toBe(200);
    expect(JSON.stringify(server.lines)).toContain("the file system is full");
    unlinkSync(filler);
    expect((await choose(server, "after")).status).toBe(200);
    expect(await chosen(server)).toBe("after");
    expect(integrityOf(root).filter(([, found]) => found !== "ok")).toEqual([]);
    await server.kill();
  });
});

/** Takes what is left of a small file system, to the last byte. */
function fill(path: string): void {
  for (const bytes of [1_048_576, 65_536, 4_096]) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(bytes), { flag: "a" });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
    }
  }
}

describe.skipIf(process.getuid?.() !== 0)("folders that may not be read", () => {
  const NOBODY = 65_534;

  test("are told as such, and the rest is served", async () => {
    const root = faultFolder("locked");
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const site = writeWorkspace({ root, experiments: [{ expid: "a000" }, { expid: "good" }] });
    execFileSync("chmod", ["-R", "a+rwX", root]);
    const server = await startServerProcess(site, { userId: NOBODY });
    const status = async (path: string) => (await ask(server, path)).status;
    expect(await status("/v4/experiments/a000/jobs")).toBe(200);
    for (const folder of ["a000/pkl", "a000/conf", "a000/tmp", "metadata/data", "metadata/structures", "a000"]) {
      execFileSync("chmod", ["0", join(root, folder)]);
      const bodies = await Promise.all(
        ["jobs", "filesystem-config", "logs", "runs", "performance", "status", "wrappers"].map(async (view) => {
          const answer = await ask(server, `/v4/experiments/a000/${view}`);
          return `${folder} ${view} ${answer.status} ${await answer.text()}`;
        }),
      );
      expect(bodies.filter((body) => body.includes("An unexpected error"))).toEqual([]);
      expect(await status("/v4/experiments/good/filesystem-config")).toBe(200);
      execFileSync("chmod", ["777", join(root, folder)]);
      expect(await status("/v4/experiments/a000/jobs")).toBe(200);
      expect(await status("/v4/experiments/a000/logs")).toBe(200);
    }
    expect(JSON.stringify(server.lines)).toContain("EACCES");
    await server.kill();
  });
});
