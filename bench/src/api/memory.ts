import { defineScenario, mb, type Target, table } from "./scenario.js";
import { type ApiServer, startApi } from "./server.js";
import type { BenchSite } from "./site.js";
import { MEASURED_VIEWS } from "./views.js";

interface MemoryResult {
  /** The most that was resident once every view of an experiment was asked one after the other, by its number of jobs. */
  peakMb: Record<string, number>;
  /** The same for clients that take nothing packed. */
  plainPeakMb: Record<string, number>;
  requests: number;
  /** Resident after every so many of them, evenly. */
  curveMb: number[];
}

const LIMIT_MB = 700;
const REFERENCE_MB: Readonly<Record<string, number>> = { 10000: 250, 130000: 1_300 };
/** Of a stretch over which nothing may grow; several of them, since garbage is collected every few thousand requests. */
const STRETCH_REQUESTS = 10_000;
const STRETCHES = 4;
const QUICK_STRETCH_REQUESTS = 1_000;
const SAMPLES_A_STRETCH = 10;
const CLIENTS = 8;
/** Memory is taken in steps and given back late; less than this is no growth. */
const GROWTH = 1.1;

export const memory = defineScenario<MemoryResult>({
  name: "memory",
  title: "Memory",
  version: 2,
  isUsual: true,
  measure: async (site, { rounds }) => {
    const peakMb = await peaks(site, "br");
    const plainPeakMb = await peaks(site, undefined);
    const requests = STRETCHES * (rounds === 1 ? QUICK_STRETCH_REQUESTS : STRETCH_REQUESTS);
    return { peakMb, plainPeakMb, requests, curveMb: await growth(site, requests) };
  },
  targets: ({ peakMb, plainPeakMb, requests, curveMb }) => {
    const highest = highestOf(curveMb);
    const [, settled = Number.NaN] = highest;
    return [
      ...peakTargets(peakMb, "packed"),
      ...peakTargets(plainPeakMb, "plain"),
      {
        target: `Memory: no growth over ${(requests / STRETCHES).toLocaleString("en")} requests`,
        measured: `highest in each of ${STRETCHES} such stretches: ${highest.map(mb).join(", ")}`,
        reference: null,
        ratio: null,
        isMet: (highest.at(-1) ?? Number.NaN) <= settled * GROWTH,
      },
    ];
  },
  details: ({ peakMb, plainPeakMb, requests, curveMb }) => [
    "Resident memory of the whole process, MB.",
    table(
      ["jobs", "peak, packed", "peak, plain", "reference"],
      Object.entries(peakMb).map(([jobs, peak]) => [
        ...[jobs, peak.toFixed(0), (plainPeakMb[jobs] ?? Number.NaN).toFixed(0), String(REFERENCE_MB[jobs])],
      ]),
    ),
    `Resident over ${requests.toLocaleString("en")} requests (views of 500 small experiments, lists, some 304), every \
${(requests / curveMb.length).toLocaleString("en")}: ${curveMb.map((value) => value.toFixed(0)).join(", ")}. Caches are full after the \
first stretch; what is left is garbage that is collected every few thousand requests.`,
  ],
});

/** The highest of each stretch. */
function highestOf(curveMb: readonly number[]): number[] {
  const size = curveMb.length / STRETCHES;
  return Array.from({ length: STRETCHES }, (_, stretch) =>
    Math.max(...curveMb.slice(stretch * size, (stretch + 1) * size)),
  );
}

function peakTargets(peaks: Readonly<Record<string, number>>, coding: string): Target[] {
  return Object.entries(peaks).map(([jobs, peak]) => ({
    target: `Memory: every view of ${Number(jobs).toLocaleString("en")} jobs once, ${coding}, peak under ${LIMIT_MB} MB`,
    measured: mb(peak),
    reference: mb(REFERENCE_MB[jobs] ?? Number.NaN),
    ratio: (REFERENCE_MB[jobs] ?? Number.NaN) / peak,
    isMet: peak < LIMIT_MB,
  }));
}

async function peaks(site: BenchSite, coding: string | undefined): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const experiment of site.big) {
    const server = await startApi(site);
    for (const view of MEASURED_VIEWS) {
      await server.client.expect(view.path(experiment), 200, coding === undefined ? {} : { coding });
      console.log(`memory ${experiment.jobs}: after ${view.name} ${mb(server.peakRssMb())} at most`);
    }
    found[experiment.jobs] = server.peakRssMb();
    await server.stop();
  }
  return found;
}

async function growth(site: BenchSite, requests: number): Promise<number[]> {
  const server = await startApi(site);
  const curve: number[] = [];
  let asked = 0;
  const askOn = async () => {
    while (asked < requests) {
      asked += 1;
      if (asked % (requests / (STRETCHES * SAMPLES_A_STRETCH)) === 0) curve.push(server.rssMb());
      await askOne(server, site, asked);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, askOn));
  await server.stop();
  console.log(`memory over ${requests} requests: ${curve.map((value) => value.toFixed(0)).join(", ")} MB`);
  return curve;
}

async function askOne({ client }: ApiServer, site: BenchSite, number: number): Promise<void> {
  const expid = site.smallExpids[number % site.smallExpids.length] ?? site.smallExpid;
  const paths = [
    `/v3/tree/${expid}`,
    `/v3/quick/${expid}`,
    `/v4/experiments?page_size=24&page=${1 + (number % 20)}`,
    "/",
  ];
  const path = paths[Math.floor(number / site.smallExpids.length) % paths.length] ?? "/";
  const { status, etag } = await client.get(path, { coding: "br" });
  if (status !== 200) throw new Error(`${path} answered ${status}`);
  if (number % 3 === 0) await client.get(path, { coding: "br", knownEtag: etag });
}
