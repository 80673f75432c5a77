import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AnswerCache } from "../../src/render/answer-cache.js";
import type { Body } from "../../src/render/protocol.js";

const LARGE = 2_000_000;
const LINGERING_MS = 10_000;

const bodyOf = (sizeBytes: number): Body => ({
  status: 200,
  etag: '"x"',
  coding: "identity",
  bytes: new Uint8Array(sizeBytes),
  contentBytes: sizeBytes,
});

let freed: ArrayBufferLike[];
const cacheOf = (maximumBytes: number) => new AnswerCache(maximumBytes, (buffer) => void freed.push(buffer));

beforeEach(() => {
  freed = [];
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe("the cache of answers", () => {
  test("keeps as many bytes as it may, the most recently asked for", () => {
    const cache = cacheOf(5_000);
    for (const key of ["a", "b", "c"]) cache.keep(key, bodyOf(1_000));
    cache.find("a");
    for (const key of ["d", "e"]) cache.keep(key, bodyOf(1_000));
    expect(cache.sizeBytes).toBeLessThanOrEqual(5_000);
    expect(["a", "e"].map((key) => cache.find(key)?.contentBytes)).toEqual([1_000, 1_000]);
  });

  test("frees a large one that others pushed out, once nobody holds it", () => {
    const cache = cacheOf(3_000_000);
    const [first, second, third] = [bodyOf(LARGE), bodyOf(LARGE), bodyOf(LARGE)];
    cache.hold(first);
    cache.keep("first", first);
    cache.keep("second", second);
    expect([cache.find("first"), freed]).toEqual([null, []]);
    cache.release(first);
    expect(freed).toEqual([first.bytes.buffer]);
    cache.keep("third", third);
    expect(freed).toEqual([first.bytes.buffer, second.bytes.buffer]);
  });

  test("leaves small ones to the garbage collector", () => {
    const cache = cacheOf(1_500);
    const small = bodyOf(1_000);
    cache.hold(small);
    cache.keep("small", small);
    cache.release(small);
    cache.keep("other", bodyOf(1_000));
    expect([cache.find("small"), freed]).toEqual([null, []]);
  });

  test("of no bytes lends nothing, and frees what was sent", () => {
    const cache = cacheOf(0);
    const body = bodyOf(LARGE);
    cache.hold(body);
    cache.keep("large", body);
    expect(cache.find("large")).toBeNull();
    cache.release(body);
    expect(freed).toEqual([body.bytes.buffer]);
  });
});

describe("an answer that is too large to be kept", () => {
  test("is found while somebody holds it, and for a moment after", () => {
    const cache = cacheOf(1_000);
    const body = bodyOf(LARGE);
    for (let client = 0; client < 2; client += 1) cache.hold(body);
    cache.keep("large", body);
    expect(cache.sizeBytes).toBe(0);
    cache.release(body);
    vi.advanceTimersByTime(10 * LINGERING_MS);
    expect(cache.find("large")).toBe(body);
    cache.release(body);
    expect([cache.find("large"), freed]).toEqual([body, []]);
    vi.advanceTimersByTime(LINGERING_MS);
    expect([cache.find("large"), freed]).toEqual([null, [body.bytes.buffer]]);
  });

  test("stays when somebody asks for it in that moment", () => {
    const cache = cacheOf(1_000);
    const body = bodyOf(LARGE);
    cache.hold(body);
    cache.keep("large", body);
    cache.release(body);
    cache.hold(body);
    vi.advanceTimersByTime(LINGERING_MS);
    expect([cache.find("large"), freed]).toEqual([body, []]);
    cache.release(body);
    vi.advanceTimersByTime(LINGERING_MS);
    expect([cache.find("large"), freed]).toEqual([null, [body.bytes.buffer]]);
  });

  test("makes way for the next large one", () => {
    const cache = cacheOf(1_000);
    const [first, second] = [bodyOf(LARGE), bodyOf(LARGE)];
    for (const [key, body] of Object.entries({ first, second })) {
      cache.hold(body);
      cache.keep(key, body);
      cache.release(body);
    }
    expect([cache.find("first"), cache.find("second"), freed]).toEqual([null, second, [first.bytes.buffer]]);
  });

  test("is replaced by its newer form while the older one is still being sent", () => {
    const cache = cacheOf(1_000);
    const [older, newer] = [bodyOf(LARGE), bodyOf(LARGE)];
    for (const body of [older, newer]) {
      cache.hold(body);
      cache.keep("large", body);
    }
    cache.release(older);
    expect([cache.find("large"), freed]).toEqual([newer, [older.bytes.buffer]]);
  });
});
