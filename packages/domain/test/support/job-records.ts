import { createTimeZone, JOB_STATUS_CODES, type JobStatusName } from "@autosubmit-api/shared-types";
import { emptyConfigurationFacts, type JobRecord, type StructureEdge } from "autosubmit-reader";
import { buildExperimentJobs, type ExperimentJobs, type JobSources } from "../../src/jobs/experiment-jobs.js";
import { buildJobGraph } from "../../src/jobs/job-graph.js";
import { jobPositions } from "../../src/jobs/job-positions.js";
import type { Clock } from "../../src/jobs/job-times.js";
import { type JobAttempt, lastAttemptsInOrder } from "../../src/jobs/last-attempts.js";

/** 2026-01-02T00:00:00Z, on a clock of UTC. */
export const CLOCK: Clock = { now: 1_767_312_000, zone: createTimeZone("UTC") };

/** A waiting job without a date, a member or a chunk; the status by name. */
export function job(
  name: string,
  changes: Partial<Omit<JobRecord, "status">> & { status?: JobStatusName } = {},
): JobRecord {
  const { status = "WAITING", ...rest } = changes;
  return {
    name,
    id: 0,
    status: JOB_STATUS_CODES[status],
    priority: 0,
    section: name.split("_").at(-1) ?? "",
    date: null,
    member: null,
    chunk: null,
    split: null,
    splits: null,
    localOut: null,
    localErr: null,
    remoteOut: null,
    remoteErr: null,
    wrapperType: null,
    ...rest,
  };
}

/** Edges from texts such as `a > b`. */
export function edges(...texts: string[]): StructureEdge[] {
  return texts.map((text) => {
    const [from = "", to = ""] = text.split(" > ");
    return { from, to };
  });
}

/** The model of these jobs; all other sources empty unless given. */
export function experimentJobs(
  jobs: readonly JobRecord[],
  {
    edges: stored = null,
    attempts: rows = [],
    ...sources
  }: Partial<Omit<JobSources, "attempts" | "graph" | "positions">> & {
    attempts?: readonly JobAttempt[];
    edges?: readonly StructureEdge[] | null;
  } = {},
  clock = CLOCK,
): ExperimentJobs {
  const names = jobs.map((record) => record.name);
  const positions = jobPositions(names);
  const empty: JobSources = {
    expid: "a000",
    jobs,
    positions,
    graph: buildJobGraph(names, stored, positions),
    wrappers: null,
    attempts: lastAttemptsInOrder(rows, names, positions),
    runs: [],
    totalStats: new Map(),
    logs: null,
    facts: emptyConfigurationFacts("yaml"),
  };
  return buildExperimentJobs({ ...empty, ...sources }, clock);
}
