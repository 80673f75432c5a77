import { median } from "../statistics.js";
import { below, defineScenario, ms, type Target, table } from "./scenario.js";
import { type ApiServer, startApi } from "./server.js";
import { type BenchExperiment, type BenchSite, replaceJobList } from "./site.js";
import { MEASURED_VIEWS, type MeasuredView, referenceMs } from "./views.js";

/** One view of one experiment that was asked before. Milliseconds, medians. */
interface WarmResult {
  view: string;
  jobs: number;
  /** With If-None-Match. */
  notModifiedMs: number;
  /** Whether that was answered 304 each time: an answer that changes with the clock may be built anew. */
  isNotModified: boolean;
  /** Without, packed, as browsers ask. */
  packedMs: number;
  /** Without, as it is. */
  plainMs: number;
  /** After the job list was replaced by one with another status of one job. */
  changedMs: number;
}

const UNCHANGED_MS = 5;
const MONITOR_MS = 1_000;
const MONITOR_VIEWS = ["pklinfo", "pkltreeinfo"];

export const warm = defineScenario<WarmResult[]>({
  name: "warm",
  title: "Warm",
  isUsual: true,
  measure: (site, { rounds }) => measureWarm(site, rounds),
  targets: (results) => [
    slowest(results, "notModifiedMs", "304 by ETag"),
    slowest(results, "packedMs", "kept bytes"),
    ...results.filter(({ view, jobs }) => jobs === 130_000 && MONITOR_VIEWS.includes(view)).map(monitorTarget),
  ],
  details: (results) => [
    `Milliseconds, medians. *304*: with the ETag of the last answer; "built" where it was built anew because seconds had passed. \
*Packed*: kept bytes, with \`Accept-Encoding: br\`, until the last one arrived. *Plain*: the same without; what is larger than the \
cache of answers is built again. *Changed*: the job list was replaced by one with another status of one job (packed).`,
    table(
      ["view", "jobs", "304", "packed", "plain", "changed"],
      results.map(({ view, jobs, notModifiedMs, isNotModified, packedMs, plainMs, changedMs }) => [
        ...[view, String(jobs), ms(notModifiedMs) + (isNotModified ? "" : " (built)")],
        ...[ms(packedMs), ms(plainMs), ms(changedMs)],
      ]),
    ),
  ],
});

function slowest(results: readonly WarmResult[], key: "notModifiedMs" | "packedMs", what: string): Target {
  const worst = results.reduce((slower, result) => (result[key] > slower[key] ? result : slower));
  const target = below(`Warm, unchanged: ${what} under ${UNCHANGED_MS} ms at any size`, worst[key], UNCHANGED_MS);
  return { ...target, measured: `${worst.view} of ${worst.jobs}, the slowest: ${target.measured}` };
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
  const times = {
    notModifiedMs: [] as number[],
    packedMs: [] as number[],
    plainMs: [] as number[],
    changedMs: [] as number[],
  };
  let isNotModified = true;
  await client.check(path);
  for (let round = 0; round < rounds; round += 1) {
    replaceJobList(experiment, round % 2 === 0 ? 1 : 0);
    const changed = await client.expect(path, 200, { coding: "br" });
    if (changed.etag === null) throw new Error(`${path} has no ETag`);
    times.changedMs.push(changed.ms);
    const again = await client.get(path, { coding: "br", knownEtag: changed.etag });
    isNotModified &&= again.status === 304;
    times.notModifiedMs.push(again.ms);
    times.packedMs.push((await client.expect(path, 200, { coding: "br" })).ms);
    await client.expect(path, 200);
    times.plainMs.push((await client.expect(path, 200)).ms);
  }
  const result = {
    notModifiedMs: median(times.notModifiedMs),
    packedMs: median(times.packedMs),
    plainMs: median(times.plainMs),
    changedMs: median(times.changedMs),
  };
  const texts = Object.values(result).map((value) => value.toFixed(1));
  console.log(`warm  ${experiment.jobs} ${view.name}: ${texts.join(" / ")} ms`);
  return { view: view.name, jobs: experiment.jobs, isNotModified, ...result };
}
