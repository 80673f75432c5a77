import { median } from "../statistics.js";
import { type ApiServer, startApi } from "./server.js";
import { type BenchExperiment, type BenchSite, replaceJobList } from "./site.js";
import { MEASURED_VIEWS, type MeasuredView } from "./views.js";

/** One view of one experiment that was asked before. Milliseconds, medians. */
export interface WarmResult {
  view: string;
  jobs: number;
  /** With If-None-Match, answered 304. */
  notModifiedMs: number;
  /** Without, answered with the kept bytes. */
  keptMs: number;
  /** After the job list was replaced by one with another status of one job. */
  changedMs: number;
}

export async function measureWarm(site: BenchSite, rounds: number): Promise<WarmResult[]> {
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
  const times = { notModifiedMs: [] as number[], keptMs: [] as number[], changedMs: [] as number[] };
  await client.check(path);
  for (let round = 0; round < rounds; round += 1) {
    replaceJobList(experiment, round % 2 === 0 ? 1 : 0);
    const changed = await client.expect(path, 200);
    if (changed.etag === null) throw new Error(`${path} has no ETag`);
    times.changedMs.push(changed.ms);
    // A view of a running job's log files is built anew each time, and may then differ.
    const again = await client.get(path, changed.etag);
    times.notModifiedMs.push(again.ms);
    times.keptMs.push((await client.expect(path, 200)).ms);
  }
  const result = {
    notModifiedMs: median(times.notModifiedMs),
    keptMs: median(times.keptMs),
    changedMs: median(times.changedMs),
  };
  const texts = Object.values(result).map((ms) => ms.toFixed(1));
  console.log(`warm  ${experiment.jobs} ${view.name}: ${texts.join(" / ")} ms`);
  return { view: view.name, jobs: experiment.jobs, ...result };
}
