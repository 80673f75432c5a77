import type { JobView } from "../jobs/experiment-jobs.js";
import type { PerformanceJob } from "./simulation.js";

/**
 * The jobs as performance needs them, in list order.
 * @param energyOf joules of a job's last attempt, 0 when unknown; only asked where the history agrees with the job list
 */
export function performanceJobs(jobs: readonly JobView[], energyOf: (jobName: string) => number): PerformanceJob[] {
  return jobs.map(({ record, times, wrapper, runChunkLength }) => {
    const isFromHistory = times.source === "history";
    return {
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
      energyJoules: isFromHistory ? Math.max(0, Math.trunc(energyOf(record.name))) : 0,
      runChunk: isFromHistory ? runChunkLength : null,
      wrapper: wrapper?.name ?? null,
    };
  });
}
