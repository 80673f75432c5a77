import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { ReaderPool, ReadFailure } from "../../src/readers/reader-pool.js";

const TIMEOUT_MS = 1_500;

function newPool(readers = 2, experimentsPerReader = 4): ReaderPool {
  const program = new URL("../support/misbehaving-reader.mjs", import.meta.url);
  const pool = new ReaderPool({ program, environment: {}, readers, experimentsPerReader, execArgv: [] });
  onTestFinished(() => pool.close());
  return pool;
}

const question = (expid: string) =>
  ({ reading: "TASK_POPDET", expid, autosubmitVersion: null, fingerprint: null }) as const;

/** The finding, or why there is none. */
async function read(pool: ReaderPool, expid: string, timeoutMs = TIMEOUT_MS): Promise<string> {
  try {
    return String((await pool.read(question(expid), timeoutMs)).finding);
  } catch (error) {
    if (error instanceof ReadFailure) return error.message;
    throw error;
  }
}

describe("ReaderPool", { timeout: 60_000 }, () => {
  it("reads many experiments in few processes", async () => {
    const pool = newPool();
    const names = Array.from({ length: 100 }, (_, index) => `slow${index}`);
    const found = await Promise.all(names.map((name) => read(pool, name, 10_000)));
    expect(found.map((text) => text.split(" by ")[0])).toEqual(names);
    expect(new Set(found.map((text) => text.split(" by ")[1])).size).toBe(2);
  });

  it("says why an experiment cannot be read", async () => {
    expect(await read(newPool(), "fail")).toBe("it is broken");
  });

  it.each([
    ["hang", "no answer within 1.5 s"],
    ["spin", "no answer within 1.5 s"],
    ["dies", "its reader process ended (status 3)"],
    ["kill", "its reader process ended (SIGKILL)"],
  ])("finds the one experiment that makes its process %s, and reads all others", async (culprit, reason) => {
    const pool = newPool(1, 8);
    const names = ["a000", "slow1", culprit, "a001", "slow2", "a002", "slow3"];
    const found = await Promise.all(names.map((name) => read(pool, name)));
    expect(found[2]).toBe(reason);
    const others = found.filter((_, index) => index !== 2).map((text) => text.split(" by ")[0]);
    expect(others).toEqual(["a000", "slow1", "a001", "slow2", "a002", "slow3"]);
  });

  it("does not let hanging experiments delay others", async () => {
    const pool = newPool(2, 4);
    const hanging = ["hang1", "hang2", "hang3"].map((name) => read(pool, name, 3_000));
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: 40 }, (_, index) => read(pool, `a${index}`)));
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(await Promise.all(hanging)).toEqual(Array(3).fill("no answer within 3 s"));
  });

  it("reads a known culprit alone from the start, until it behaves", async () => {
    const pool = newPool(1, 4);
    await read(pool, "hang");
    const startedAt = performance.now();
    const [culprit, other] = await Promise.all([read(pool, "hang", 1_000), read(pool, "a000")]);
    expect(culprit).toBe("no answer within 1 s");
    expect(other).toContain("a000 by");
    // Once, not once with the others and once more alone.
    expect(performance.now() - startedAt).toBeLessThan(1_900);
  });

  it("tells when more can be read", async () => {
    const pool = newPool(1, 2);
    const reading = [read(pool, "slow1", 10_000), read(pool, "slow2", 10_000)];
    const wait = pool.whenFree().then(() => "free");
    expect(await Promise.race([wait, sleep(20).then(() => "full")])).toBe("full");
    await Promise.race(reading);
    expect(await wait).toBe("free");
    await Promise.all(reading);
    await pool.whenFree();
  });

  it("starts again after a rest", async () => {
    const pool = newPool(1, 1);
    const before = await read(pool, "a000", 10_000);
    pool.rest();
    const after = await read(pool, "a000", 10_000);
    expect(after).not.toBe(before);
  });

  it("ends at once when it is closed, whatever is in hand", async () => {
    const pool = newPool(1, 1);
    const reading = [read(pool, "hang", 60_000), read(pool, "a000", 60_000)];
    await sleep(100);
    pool.close();
    expect(await Promise.all(reading)).toEqual(Array(2).fill("the readers were closed"));
    expect(await read(pool, "a000")).toBe("the readers are closed");
    await pool.whenFree();
  });
});
