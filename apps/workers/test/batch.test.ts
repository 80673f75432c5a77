import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { collect } from "../src/batch.js";

describe("collect", () => {
  it("passes items on in order, a few at a time, one call after the other", async () => {
    const passed: number[][] = [];
    let atOnce = 0;
    const batch = collect<number>({
      size: 3,
      intervalMs: 10_000,
      pass: async (items) => {
        atOnce += 1;
        expect(atOnce).toBe(1);
        await sleep(5);
        passed.push(items);
        atOnce -= 1;
      },
      onError: () => undefined,
    });
    for (let item = 1; item <= 8; item += 1) batch.add(item);
    await batch.end();
    expect(passed).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8],
    ]);
  });

  it("does not let an item wait for others longer than the interval", async () => {
    const passed: number[][] = [];
    const batch = collect<number>({
      size: 100,
      intervalMs: 20,
      pass: async (items) => void passed.push(items),
      onError: () => undefined,
    });
    batch.add(1);
    await sleep(60);
    expect(passed).toEqual([[1]]);
    await batch.end();
    expect(passed).toEqual([[1]]);
  });

  it("reports the first error at once and throws it at the end; nothing is passed on after it", async () => {
    let calls = 0;
    let reported: unknown = null;
    const batch = collect<number>({
      size: 1,
      intervalMs: 10_000,
      pass: async () => {
        calls += 1;
        throw new RangeError(`call ${calls}`);
      },
      onError: (error) => {
        reported = error;
      },
    });
    batch.add(1);
    await sleep(5);
    expect(reported).toEqual(new RangeError("call 1"));
    batch.add(2);
    await expect(batch.end()).rejects.toThrow("call 1");
    expect(calls).toBe(1);
  });
});
