import { type ExperimentJobs, freshWrappers } from "@autosubmit-api/domain";
import type { PklTreeInfoV3Body } from "@autosubmit-api/shared-types";
import { lazyMap, type Streamed } from "../lazy-list.js";
import { TREE_BADGES, treeWrappedBadge } from "./html.js";
import { type JobPlace, monitoredJobFields, presentPackages } from "./listed-job.js";
import { treeTitle } from "./tree.js";

const BADGES = {
  source_tag: TREE_BADGES.source,
  target_tag: TREE_BADGES.target,
  sync_tag: TREE_BADGES.sync,
  check_mark: TREE_BADGES.checkmark,
};

/**
 * A monitored tree gets a new folder when a job names a wrapper for the first time, and the GUI loses the whole page when
 * a job of that wrapper changes at any later time: it forgot the folder's counters. So the `wrapper` of a job is withheld
 * for a week, longer than pages are watched; `wrapper_tag`, `wrapper_id` and `title` tell it from the start.
 * differs: the reference gives `wrapper` at once.
 * @param listModifiedAt when the job list was last written, epoch seconds
 */
export function presentPklTreeInfo(
  jobs: ExperimentJobs,
  listModifiedAt: number,
  place: JobPlace,
): Streamed<PklTreeInfoV3Body> {
  const withheld = freshWrappers(jobs, listModifiedAt);
  return {
    pkl_file_name: "",
    error: false,
    error_message: "",
    has_changed: true,
    pkl_content: lazyMap(jobs.jobs, (job, index) =>
      Object.assign(monitoredJobFields(job, place), {
        wrapper: job.wrapper === null || withheld.has(job.wrapper.name) ? null : job.wrapper.name,
        wrapper_tag: job.wrapper === null ? null : treeWrappedBadge(job.wrapper.name),
        wrapper_id: job.wrapper?.id ?? null,
        title: treeTitle(jobs, index, job),
      }),
    ),
    pkl_timestamp: listModifiedAt,
    packages: presentPackages(jobs),
    ...BADGES,
  };
}

export function presentPklTreeInfoFailure(message: string): PklTreeInfoV3Body {
  return {
    pkl_file_name: "",
    error: true,
    error_message: message,
    has_changed: true,
    pkl_content: [],
    pkl_timestamp: 0,
    packages: {},
    ...BADGES,
  };
}
