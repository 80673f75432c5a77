import { median } from "../statistics.js";
import { startApi } from "./server.js";
import type { BenchExperiment, BenchSite } from "./site.js";
import { MEASURED_VIEWS, type MeasuredView } from "./views.js";

/** One view of one experiment, nothing cached but the files by the operating system. Milliseconds, medians. */
export interface ColdResult {
  view: string;
  jobs: number;
  /** The first request that a new process gets about the experiment: the program's code is not compiled yet either. */
  firstMs: number;
  /** A process that runs already but keeps nothing, as the reference was measured. */
  uncachedMs: number;
  /** Processor time of the server for it, all threads: what other processes on the machine hardly change. */
  processorMs: number;
  /** Null where it was not noted. */
  bytes: number | null;
}

const KEEP_NOTHING = { AS_API_SOURCE_CACHE_MB: "0", AS_API_ANSWER_CACHE_MB: "0" };

export async function measureCold(site: BenchSite, rounds: number): Promise<ColdResult[]> {
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
