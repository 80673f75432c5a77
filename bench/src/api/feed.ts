import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { databaseFiles, migrate, siteDatabases } from "@autosubmit-api/db";
import { percentile } from "../statistics.js";
import { below, defineScenario, ms, table } from "./scenario.js";
import { startApi } from "./server.js";

interface FeedResult {
  streams: number;
  events: number;
  delivered: number;
  kbPerStream: number;
  /** Processor time of one event to all streams. */
  msPerEvent: number;
  p50Ms: number;
  p99Ms: number;
}

const STREAMS = 1_000;
const EVENTS_AT_ONCE = 5;
const PAUSE_MS = 200;
const LIMIT_MS = 1_000;

export const feed = defineScenario<FeedResult>({
  name: "feed",
  title: "Live feed, 1,000 streams",
  isUsual: true,
  measure: async (site, { seconds }) => {
    const files = databaseFiles({ dbDir: site.root, dbFile: "autosubmit.db", localRootDir: site.root });
    await migrate(files);
    const { eventJournal } = siteDatabases(files);
    const server = await startApi(site, { AS_API_FEED_STREAMS_PER_USER: String(STREAMS) });
    await server.client.expect("/v4/events", 200);
    const before = server.rssMb();
    const clients = fork(new URL("feed-clients.ts", import.meta.url), [String(server.port), String(STREAMS)]);
    await once(clients, "message");
    const kbPerStream = ((server.rssMb() - before) * 1024) / STREAMS;

    const aspect = `bench ${Date.now()}`;
    const processorBefore = server.processorMs();
    const rounds = Math.ceil((seconds * 1_000) / PAUSE_MS);
    for (let round = 0; round < rounds; round += 1) {
      const at = new Date();
      const data = JSON.stringify({ name: String(at.getTime()), folder: "jobs" });
      const state = {
        expid: "a000",
        aspect,
        revision: round === 0 ? null : round,
        fingerprint: "",
        base: null,
        state: "",
      };
      await eventJournal.advance(state, Array(EVENTS_AT_ONCE).fill({ at, expid: "a000", kind: "log-added", data }));
      await sleep(PAUSE_MS);
    }
    await sleep(2_000);
    const events = rounds * EVENTS_AT_ONCE;
    const msPerEvent = (server.processorMs() - processorBefore) / events;
    const told = once(clients, "message");
    clients.send("delays");
    const [{ delays }] = (await told) as [{ delays: number[] }];
    clients.disconnect();
    await server.stop();
    const result = {
      ...{ streams: STREAMS, events, delivered: delays.length, kbPerStream, msPerEvent },
      ...{ p50Ms: percentile(delays, 0.5), p99Ms: percentile(delays, 0.99) },
    };
    console.log(`feed: ${delays.length} deliveries, p99 ${ms(result.p99Ms)} ms, ${kbPerStream.toFixed(0)} kB a stream`);
    return result;
  },
  targets: ({ streams, events, delivered, p99Ms }) => [
    below(`Live feed: ${streams} streams, an event is with all of them in ${LIMIT_MS} ms (p99)`, p99Ms, LIMIT_MS),
    {
      target: "Live feed: every event once to every stream",
      measured: `${delivered} of ${streams * events}`,
      ...{ reference: null, ratio: null, isMet: delivered === streams * events },
    },
  ],
  details: ({ events, kbPerStream, msPerEvent, p50Ms, p99Ms }) => [
    `${events} events, ${EVENTS_AT_ONCE} every ${PAUSE_MS} ms, each to ${STREAMS} streams of one process; from the write to the journal to the client.`,
    table(
      ["memory a stream", "processor time an event", "delivery p50", "delivery p99"],
      [[`${kbPerStream.toFixed(1)} kB`, `${msPerEvent.toFixed(2)} ms`, `${ms(p50Ms)} ms`, `${ms(p99Ms)} ms`]],
    ),
  ],
});
