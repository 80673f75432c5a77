import { type ExperimentRow, isoTime } from "@autosubmit-api/domain";
import type { FoundExperimentV3Body, SearchV3Body, TimeZone } from "@autosubmit-api/shared-types";
import type { ConfigurationSummary } from "autosubmit-reader";

/** A row, and what lists show of its configuration; null where that cannot be loaded. */
export type FoundRow = ExperimentRow & { extra: ConfigurationSummary | null };

/** What tells `/v3/running/` from the searches: an unknown user is the text `None` there, as in the reference. */
export type SearchFlavour = "search" | "running";

export function presentSearch(rows: readonly FoundRow[], zone: TimeZone, flavour: SearchFlavour): SearchV3Body {
  return { experiment: rows.map((row) => presentFound(row, zone, flavour)) };
}

function presentFound(
  { experiment, counts, jobListModifiedAt, extra: facts }: FoundRow,
  zone: TimeZone,
  flavour: SearchFlavour,
): FoundExperimentV3Body {
  return {
    id: experiment.id,
    name: experiment.name,
    user: flavour === "running" ? (experiment.user ?? "None") : experiment.user,
    description: experiment.description,
    hpc: facts === null ? experiment.hpc : facts.mainPlatform,
    status: experiment.status,
    completed: counts?.completed ?? "NA",
    total: counts?.total ?? "NA",
    version: facts === null ? "Unknown" : facts.autosubmitVersion,
    wrapper: facts?.wrapperType ?? null,
    submitted: counts?.submitted ?? 0,
    queuing: counts?.queuing ?? 0,
    running: counts?.running ?? 0,
    failed: counts?.failed ?? 0,
    suspended: counts?.suspended ?? 0,
    modified: jobListModifiedAt === null ? null : isoTime(Math.floor(jobListModifiedAt), zone),
  };
}

export function presentSearchFailure(message: string): SearchV3Body {
  return { experiment: [], error: true, error_message: message };
}
