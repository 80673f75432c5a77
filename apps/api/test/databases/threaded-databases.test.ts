import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DatabaseError, databaseFiles } from "@autosubmit-api/db";
import Sqlite from "better-sqlite3";
import { pino } from "pino";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { type ThreadedDatabases, threadedDatabases } from "../../src/databases/threaded-databases.js";
import { builtProgram } from "../support/built-program.js";

let threadFile: string;
beforeAll(async () => {
  threadFile = pathToFileURL(join(await builtProgram(), "databases/database-thread.js")).href;
});

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Started extends ThreadedDatabases {
  root: string;
  log: Record<string, unknown>[];
}

function open(root: string, limits: { timeoutMs?: number; queueLimit?: number; patienceMs?: number } = {}): Started {
  const log: Record<string, unknown>[] = [];
  const logger = pino(
    { level: "info" },
    { write: (line: string) => void log.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const { timeoutMs = 10_000, queueLimit = 100, patienceMs = 1_000 } = limits;
  const places = databaseFiles({ dbDir: root, dbFile: "autosubmit.db", localRootDir: root });
  const threaded = threadedDatabases({ threadFile, thread: { places, patienceMs }, timeoutMs, queueLimit, logger });
  closing.push(() => threaded.close());
  return { ...threaded, root, log };
}

function folder(): string {
  const root = mkdtempSync(join(tmpdir(), "threaded-databases-"));
  closing.push(() => {
    chmodSync(root, 0o700);
    rmSync(root, { recursive: true, force: true });
  });
  return root;
}

const NOW = "2026-07-01-11:00:00+02:00";

describe("databases on a thread of their own", () => {
  test("start by creating the API's own, and none of Autosubmit's", async () => {
    const { start, root, log } = open(folder());
    await start();
    expect(["autosubmit_api.db", "api_runners.db"].map((name) => existsSync(join(root, name)))).toEqual([true, true]);
    expect(["autosubmit.db", "as_times.db"].map((name) => existsSync(join(root, name)))).toEqual([false, false]);
    expect(log.filter(({ msg }) => msg === "database migrated")).toHaveLength(2);
  });

  test("answer as repositories do, dates and nulls included", async () => {
    const { start, databases } = open(folder());
    await start();
    expect(await databases.userPreferences.find("ann")).toBeNull();
    await databases.userPreferences.savePreferredUsername("ann", "ann2", NOW);
    expect(await databases.userPreferences.find("ann")).toMatchObject({ preferredUsername: "ann2", created: NOW });
    const at = new Date("2026-07-01T09:00:00.123Z");
    const who = { user: null, kind: "anonymous", address: "192.0.2.1", requestId: "x" } as const;
    const what = { action: "login.cas", expid: null, outcome: "refused", detail: null, keepUntil: null } as const;
    await databases.audit.append({ at, ...who, ...what });
    expect((await databases.audit.list({ from: at }, 1))[0]?.at).toEqual(at);
  });

  test("throw the errors of databases as they are", async () => {
    const { start, databases, root } = open(folder());
    await start();
    const asked = databases.experiments.find("a000");
    await expect(asked).rejects.toThrow(DatabaseError);
    await expect(asked).rejects.toMatchObject({
      code: "DATABASE_MISSING",
      path: join(root, "autosubmit.db"),
    });
  });

  test("do not hold up the event loop while another program has them locked", async () => {
    const { start, databases, root } = open(folder(), { patienceMs: 5_000 });
    await start();
    const other = new Sqlite(join(root, "autosubmit_api.db"));
    other.exec("BEGIN IMMEDIATE");
    const saved = databases.userPreferences.savePreferredUsername("ann", "ann", NOW);
    const before = performance.eventLoopUtilization();
    await new Promise((resolve) => setTimeout(resolve, 600));
    const { utilization } = performance.eventLoopUtilization(before);
    other.exec("COMMIT");
    other.close();
    expect((await saved).preferredUsername).toBe("ann");
    // On this thread, every attempt would block for 100 ms.
    expect(utilization).toBeLessThan(0.4);
  });

  test("say that they cannot be used, without keeping the API from starting; and work once they can", async () => {
    const root = join(folder(), "not-mounted");
    const { start, databases, log } = open(root);
    await start();
    expect(log.at(-1)).toMatchObject({ level: 50, msg: expect.stringContaining("cannot be used") });
    await expect(databases.userPreferences.find("ann")).rejects.toMatchObject({ code: "DATABASE_MISSING" });
    expect(existsSync(root)).toBe(false);
    mkdirSync(root);
    const again = open(root);
    expect(await again.databases.userPreferences.find("ann")).toBeNull();
  });

  test("refuse more than may wait, and give up what takes too long", async () => {
    const { start, databases, root } = open(folder(), { queueLimit: 1, timeoutMs: 300, patienceMs: 60_000 });
    await start();
    const other = new Sqlite(join(root, "autosubmit_api.db"));
    other.exec("BEGIN IMMEDIATE");
    const slow = databases.userPreferences.savePreferredUsername("ann", "ann", NOW);
    await expect(databases.userPreferences.find("ann")).rejects.toThrow(/too many requests wait/);
    await expect(slow).rejects.toThrow(/did not answer within 0.3 s/);
    other.close();
  });

  test("are not taken for promises", async () => {
    const { databases } = open(folder());
    expect(await Promise.resolve(databases.audit)).toBe(databases.audit);
  });
});
