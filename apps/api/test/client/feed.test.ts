import { setTimeout as sleep } from "node:timers/promises";
import { FeedRefusedError, type FeedState, followEvents, type LiveEvent, liveEvents } from "@autosubmit-api/client";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { startCuttingProxy } from "../support/cutting-proxy.js";
import { SECRETS, startFeed } from "../support/feed-site.js";

/** Follows until so many events came. */
async function follow(options: Parameters<typeof liveEvents>[0], count: number) {
  const told: number[] = [];
  const resets: number[] = [];
  for await (const item of liveEvents({ longestPauseMs: 50, ...options })) {
    if (item.type === "reset") resets.push(item.next);
    else told.push(item.event.id);
    if (told.length >= count || resets.length > 0) break;
  }
  return { told, resets };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe("following the feed", { timeout: 60_000 }, () => {
  test.each(["stream", "poll"] as const)(
    "by %s brings every event once and in order, wherever connections are cut",
    async (transport) => {
      const { base, write } = await startFeed();
      let written = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 1, maxLength: 8 }),
          fc.array(fc.tuple(fc.constantFrom("a000", "a001"), fc.integer({ min: 1, max: 9 }), fc.nat(20)), {
            minLength: 5,
            maxLength: 15,
          }),
          async (cutAfter, writes) => {
            const first = written;
            const proxy = await startCuttingProxy(base, cutAfter);
            const expected = writes.reduce((sum, [, count]) => sum + count, 0);
            // Very small limits let nothing through, ever.
            const relenting = sleep(700).then(() => proxy.relent());
            const following = follow({ baseUrl: proxy.url, since: first, transport }, expected);
            for (const [expid, count, pauseMs] of writes) {
              await write(expid, count);
              await sleep(pauseMs);
            }
            written += expected;
            const { told, resets } = await following;
            expect(resets).toEqual([]);
            expect(told).toEqual(upTo(expected).map((index) => first + index));
            await relenting;
          },
        ),
        { numRuns: 5, endOnFailure: true },
      );
      expect(written).toBeGreaterThan(0);
    },
  );

  test("goes on after the feed was open, even when nothing had been told before the cut", async () => {
    const { base, write } = await startFeed();
    await write("a000", 3);
    const proxy = await startCuttingProxy(base, [Number.POSITIVE_INFINITY]);
    const states: FeedState[] = [];
    const following = follow({ baseUrl: proxy.url, onState: (state) => states.push(state) }, 2);
    while (states.at(-1)?.kind !== "open") await sleep(10);
    proxy.cutAll();
    await write("a000", 2);
    expect((await following).told).toEqual([4, 5]);
    expect(states.map(({ kind }) => kind)).toEqual(["connecting", "open", "waiting", "connecting", "open"]);
  });

  test("tells a reset when the journal is another than the one it knows", async () => {
    const { base, write } = await startFeed();
    await write("a000", 2);
    expect(await follow({ baseUrl: base, since: 99 }, 1)).toEqual({ told: [], resets: [2] });
    expect(await follow({ baseUrl: base, since: 99, transport: "poll" }, 1)).toEqual({ told: [], resets: [2] });
  });

  test("opens a stream again that is silent", async () => {
    const { base } = await startFeed();
    const states: FeedState[] = [];
    const abort = new AbortController();
    const following = followEvents({
      ...{ baseUrl: base, silenceMs: 100, longestPauseMs: 20, signal: abort.signal },
      onState: (state) => states.push(state),
      onEvent: () => {},
    });
    while (states.filter(({ kind }) => kind === "open").length < 3) await sleep(10);
    abort.abort();
    await following;
    expect(states).toContainEqual({ kind: "waiting", retryMs: expect.any(Number), reason: "the stream is silent" });
  });

  test("polls where streams do not get through", async () => {
    const { base, write } = await startFeed();
    const states: FeedState[] = [];
    const held: typeof fetch = async (url, init) => {
      const response = await fetch(url, init);
      if (!String(url).includes("format=sse")) return response;
      await response.body?.cancel();
      return new Response(new ReadableStream(), { headers: response.headers });
    };
    const following = follow(
      { baseUrl: base, since: 0, fetch: held, silenceMs: 50, onState: (state) => states.push(state) },
      2,
    );
    await write("a000", 2);
    expect((await following).told).toEqual([1, 2]);
    expect(states.at(-1)).toEqual({ kind: "open", by: "poll" });
  });

  test("reads nothing more while an event is being used", async () => {
    const { base, write } = await startFeed();
    await write("a000", 50);
    const told: number[] = [];
    const abort = new AbortController();
    onTestFinished(() => abort.abort());
    await followEvents({
      ...{ baseUrl: base, since: 0, expid: "a000", signal: abort.signal },
      onEvent: async ({ id }: LiveEvent) => {
        await sleep(2);
        told.push(id);
        if (id === 50) abort.abort();
      },
    });
    expect(told).toEqual(upTo(50));
  });

  test("sends the token, and says when it is refused", async () => {
    const { base, write } = await startFeed({ PROTECTION_LEVEL: "ALL", ...SECRETS });
    await write("a000", 1);
    for (const token of ["service", "Bearer service", async () => "service"])
      expect((await follow({ baseUrl: `${base}/`, since: 0, token }, 1)).told).toEqual([1]);
    for (const transport of ["stream", "poll"] as const) {
      const refused = follow({ baseUrl: base, since: 0, token: "wrong", transport }, 1);
      await expect(refused).rejects.toThrow(FeedRefusedError);
      await expect(refused).rejects.toMatchObject({ status: 401, position: 0, message: "Unauthorized" });
    }
    const missing = follow({ baseUrl: base, expid: "zzzz", token: "service" }, 1);
    await expect(missing).rejects.toMatchObject({ status: 404, message: "There is no experiment zzzz" });
  });
});
