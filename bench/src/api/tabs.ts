import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "../statistics.js";
import { below, defineScenario, ms, table } from "./scenario.js";
import { type ApiServer, startApi } from "./server.js";
import { type BenchExperiment, type BenchSite, changeOnAndOn, replaceJobList } from "./site.js";

interface TabsResult {
  requests: number;
  p50Ms: number;
  p95Ms: number;
  /** Answered 304. */
  notModified: number;
  /** Of one core. */
  processorShare: number;
}

const TABS = 50;
const EXPERIMENTS = 10;
const POLL_MS = 5_000;
const LIMIT_MS = 200;

export const tabs = defineScenario<TabsResult>({
  name: "tabs",
  title: `Many tabs: ${TABS} polling ${EXPERIMENTS} experiments every ${POLL_MS / 1_000} s`,
  isUsual: true,
  measure: (site, { seconds }) => measureTabs(site, Math.max(2, Math.round((3 * seconds * 1_000) / POLL_MS))),
  targets: ({ p95Ms, processorShare }) => [
    {
      ...below(`Many tabs: ${TABS} tabs, ${EXPERIMENTS} experiments, p95 under ${LIMIT_MS} ms`, p95Ms, LIMIT_MS),
      measured: `${ms(p95Ms)} ms, ${(processorShare * 100).toFixed(0)} % of a core`,
    },
  ],
  details: ({ requests, p50Ms, p95Ms, notModified, processorShare }) => [
    "Each tab polls its experiment's pkltreeinfo with the last ETag, as the GUI does; one experiment has 10,000 jobs, of which one \
changes every 5 s, the others are small. All tabs poll at their own moment. Milliseconds.",
    table(
      ["requests", "304", "p50", "p95", "processor, % of a core"],
      [[String(requests), String(notModified), ms(p50Ms), ms(p95Ms), (processorShare * 100).toFixed(0)]],
    ),
  ],
});

async function measureTabs(site: BenchSite, polls: number): Promise<TabsResult> {
  const [changing] = site.big;
  if (changing === undefined) throw new Error("the site has no big experiment");
  const server = await startApi(site);
  const expids = [changing.expid, ...site.smallExpids.slice(0, EXPERIMENTS - 1)];
  for (const expid of expids) await server.client.check(pathOf(expid));
  const asked: { ms: number; status: number }[] = [];
  const before = server.processorMs();
  const startedAt = performance.now();
  const stopChanging = changeOnAndOn(changing, POLL_MS);
  const start = (tab: number) =>
    openTab(server, expids[tab % EXPERIMENTS] ?? site.smallExpid, (tab * POLL_MS) / TABS, polls);
  for (const answers of await Promise.all(Array.from({ length: TABS }, (_, tab) => start(tab)))) asked.push(...answers);
  stopChanging();
  const processorShare = (server.processorMs() - before) / (performance.now() - startedAt);
  await server.stop();
  replaceJobList(changing, 0);
  const times = asked.map(({ ms: took }) => took);
  const notModified = asked.filter(({ status }) => status === 304).length;
  const result = {
    requests: times.length,
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    notModified,
    processorShare,
  };
  console.log(
    `tabs: p50 ${ms(result.p50Ms)} ms, p95 ${ms(result.p95Ms)} ms, ${(processorShare * 100).toFixed(0)} % of a core`,
  );
  return result;
}

const pathOf = (expid: BenchExperiment["expid"]) => `/v3/pkltreeinfo/${expid}/0`;

async function openTab({ client }: ApiServer, expid: string, delayMs: number, polls: number) {
  const asked: { ms: number; status: number }[] = [];
  let knownEtag: string | null = null;
  await sleep(delayMs);
  for (let poll = 0; poll < polls; poll += 1) {
    const due = performance.now() + POLL_MS;
    const answer = await client.get(pathOf(expid), { coding: "br", knownEtag });
    if (answer.status !== 200 && answer.status !== 304) throw new Error(`${expid} answered ${answer.status}`);
    knownEtag = answer.etag;
    asked.push(answer);
    await sleep(Math.max(0, due - performance.now()));
  }
  return asked;
}
