import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { percentile } from "../statistics.js";
import { below, defineScenario, ms, table } from "./scenario.js";
import { type ApiServer, type LoopDelays, startApi } from "./server.js";
import { type BenchExperiment, type BenchSite, changeOnAndOn, replaceJobList } from "./site.js";

/** One kind of light request while others ask for big trees. Milliseconds. */
interface LightResult {
  request: string;
  p50Ms: number;
  p99Ms: number;
  count: number;
}

/** Light requests under one load. */
interface LightRun {
  load: string;
  requests: LightResult[];
  /** Trees that were answered meanwhile. */
  trees: number;
  loop: LoopDelays;
  /** Resident at most so far. */
  peakMb: number;
}

interface Load {
  name: string;
  clients: number;
  coding: string;
  isChanging: boolean;
}

const LOADER = fileURLToPath(new URL("load.ts", import.meta.url));
const CLIENTS = 4;
const LOADS: readonly Load[] = [
  { name: "none", clients: 0, coding: "br", isChanging: false },
  { name: `${CLIENTS} clients`, clients: CLIENTS, coding: "br", isChanging: false },
  { name: `${CLIENTS} clients, list changes every 2 s`, clients: CLIENTS, coding: "br", isChanging: true },
  { name: `${CLIENTS} clients, unpacked (170 MB each)`, clients: CLIENTS, coding: "plain", isChanging: false },
];
const VERIFY_TOKEN = "/v4/auth/verify-token";
const PAUSE_MS = 20;
const CHANGE_EVERY_MS = 2_000;
const LIGHT_MS = 50;
const LOOP_MS = 20;

export const neverBlocked = defineScenario<LightRun[]>({
  name: "never-blocked",
  title: "Never blocked: light requests while clients loop 130,000-job trees",
  isUsual: true,
  measure: (site, { seconds }) => measureLight(site, seconds),
  targets: (runs) => {
    const loaded = runs.filter(({ load }) => load !== "none");
    const all = loaded.flatMap(({ load, requests }) => requests.map((request) => ({ load, ...request })));
    const worst = all.reduce((slower, request) => (request.p99Ms > slower.p99Ms ? request : slower));
    const loop = loaded.reduce((slower, run) => (run.loop.p99Ms > slower.loop.p99Ms ? run : slower));
    const light = below(`Never blocked: light requests under ${LIGHT_MS} ms at p99`, worst.p99Ms, LIGHT_MS);
    const delay = below(`Never blocked: event-loop delay under ${LOOP_MS} ms at p99`, loop.loop.p99Ms, LOOP_MS);
    return [
      { ...light, measured: `${worst.request} (${worst.load}), the slowest: ${light.measured}` },
      { ...delay, measured: `${delay.measured} (${loop.load})` },
    ];
  },
  details: (runs) => [
    "Milliseconds. The clients share the machine with the server. *Loop*: delay of the main thread's event loop, measured inside.",
    table(
      ["load", "request", "p50", "p99", "requests"],
      runs.flatMap(({ load, requests }) =>
        requests.map(({ request, p50Ms, p99Ms, count }) => [load, request, ms(p50Ms), ms(p99Ms), String(count)]),
      ),
    ),
    table(
      ["load", "loop p50", "loop p99", "loop max", "trees meanwhile", "peak MB"],
      runs.map(({ load, loop, trees, peakMb }) => [
        ...[load, ms(loop.p50Ms), ms(loop.p99Ms), ms(loop.maxMs), String(trees), peakMb.toFixed(0)],
      ]),
    ),
  ],
});

async function measureLight(site: BenchSite, seconds: number): Promise<LightRun[]> {
  const biggest = site.big.at(-1);
  if (biggest === undefined) throw new Error("the site has no big experiment");
  const server = await startApi(site);
  await server.client.check(`/v3/tree/${biggest.expid}`);
  await askLightly(server, site, 1);
  const runs: LightRun[] = [];
  for (const load of LOADS) runs.push(await measureUnder(load, server, site, biggest, seconds));
  await server.stop();
  replaceJobList(biggest, 0);
  return runs;
}

async function measureUnder(
  { name, clients, coding, isChanging }: Load,
  server: ApiServer,
  site: BenchSite,
  biggest: BenchExperiment,
  seconds: number,
): Promise<LightRun> {
  const load =
    clients === 0 ? null : fork(LOADER, [String(server.port), `/v3/tree/${biggest.expid}`, String(clients), coding]);
  const stopChanging = isChanging ? changeOnAndOn(biggest, CHANGE_EVERY_MS) : () => undefined;
  await server.loopDelays();
  const requests = await askLightly(server, site, seconds);
  const loop = await server.loopDelays();
  stopChanging();
  const trees = load === null ? 0 : await stopLoad(load);
  console.log(`never-blocked, load ${name}: loop p99 ${ms(loop.p99Ms)} ms, ${trees} trees`);
  for (const { request, p50Ms, p99Ms } of requests)
    console.log(`  ${request}: p50 ${ms(p50Ms)} ms, p99 ${ms(p99Ms)} ms`);
  return { load: name, requests, trees, loop, peakMb: server.peakRssMb() };
}

async function stopLoad(load: ChildProcess): Promise<number> {
  const told = once(load, "message");
  load.send("stop");
  const [trees] = await told;
  return Number(trees);
}

async function askLightly({ client }: ApiServer, site: BenchSite, seconds: number): Promise<LightResult[]> {
  const requests = {
    "GET /": "/",
    "verify-token": VERIFY_TOKEN,
    "quick of a small experiment": `/v3/quick/${site.smallExpid}`,
    "tree of a small experiment": `/v3/tree/${site.smallExpid}`,
    [`search among ${site.small}, 24 a page`]: "/v4/experiments?query=a&page_size=24",
  };
  const times = new Map(Object.keys(requests).map((name) => [name, [] as number[]]));
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) {
    for (const [name, path] of Object.entries(requests)) {
      const { status, ms: took } = await client.get(path, { coding: "br" });
      // Without a token there is nothing to verify, which is an answer too.
      if (status !== 200 && !(path === VERIFY_TOKEN && status < 500)) throw new Error(`${path} answered ${status}`);
      times.get(name)?.push(took);
    }
    await sleep(PAUSE_MS);
  }
  return [...times].map(([request, all]) => ({
    ...{ request, p50Ms: percentile(all, 0.5), p99Ms: percentile(all, 0.99), count: all.length },
  }));
}
