import type { ExperimentJobs } from "@autosubmit-api/domain";
import type { PklInfoV3Body } from "@autosubmit-api/shared-types";
import { lazyMap, type Streamed } from "../lazy-list.js";
import { type JobPlace, monitoredJobFields, presentPackages } from "./listed-job.js";

/** Outline of jobs that are in no wrapper. */
export const UNWRAPPED_SHAPE = "dot";

/** @param listModifiedAt when the job list was last written, epoch seconds */
export function presentPklInfo(jobs: ExperimentJobs, listModifiedAt: number, place: JobPlace): Streamed<PklInfoV3Body> {
  return {
    pkl_file_name: "",
    error: false,
    error_message: "",
    has_changed: true,
    pkl_content: lazyMap(jobs.jobs, (job) =>
      Object.assign(monitoredJobFields(job, place), {
        dashed: job.wrapper !== null,
        shape: job.wrapper?.shape ?? UNWRAPPED_SHAPE,
        package: job.wrapper?.name ?? null,
      }),
    ),
    pkl_timestamp: listModifiedAt,
    packages: presentPackages(jobs),
  };
}

export function presentPklInfoFailure(message: string): PklInfoV3Body {
  return {
    pkl_file_name: "",
    error: true,
    error_message: message,
    has_changed: true,
    pkl_content: [],
    pkl_timestamp: 0,
    packages: {},
  };
}
