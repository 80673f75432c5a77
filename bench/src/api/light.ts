import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { percentile } from "../statistics.js";
import { type ApiServer, startApi } from "./server.js";
import { type BenchExperiment, type BenchSite, replaceJobList } from "./site.js";

/** One kind of light request while others ask for big trees. Milliseconds. */
export interface LightResult {
  request: string;
  p50Ms: number;
  p99Ms: number;
  count: number;
}

/** Light requests under one load. */
export interface LightRun {
  load: string;
  requests: LightResult[];
  /** Trees that were answered meanwhile. */
  trees: number;
}

const LOAD = fileURLToPath(new URL("tree-load.ts", import.meta.url));
const CLIENTS = 4;
const PAUSE_MS = 20;
const CHANGE_EVERY_MS = 2_000;

/** Light requests alone, beside trees of a list that stays, and beside trees of a list that goes on changing. */
export async function measureLight(site: BenchSite, seconds: number): Promise<LightRun[]> {
  const biggest = site.big.at(-1);
  if (biggest === undefined) throw new Error("the site has no big experiment");
  const server = await startApi(site);
  await server.client.check(`/v3/tree/${biggest.expid}`);
  await askLightly(server, site, 1);
  const runs: LightRun[] = [{ load: "none", trees: 0, requests: await askLightly(server, site, seconds) }];
  for (const isChanging of [false, true]) {
    const load = fork(LOAD, [String(server.port), `/v3/tree/${biggest.expid}`, String(CLIENTS)]);
    const stopChanging = isChanging ? changeOnAndOn(biggest) : () => undefined;
    const requests = await askLightly(server, site, seconds);
    stopChanging();
    const trees = await stopLoad(load);
    runs.push({ load: `${CLIENTS} clients, list ${isChanging ? "changes every 2 s" : "unchanged"}`, requests, trees });
  }
  await server.stop();
  replaceJobList(biggest, 0);
  return runs;
}

function changeOnAndOn(experiment: BenchExperiment): () => void {
  let variant: 0 | 1 = 0;
  const timer = setInterval(() => {
    variant = variant === 0 ? 1 : 0;
    replaceJobList(experiment, variant);
  }, CHANGE_EVERY_MS);
  return () => clearInterval(timer);
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
    "quick of a small experiment": `/v3/quick/${site.smallExpid}`,
    [`search among ${site.small}, 24 a page`]: "/v4/experiments?query=a&page_size=24",
  };
  const times = new Map(Object.keys(requests).map((name) => [name, [] as number[]]));
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) {
    for (const [name, path] of Object.entries(requests)) times.get(name)?.push((await client.expect(path, 200)).ms);
    await sleep(PAUSE_MS);
  }
  return [...times].map(([request, all]) => {
    const result = { request, p50Ms: percentile(all, 0.5), p99Ms: percentile(all, 0.99), count: all.length };
    console.log(`light ${request}: p50 ${result.p50Ms.toFixed(1)} ms, p99 ${result.p99Ms.toFixed(1)} ms`);
    return result;
  });
}
