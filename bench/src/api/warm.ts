import { median } from "../statistics.js";
import type { Asked, Asking, Client } from "./client.js";
import { below, defineScenario, ms, type Target, table } from "./scenario.js";
import { type ApiServer, startApi } from "./server.js";
import { type BenchExperiment, type BenchSite, replaceJobList } from "./site.js";
import { MEASURED_VIEWS, type MeasuredView, referenceMs } from "./views.js";

/** What many requests of one kind took. Milliseconds. */
interface Spread {
  p50Ms: number;
  maxMs: number;
}

/** One view of one experiment that was asked before. */
interface WarmResult {
  view: string;
  jobs: number;
  /** With If-None-Match. */
  notModified: Spread;
  /** How many of these were answered 200, since jobs in flight are counted up to now and enough seconds had passed. */
  builtAnew: number;
  /** Without, packed, as browsers ask. */
  packed: Spread;
  packedBytes: number;
  /** Without, as it is. */
  plain: Spread;
  plainBytes: number;
  /** After the job list was replaced by one with another status of one job; median. */
  changedMs: number;
}

const SAMPLES = 20;
/** Hundreds of megabytes for each. */
const PLAIN_SAMPLES = 5;
const UNCHANGED_MS = 5;
const MONITOR_MS = 1_000;
const MONITOR_VIEWS = ["pklinfo", "pkltreeinfo"];

export const warm = defineScenario<WarmResult[]>({
  name: "warm",
  title: "Warm",
  version: 2,
  isUsual: true,
  measure: (site, { rounds }) => measureWarm(site, rounds),
  targets: (results) => [
    ...results.map(unchangedTarget),
    ...results.filter(({ view, jobs }) => jobs === 130_000 && MONITOR_VIEWS.includes(view)).map(monitorTarget),
  ],
  details: (results) => [
    `Milliseconds, of ${SAMPLES} requests (plain: ${PLAIN_SAMPLES}), one after the other. *304*: with the ETag of the last answer; "built" tells how many were built anew because seconds had passed, where jobs are in flight. *Packed*: kept bytes, with \`Accept-Encoding: br\`, until the last one arrived. *Plain*: the same without: what is larger than the cache of answers is there for 10 s. *Changed*: median; the job list was replaced by one with another status of one job (packed).`,
    table(
      ["view", "jobs", "304 p50", "max", "packed p50", "max", "MB", "plain p50", "max", "MB", "changed"],
      results.map(({ view, jobs, notModified, builtAnew, packed, packedBytes, plain, plainBytes, changedMs }) => [
        ...[view, String(jobs), ms(notModified.p50Ms) + (builtAnew === 0 ? "" : ` (${builtAnew} built)`)],
        ...[ms(notModified.maxMs), ms(packed.p50Ms), ms(packed.maxMs), (packedBytes / 1e6).toFixed(2)],
        ...[ms(plain.p50Ms), ms(plain.maxMs), (plainBytes / 1e6).toFixed(2), ms(changedMs)],
      ]),
    ),
  ],
});

function unchangedTarget({ view, jobs, notModified, packed }: WarmResult): Target {
  return {
    target: `Warm, unchanged: ${view}, ${jobs.toLocaleString("en")} jobs, under ${UNCHANGED_MS} ms (p50)`,
    measured: `304 ${ms(notModified.p50Ms)} ms, kept bytes ${ms(packed.p50Ms)} ms`,
    reference: null,
    ratio: null,
    isMet: Math.max(notModified.p50Ms, packed.p50Ms) < UNCHANGED_MS,
  };
}

function monitorTarget({ view, jobs, changedMs }: WarmResult): Target {
  const reference = referenceMs(view, jobs);
  const compared = reference === null ? {} : { reference: `${ms(reference)} ms`, ratio: reference / changedMs };
  return { ...below(`Warm, changed: ${view} at 130,000 jobs under 1 s`, changedMs, MONITOR_MS), ...compared };
}

async function measureWarm(site: BenchSite, rounds: number): Promise<WarmResult[]> {
  const results: WarmResult[] = [];
  for (const experiment of site.big) {
    const server = await startApi(site);
    for (const view of MEASURED_VIEWS) results.push(await measureView(server, experiment, view, rounds));
    await server.stop();
    replaceJobList(experiment, 0);
  }
  return results;
}

async function measureView(
  { client }: ApiServer,
  experiment: BenchExperiment,
  view: MeasuredView,
  rounds: number,
): Promise<WarmResult> {
  const path = view.path(experiment);
  const changed: number[] = [];
  let knownEtag: string | null = null;
  await client.check(path);
  for (let round = 0; round < rounds; round += 1) {
    replaceJobList(experiment, round % 2 === 0 ? 1 : 0);
    const { ms: took, etag } = await client.expect(path, 200, { coding: "br" });
    if (etag === null) throw new Error(`${path} has no ETag`);
    knownEtag = etag;
    changed.push(took);
  }
  const again: Asked[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const answer = await client.get(path, { coding: "br", knownEtag });
    knownEtag = answer.etag;
    again.push(answer);
  }
  const packed = await askOften(client, path, SAMPLES, { coding: "br" });
  await client.expect(path, 200);
  const plain = await askOften(client, path, PLAIN_SAMPLES, {});
  const result = {
    ...{ view: view.name, jobs: experiment.jobs },
    ...{ notModified: spreadOf(again), builtAnew: again.filter(({ status }) => status !== 304).length },
    ...{ packed: spreadOf(packed), packedBytes: packed[0]?.bytes ?? 0 },
    ...{ plain: spreadOf(plain), plainBytes: plain[0]?.bytes ?? 0, changedMs: median(changed) },
  };
  const { notModified: a, packed: b, plain: c } = result;
  const texts = [a.p50Ms, b.p50Ms, c.p50Ms, result.changedMs].map((value) => value.toFixed(1));
  console.log(`warm  ${experiment.jobs} ${view.name}: ${texts.join(" / ")} ms`);
  return result;
}

async function askOften(client: Client, path: string, times: number, asking: Asking): Promise<Asked[]> {
  const answers: Asked[] = [];
  while (answers.length < times) answers.push(await client.expect(path, 200, asking));
  return answers;
}

function spreadOf(answers: readonly Asked[]): Spread {
  const times = answers.map(({ ms: took }) => took);
  return { p50Ms: median(times), maxMs: Math.max(...times) };
}
