import { JOB_STATUS_CODES } from "@autosubmit-api/shared-types";
import type { PerformanceJob } from "../../src/performance/simulation.js";

/** A completed job that ran for an hour; everything else unknown. */
export function performanceJob(name: string, section: string, changes: Partial<PerformanceJob> = {}): PerformanceJob {
  return {
    name,
    section,
    status: JOB_STATUS_CODES.COMPLETED,
    chunk: 1,
    split: null,
    splits: null,
    queueSeconds: 0,
    runSeconds: 3600,
    startAt: 1_767_225_600,
    finishAt: 1_767_229_200,
    energyJoules: 0,
    runChunk: null,
    wrapper: null,
    ...changes,
  };
}
