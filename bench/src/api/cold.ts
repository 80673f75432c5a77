import { median } from "../statistics.js";
import { defineScenario, ms, type Target, table } from "./scenario.js";
import { startApi } from "./server.js";
import type { BenchExperiment, BenchSite } from "./site.js";
import { MEASURED_VIEWS, type MeasuredView, referenceMs } from "./views.js";

/** One view of one experiment, nothing cached but the files by the operating system. Milliseconds, medians. */
interface ColdResult {
  view: string;
  jobs: number;
  /** The first request that a new process gets about the experiment: the program's code is not compiled yet either. */
  firstMs: number;
  /** A process that runs already but keeps nothing, as the reference was measured. */
  uncachedMs: number;
  /** Processor time of the server for it, all threads: what other processes on the machine hardly change. */
  processorMs: number;
  bytes: number;
}

const KEEP_NOTHING = { AS_API_SOURCE_CACHE_MB: "0", AS_API_ANSWER_CACHE_MB: "0" };

const TIMES_FASTER = 10;

export const cold = defineScenario<ColdResult[]>({
  name: "cold",
  title: "Cold",
  isUsual: true,
  measure: (site, { rounds }) => measureCold(site, rounds),
  targets: (results) => results.flatMap(targetOf),
  details: (results) => [
    `Milliseconds, medians. *Uncached*: a process that runs already and keeps nothing between requests, as the reference does. \
*Processor*: the processor time of that, all threads together, which says what the time would be on an idle machine at the worst. \
*First*: the very first request of a new process, whose code is not compiled yet.`,
    table(["view", "jobs", "reference", "uncached", "ratio", "processor", "ratio", "first", "MB"], results.map(row)),
  ],
});

/** A view whose reference is not published has no target. */
function targetOf({ view, jobs, uncachedMs }: ColdResult): Target[] {
  const reference = referenceMs(view, jobs);
  if (reference === null) return [];
  const ratio = reference / uncachedMs;
  const target = `Cold, ${jobs.toLocaleString("en")} jobs: ${view} ${TIMES_FASTER} × faster`;
  return [
    { target, measured: `${ms(uncachedMs)} ms`, reference: `${ms(reference)} ms`, ratio, isMet: ratio >= TIMES_FASTER },
  ];
}

function row({ view, jobs, firstMs, uncachedMs, processorMs, bytes }: ColdResult): string[] {
  const reference = referenceMs(view, jobs);
  const ratio = (value: number) => (reference === null ? "–" : `${(reference / value).toFixed(1)} ×`);
  const [shown, size] = [reference === null ? "–" : ms(reference), (bytes / 1e6).toFixed(2)];
  const own = [ms(uncachedMs), ratio(uncachedMs), ms(processorMs), ratio(processorMs), ms(firstMs), size];
  return [view, String(jobs), shown, ...own];
}

async function measureCold(site: BenchSite, rounds: number): Promise<ColdResult[]> {
  const results: ColdResult[] = [];
  for (const experiment of site.big) {
    for (const view of MEASURED_VIEWS) results.push(await measureView(site, experiment, view, rounds));
  }
  return results;
}

async function measureView(
  site: BenchSite,
  experiment: BenchExperiment,
  view: MeasuredView,
  rounds: number,
): Promise<ColdResult> {
  const path = view.path(experiment);
  const first: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const server = await startApi(site);
    first.push((await server.client.expect(path, 200)).ms);
    await server.stop();
  }
  const server = await startApi(site, KEEP_NOTHING);
  await server.client.check(path);
  const { bytes } = await server.client.expect(path, 200);
  const uncached: number[] = [];
  const processor: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = server.processorMs();
    uncached.push((await server.client.expect(path, 200)).ms);
    processor.push(server.processorMs() - before);
  }
  await server.stop();
  const result = { firstMs: median(first), uncachedMs: median(uncached), processorMs: median(processor) };
  const texts = Object.values(result).map((ms) => ms.toFixed(0));
  console.log(`cold  ${experiment.jobs} ${view.name}: ${texts.join(" / ")} ms`);
  return { view: view.name, jobs: experiment.jobs, bytes, ...result };
}
