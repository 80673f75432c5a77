import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { EventJournalRepository, JournalEvent } from "@autosubmit-api/db";
import { createTimeZone } from "@autosubmit-api/shared-types";
import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { EventStream } from "../../src/feed/event-stream.js";
import { LiveFeed } from "../../src/feed/live-feed.js";
import { readEvents } from "../support/event-reader.js";

const EVERYTHING = { wants: () => true, refresh: async () => undefined };

/** A feed over real connections; its journal is a list. */
async function startFeed(patienceMs: number) {
  const events: JournalEvent[] = [];
  const journal = {
    bounds: async () => ({ removedThrough: 0, newest: events.length }),
    listAfter: async (id: number, limit: number) => events.slice(id, id + limit),
    news: async () => {
      await sleep(50);
    },
  } as Pick<EventJournalRepository, "bounds" | "listAfter" | "news"> as EventJournalRepository;
  const feed = new LiveFeed({
    ...{ journal, timeZone: createTimeZone("UTC"), logger: pino({ level: "silent" }) },
    ...{ mostPerUser: 10, mostStreams: 10, patienceMs },
  });
  const server = createServer((_request, response) => {
    void feed.subscribe(null, EVERYTHING, () => new EventStream(response, {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    feed.close();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const write = (count: number, text: string) => {
    for (let index = 0; index < count; index += 1) {
      events.push({
        id: events.length + 1,
        at: new Date(0),
        expid: "a000",
        kind: "log-added",
        data: JSON.stringify(text),
      });
    }
  };
  return { feed, port, write };
}

/** A client that opens a stream and then reads nothing. */
async function silentClient(port: number) {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined);
  socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  await new Promise((resolve) => socket.once("data", resolve));
  socket.pause();
  return socket;
}

describe("the live feed", { timeout: 30_000 }, () => {
  test("sends away a client that does not read, and holds nobody else up", async () => {
    const { feed, port, write } = await startFeed(700);
    await silentClient(port);
    const reader = await readEvents(`http://127.0.0.1:${port}/`);
    await reader.received(1);
    write(300, "y".repeat(100_000));
    await reader.received(301);
    expect(reader.events.slice(1).map(({ id }) => Number(id))).toEqual(
      Array.from({ length: 300 }, (_, index) => index + 1),
    );
    while (feed.size > 1) await sleep(50);
    expect(feed.size).toBe(1);
  });

  test("holds little for a client that reads slowly, and tells it everything", async () => {
    const { feed, port, write } = await startFeed(10_000);
    const socket = await silentClient(port);
    write(400, "z".repeat(100_000));
    await sleep(1_500);
    const before = process.memoryUsage().arrayBuffers;
    expect(before).toBeLessThan(60e6);
    let text = "";
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => {
      text += chunk.replaceAll(/z+/g, "");
    });
    socket.resume();
    while (!text.includes("id: 400\n")) await sleep(50);
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual(Array.from({ length: 400 }, (_, index) => index + 1));
    expect(feed.size).toBe(1);
  });
});
