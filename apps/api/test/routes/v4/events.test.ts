import { setTimeout as sleep } from "node:timers/promises";
import type { EventPageV4Body, EventTicketV4Body, LiveEvent } from "@autosubmit-api/shared-types";
import { EventPageV4, EventTicketV4 } from "@autosubmit-api/shared-types";
import { describe, expect, onTestFinished, test } from "vitest";
import { readEvents, type StreamedEvent } from "../../support/event-reader.js";
import { expectBody } from "../../support/expect-body.js";
import { SECRETS, startFeed } from "../../support/feed-site.js";
import { startTestApi } from "../../support/test-api.js";

const numbers = (events: readonly StreamedEvent[]) =>
  events.filter(({ event }) => event === "log-added").map(({ data }) => (data as LiveEvent).id);

describe("the stream of events", { timeout: 30_000 }, () => {
  test("begins now, and tells what comes, once and in order", async () => {
    const { base, write } = await startFeed();
    await write("a000", 3);
    const reader = await readEvents(`${base}/v4/experiments/a000/events`);
    expect(reader.response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(reader.response.headers.get("access-control-allow-origin")).not.toBe("");
    expect(await reader.received(1)).toEqual([{ id: "3", event: "open", data: { next: 3 } }]);
    await write("a000", 2);
    await write("a001", 1);
    await write("a000", 1);
    expect(numbers(await reader.received(4))).toEqual([4, 5, 7]);
    expect(reader.events[1]).toEqual({
      id: "4",
      event: "log-added",
      data: {
        id: 4,
        at: "2026-07-01T09:00:00+00:00",
        expid: "a000",
        kind: "log-added",
        data: { name: "x", folder: "jobs" },
      },
    });
  });

  test("goes on where it was cut, from memory or from the journal", async () => {
    const { base, write } = await startFeed();
    await write("a000", 2_500);
    const all = await readEvents(`${base}/v4/events?since=0`);
    expect(numbers(await all.received(2_501))).toEqual(Array.from({ length: 2_500 }, (_, index) => index + 1));
    all.close();
    const rest = await readEvents(`${base}/v4/events?since=17`, { "last-event-id": "2490" });
    await write("a001", 1);
    expect(numbers(await rest.received(12))).toEqual([
      2491, 2492, 2493, 2494, 2495, 2496, 2497, 2498, 2499, 2500, 2501,
    ]);
  });

  test("neither loses nor doubles an event, wherever it is cut", async () => {
    const { base, write } = await startFeed();
    let written = 0;
    const writing = (async () => {
      for (let round = 0; round < 60; round += 1) {
        await write(round % 3 === 0 ? "a001" : "a000", 1 + (round % 7));
        written += 1 + (round % 7);
        await sleep(15);
      }
      return written;
    })();
    const told: number[] = [];
    let last = 0;
    let expected: number | null = null;
    void writing.then((count) => {
      expected = count;
    });
    while (told.length !== expected) {
      const reader = await readEvents(`${base}/v4/events?since=${last}`);
      await sleep(Math.random() * 120);
      reader.close();
      await reader.ended;
      told.push(...numbers(reader.events));
      last = told.at(-1) ?? 0;
    }
    expect(told).toEqual(Array.from({ length: told.length }, (_, index) => index + 1));
  });

  test("says when what a client missed is gone, or when it comes from another journal", async () => {
    const { base, databases, write } = await startFeed();
    await write("a000", 5);
    await databases.eventJournal.prune({ before: new Date(0), mostBytes: 150 });
    const { removedThrough } = await databases.eventJournal.bounds();
    expect(removedThrough).toBeGreaterThan(1);
    for (const since of [removedThrough - 1, 99]) {
      const reader = await readEvents(`${base}/v4/events?since=${since}`);
      expect(await reader.received(1)).toEqual([{ id: "5", event: "reset", data: { next: 5 } }]);
    }
    const reader = await readEvents(`${base}/v4/events?since=${removedThrough}`);
    expect(numbers(await reader.received(6 - removedThrough))[0]).toBe(removedThrough + 1);
  });

  test("is of the owners and statuses that are asked for", async () => {
    const { base, databases, write } = await startFeed();
    const [first, second] = await databases.experiments.list();
    const details = { created: "", model: "", branch: "", hpc: "" };
    await databases.details.replace([
      { expId: first?.id ?? 0, user: "ann", ...details },
      { expId: second?.id ?? 0, user: "bob", ...details },
    ]);
    const ann = await readEvents(`${base}/v4/events?owner=ann`);
    const both = await readEvents(`${base}/v4/events?expid=a000&expid=a001`);
    await Promise.all([ann.received(1), both.received(1)]);
    await write(second?.name ?? "", 1);
    await write(first?.name ?? "", 1);
    expect(numbers(await ann.received(2))).toEqual([2]);
    expect(numbers(await both.received(3))).toEqual([1, 2]);
  });

  test("ends when the server stops, and says so", async () => {
    const { api, base } = await startFeed();
    const reader = await readEvents(`${base}/v4/events`);
    await reader.received(1);
    await api.app.close();
    await reader.ended;
    expect(reader.events.at(-1)).toMatchObject({ event: "bye", data: { reason: "the server stops" } });
  });

  test("has so many places for each user", async () => {
    const { base } = await startFeed({ AS_API_FEED_STREAMS_PER_USER: "2" });
    const first = await readEvents(`${base}/v4/events`);
    const second = await readEvents(`${base}/v4/events`);
    await Promise.all([first.received(1), second.received(1)]);
    const third = await fetch(`${base}/v4/events?format=sse`);
    expect([third.status, third.headers.get("retry-after")]).toEqual([429, "30"]);
    expect(await third.json()).toMatchObject({ error: true });
    first.close();
    await sleep(200);
    expect((await readEvents(`${base}/v4/events`)).response.status).toBe(200);
  });

  test("opens with a ticket where EventSource cannot send a header", async () => {
    const { api, base } = await startFeed({ PROTECTION_LEVEL: "ALL", ...SECRETS });
    expect((await fetch(`${base}/v4/events?format=sse`)).status).toBe(401);
    const answer = await api.app.inject({
      method: "POST",
      url: "/v4/events/tickets",
      headers: { authorization: "Bearer service" },
    });
    expect(answer.statusCode).toBe(200);
    const { ticket } = answer.json<EventTicketV4Body>();
    expectBody(answer.json(), EventTicketV4);
    const reader = await readEvents(`${base}/v4/events?ticket=${ticket}`);
    expect(await reader.received(1)).toMatchObject([{ event: "open" }]);
    expect((await fetch(`${base}/v4/events?ticket=${ticket}x`)).status).toBe(401);
    // It opens nothing else, in no place.
    expect((await fetch(`${base}/v4/experiments?ticket=${ticket}`)).status).toBe(401);
    expect((await fetch(`${base}/v4/experiments`, { headers: { authorization: `Bearer ${ticket}` } })).status).toBe(
      401,
    );
    expect(JSON.stringify(api.log)).not.toContain(ticket);
  });
});

describe("pages of events", { timeout: 30_000 }, () => {
  test("hold the same events with the same numbers", async () => {
    const { api, write } = await startFeed();
    await write("a000", 3);
    await write("a001", 1);
    await write("a000", 1);
    const page = async (url: string) => {
      const body = await api.get<EventPageV4Body>(url);
      expectBody(body, EventPageV4);
      return body;
    };
    const ids = ({ events }: EventPageV4Body) => events.map(({ id }) => id);
    const first = await page("/v4/experiments/a000/events?format=json&since=0&limit=2");
    expect([ids(first), first.next, first.more, first.reset]).toEqual([[1, 2], 2, true, false]);
    const second = await page(`/v4/experiments/a000/events?format=json&since=${first.next}`);
    expect([ids(second), second.next, second.more]).toEqual([[3, 5], 5, false]);
    expect(ids(await page("/v4/events?since=3"))).toEqual([4, 5]);
    expect(await page("/v4/events")).toEqual({ events: [], next: 5, more: false, reset: false });
    expect(await page("/v4/events?since=7")).toEqual({ events: [], next: 5, more: false, reset: true });
  });

  test("are not sent again while nothing comes", async () => {
    const { api, write } = await startFeed();
    await write("a000", 1);
    const answer = await api.app.inject("/v4/events?since=1");
    expect(answer.headers).toMatchObject({ etag: expect.any(String), "retry-after": "2" });
    const headers = { "if-none-match": String(answer.headers.etag) };
    expect((await api.app.inject({ url: "/v4/events?since=1", headers })).statusCode).toBe(304);
    await write("a000", 1);
    expect((await api.app.inject({ url: "/v4/events?since=1", headers })).statusCode).toBe(200);
  });

  test("of an experiment that there is none, and without a journal", async () => {
    const { api } = await startFeed();
    expect((await api.app.inject("/v4/experiments/zzzz/events")).statusCode).toBe(404);
    expect((await api.app.inject("/v4/events?since=-1")).statusCode).toBe(422);
    const bare = await startTestApi([{ expid: "a000" }]);
    onTestFinished(() => bare.close());
    for (const format of ["json", "sse"]) {
      const answer = await bare.app.inject(`/v4/events?format=${format}`);
      expect(answer.statusCode).toBe(503);
      expect(answer.json().error_message).toContain("autosubmit_events.db");
    }
  });
});
