import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { AnswerCache } from "../../src/render/answer-cache.js";
import type { Body } from "../../src/render/protocol.js";

const bodyOf = (sizeBytes: number): Body => ({
  status: 200,
  etag: '"x"',
  coding: "identity",
  bytes: new Uint8Array(sizeBytes),
  contentBytes: sizeBytes,
});

/** Collects garbage, twice with a pause: what is found dead is told of later. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let round = 0; round < 2; round += 1) {
    await sleep(5);
    collect();
  }
}

describe("the cache of answers", () => {
  test("keeps as many bytes as it may, the most recently asked for", () => {
    const cache = new AnswerCache(5_000);
    for (const key of ["a", "b", "c"]) cache.keep(key, bodyOf(1_000));
    cache.find("a");
    for (const key of ["d", "e"]) cache.keep(key, bodyOf(1_000));
    expect(cache.sizeBytes).toBeLessThanOrEqual(5_000);
    expect(["a", "e"].map((key) => cache.find(key)?.contentBytes)).toEqual([1_000, 1_000]);
  });

  test("finds one that is too large to be kept as long as somebody holds its bytes, and no longer", async () => {
    const cache = new AnswerCache(1_000);
    let held: Body | null = bodyOf(2_000_000);
    cache.keep("large", held);
    expect(cache.sizeBytes).toBe(0);
    await collectGarbage();
    expect(cache.find("large")?.bytes.buffer).toBe(held.bytes.buffer);
    held = null;
    await collectGarbage();
    expect(cache.find("large")).toBeNull();
  });

  test("of no bytes lends nothing", () => {
    const cache = new AnswerCache(0);
    const body = bodyOf(2_000_000);
    cache.keep("large", body);
    expect([cache.find("large"), body.contentBytes]).toEqual([null, 2_000_000]);
  });
});
