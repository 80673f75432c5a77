import { median } from "../statistics.js";
import { startApi } from "./server.js";
import type { BenchSite } from "./site.js";
import { MEASURED_VIEWS } from "./views.js";

/** What the process itself takes. */
export interface ProcessResult {
  /** From the process's start to its first answer, median. */
  startUpMs: number;
  idleRssMb: number;
  /** After every view of one experiment was asked once, by its number of jobs; each in a process of its own. */
  peakRssMb: Record<string, number>;
}

export async function measureProcess(site: BenchSite, rounds: number): Promise<ProcessResult> {
  const starts: number[] = [];
  let idleRssMb = 0;
  for (let round = 0; round < rounds; round += 1) {
    const server = await startApi(site);
    starts.push(server.startedInMs);
    idleRssMb = server.peakRssMb();
    await server.stop();
  }
  const peakRssMb: Record<string, number> = {};
  for (const experiment of site.big) {
    const server = await startApi(site);
    for (const view of MEASURED_VIEWS) {
      await server.client.expect(view.path(experiment), 200);
      console.log(`process ${experiment.jobs}: after ${view.name} ${server.peakRssMb().toFixed(0)} MB at most`);
    }
    peakRssMb[experiment.jobs] = server.peakRssMb();
    await server.stop();
  }
  return { startUpMs: median(starts), idleRssMb, peakRssMb };
}
