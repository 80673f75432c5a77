import { randomUUID } from "node:crypto";
import {
  buildExperimentJobs,
  buildJobGraph,
  type ExperimentJobs,
  JOB_ATTEMPT_COLUMNS,
  type JobAttempt,
  type JobGraph,
  type JobPositions,
  jobPositions,
  jobsThatNeedTotalStats,
  lastAttemptsInOrder,
} from "@autosubmit-api/domain";
import {
  emptyConfigurationFacts,
  fingerprintFile,
  type GraphLayoutRecord,
  type JobList,
  type JobLogs,
  readGraphLayout,
  readJobLogs,
  readLastJobData,
  readStructure,
  readTotalStats,
  type TotalStatsRecord,
} from "autosubmit-reader";
import { EXPERIMENT_RUNS } from "./history-sources.js";
import { readOrNull, type Snapshot, type Source } from "./snapshot.js";
import { CONFIGURATION_FACTS, JOB_LIST, readJobs, WRAPPER_JOBS } from "./sources.js";
import type { ViewContext } from "./view.js";

/** Rough sizes in memory, measured on experiments of 100,000 jobs. */
const BYTES_PER_ATTEMPT = 260;
const BYTES_PER_POSITION = 90;
const BYTES_PER_GRAPH_JOB = 8;
const BYTES_PER_EDGE = 8;
const BYTES_PER_LOG = 300;
const BYTES_PER_PLACE = 120;

const fingerprintOf =
  (...databases: ("job-data" | "structure" | "old-structure" | "job-list" | "graph-layout")[]) =>
  async (snapshot: Snapshot) =>
    (await Promise.all(databases.map((database) => snapshot.databaseFingerprint(database)))).join(" ");

/** The names of the listed jobs. The same object as long as the names stay, whatever else changes of the jobs. */
interface ListedNames {
  names: readonly string[];
  positions: JobPositions;
  /** Tells these names from all others of this thread. */
  id: string;
}

export const LISTED_NAMES: Source<ListedNames> = {
  name: "listed-names",
  fingerprint: (snapshot) => snapshot.fingerprint(JOB_LIST),
  read: async (snapshot, previous) => {
    const names = (await snapshot.read(JOB_LIST)).jobs.map((job) => job.name);
    if (previous !== null && areEqual(previous.names, names)) return previous;
    return { names, positions: jobPositions(names), id: randomUUID() };
  },
  sizeBytes: ({ names }) => names.length * BYTES_PER_POSITION,
};

function areEqual(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((name, index) => name === others[index]);
}

/** What was made for certain names from a certain state of a database, to be used again while both stay. */
interface Joined<Value> {
  value: Value;
  listed: ListedNames;
  state: string | null;
}

/**
 * A source by position in the job list. Autosubmit writes the list anew whenever one job changes its status: what does not
 * depend on statuses is then not made again.
 */
function joinedSource<Value>(options: {
  name: string;
  /** Fingerprint of what it is read from beside the list. */
  state: (snapshot: Snapshot) => Promise<string | null>;
  /** Whether it takes more of this list than the names. */
  takesMore?: (list: JobList) => boolean;
  read: (snapshot: Snapshot, listed: ListedNames) => Promise<Value>;
  sizeBytes: (value: Value) => number;
}): Source<Joined<Value>> {
  return {
    name: options.name,
    fingerprint: async (snapshot) => `${await snapshot.fingerprint(JOB_LIST)} ${await options.state(snapshot)}`,
    read: async (snapshot, previous) => {
      const listed = await snapshot.read(LISTED_NAMES);
      const state = await options.state(snapshot);
      const takesMore = options.takesMore?.(await snapshot.read(JOB_LIST)) ?? false;
      if (!takesMore && previous?.listed === listed && previous.state === state) return previous;
      return { value: await options.read(snapshot, listed), listed, state };
    },
    sizeBytes: ({ value }) => options.sizeBytes(value),
  };
}

/** The last attempt of every job, in list order; null for those that the history does not name. */
export const LAST_ATTEMPTS: Source<Joined<readonly (JobAttempt | null)[]>> = joinedSource({
  name: "last-attempts",
  state: fingerprintOf("job-data"),
  read: async ({ experiment }, { names, positions }) => {
    const rows = await readLastJobData(experiment, { columns: JOB_ATTEMPT_COLUMNS });
    return lastAttemptsInOrder(rows, names, positions);
  },
  sizeBytes: (attempts) => attempts.length * BYTES_PER_ATTEMPT,
});

/** Changes whenever the stored structure may have changed. */
export const fingerprintOfStructure = fingerprintOf("structure", "old-structure", "job-list");

