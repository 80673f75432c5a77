import { type ExperimentRow, isoInstant, type Page } from "@autosubmit-api/domain";
import type { ExperimentsV4Body, ListedExperimentV4Body, TimeZone } from "@autosubmit-api/shared-types";
import { lazyMap, type Streamed } from "../lazy-list.js";

/** @param utc the zone that the reference gives these times in, whatever the site's */
export function presentExperiments(page: Page<ExperimentRow>, utc: TimeZone): Streamed<ExperimentsV4Body> {
  return {
    experiments: lazyMap(page.items, (row) => presentListedExperiment(row, utc)),
    pagination: {
      page: page.page,
      page_size: page.pageSize,
      total_pages: page.pageCount,
      page_items: page.items.length,
      total_items: page.itemCount,
    },
  };
}

function presentListedExperiment(
  { experiment, counts, jobListModifiedAt }: ExperimentRow,
  utc: TimeZone,
): ListedExperimentV4Body {
  return {
    id: experiment.id,
    name: experiment.name,
    user: experiment.user,
    description: experiment.description,
    hpc: experiment.hpc,
    version: experiment.autosubmitVersion,
    created: experiment.created,
    modified: jobListModifiedAt === null ? null : isoInstant(Math.floor(jobListModifiedAt), utc),
    status: experiment.status || "NOT RUNNING",
    completed: counts?.completed ?? 0,
    total: counts?.total ?? 0,
    submitted: counts?.submitted ?? 0,
    queuing: counts?.queuing ?? 0,
    running: counts?.running ?? 0,
    failed: counts?.failed ?? 0,
    suspended: counts?.suspended ?? 0,
  };
}
