import type { JobView } from "../jobs/experiment-jobs.js";
import type { PerformanceJob } from "./simulation.js";

/** The jobs as performance needs them, in list order. */
export function performanceJobs(jobs: readonly JobView[]): PerformanceJob[] {
  return jobs.map(({ record, times, wrapper, runChunkLength, energyJoules }) => ({
    name: record.name,
    section: record.section,
    status: record.status,
    chunk: record.chunk,
    split: record.split,
    splits: record.splits,
    queueSeconds: times.queueSeconds,
    runSeconds: times.runSeconds,
    startAt: times.startAt ?? 0,
    finishAt: times.finishAt ?? 0,
    energyJoules,
    runChunk: times.source === "history" ? runChunkLength : null,
    wrapper: wrapper?.name ?? null,
  }));
}