/** The job graph; without edges when the structure is not known. */
export const JOB_GRAPH: Source<Joined<JobGraph>> = joinedSource({
  name: "structure",
  state: fingerprintOfStructure,
  takesMore: ({ edges }) => edges !== null,
  read: async (snapshot, { names, positions }) => {
    const { format, edges } = await snapshot.read(JOB_LIST);
    // The table's edges are the structure.
    const structure = format === "table" ? null : await readStructure(snapshot.experiment);
    return buildJobGraph(names, structure?.edges ?? edges, positions);
  },
  sizeBytes: (graph) => graph.size * BYTES_PER_GRAPH_JOB + graph.children.length * BYTES_PER_EDGE,
});

/** The newest logs of every job; null when there is no folder of logs. */
export const JOB_LOGS: Source<JobLogs | null> = {
  name: "job-logs",
  fingerprint: ({ experiment }) => fingerprintFile(experiment.paths.jobLogs),
  read: ({ experiment }) => readJobLogs(experiment),
  sizeBytes: (logs) => (logs?.size ?? 0) * BYTES_PER_LOG,
};

/** The stored drawing of the job graph. */
export const GRAPH_LAYOUT: Source<GraphLayoutRecord[]> = {
  name: "graph-layout",
  fingerprint: fingerprintOf("graph-layout"),
  read: ({ experiment }) => readGraphLayout(experiment),
  sizeBytes: (places) => places.length * BYTES_PER_PLACE,
};

/** The model of an experiment's jobs, and what it was made from that presenters need. */
export interface JobsReading {
  jobs: ExperimentJobs;
  list: JobList;
  /** Whether the answer may change while the sources look the same. */
  changesWithTime: boolean;
}

/**
 * Everything that is known of the experiment's jobs. Only the job list has to be there; every other source that cannot be
 * read is noted and left out.
 * @param extent `times`: without chunk lengths, settings and logs, which then are the defaults
 * @throws AutosubmitReadError when the job list cannot be read
 */
export async function readExperimentJobs(
  snapshot: Snapshot,
  context: ViewContext,
  extent: "all" | "times" = "all",
): Promise<JobsReading> {
  const { now, timeZone, note } = context;
  const list = await readJobs(snapshot, note);
  const optional = <Value>(source: Source<Value>) => readOrNull(snapshot, source, note);
  const beyondTimes = async <Value>(source: Source<Value>) => (extent === "all" ? optional(source) : null);
  const listed = await snapshot.read(LISTED_NAMES);
  const [attempts, graph, wrappers, runs, logs, facts] = await Promise.all([
    optional(LAST_ATTEMPTS),
    optional(JOB_GRAPH),
    optional(WRAPPER_JOBS),
    beyondTimes(EXPERIMENT_RUNS),
    beyondTimes(JOB_LOGS),
    beyondTimes(CONFIGURATION_FACTS),
  ]);
  const lastAttempts = attempts?.value ?? [];
  const { totalStats, isNeeded } = await readTotalStatsOf(list, lastAttempts, snapshot, note);
  const jobs = buildExperimentJobs(
    {
      expid: snapshot.experiment.expid,
      jobs: list.jobs,
      positions: listed.positions,
      graph: graph?.value ?? buildJobGraph(listed.names, list.edges, listed.positions),
      wrappers,
      attempts: lastAttempts,
      runs: runs ?? [],
      totalStats,
      logs,
      facts: facts ?? emptyConfigurationFacts("yaml"),
    },
    { now: Math.floor(now.getTime() / 1000), zone: timeZone },
  );
  return { jobs, list, changesWithTime: jobs.changesWithTime || isNeeded };
}

/** These files change without any sign outside of them, so they are read anew each time; few experiments need one. */
async function readTotalStatsOf(
  { jobs }: JobList,
  attempts: readonly (JobAttempt | null)[],
  snapshot: Snapshot,
  note: ViewContext["note"],
): Promise<{ totalStats: ReadonlyMap<string, readonly TotalStatsRecord[]>; isNeeded: boolean }> {
  const names = jobsThatNeedTotalStats(jobs, attempts);
  const files = await readTotalStats(snapshot.experiment, names);
  if (files.unreadable.length > 0)
    note({ level: "warn", message: "TOTAL_STATS files cannot be read", fields: { count: files.unreadable.length } });
  return { totalStats: files.attempts, isNeeded: names.length > 0 };
}

/** When the job list was last written, epoch seconds. */
export function listModifiedAt({ modifiedAt }: JobList): number {
  return Math.floor(modifiedAt.getTime() / 1000);
}
