import {
  buildExperimentJobs,
  type ExperimentJobs,
  JOB_ATTEMPT_COLUMNS,
  type JobAttempt,
  jobsThatNeedTotalStats,
  lastAttempts,
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
  type Structure,
  type TotalStatsRecord,
} from "autosubmit-reader";
import { EXPERIMENT_RUNS } from "./history-sources.js";
import { readOrNull, type Snapshot, type Source } from "./snapshot.js";
import { CONFIGURATION_FACTS, readJobs, WRAPPER_JOBS } from "./sources.js";
import type { ViewContext } from "./view.js";

/** Rough sizes in memory, measured on experiments of 100,000 jobs. */
const BYTES_PER_ATTEMPT = 260;
const BYTES_PER_EDGE = 130;
const BYTES_PER_LOG = 300;
const BYTES_PER_PLACE = 120;

const fingerprintOf =
  (...databases: ("job-data" | "structure" | "old-structure" | "job-list" | "graph-layout")[]) =>
  async ({ site, experiment: { expid } }: Snapshot) =>
    (await Promise.all(databases.map((database) => site.tables.fingerprint({ database, expid })))).join(" ");

/** The last attempt of every job in the history; none when the experiment never ran. */
export const LAST_ATTEMPTS: Source<JobAttempt[]> = {
  name: "last-attempts",
  fingerprint: fingerprintOf("job-data"),
  read: ({ experiment }) => readLastJobData(experiment, { columns: JOB_ATTEMPT_COLUMNS }),
  sizeBytes: (attempts) => attempts.length * BYTES_PER_ATTEMPT,
};

/** The job graph; null when it is not known. */
export const STRUCTURE: Source<Structure | null> = {
  name: "structure",
  fingerprint: fingerprintOf("structure", "old-structure", "job-list"),
  read: ({ experiment }) => readStructure(experiment),
  sizeBytes: (structure) => (structure?.edges.length ?? 0) * BYTES_PER_EDGE,
};

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
  const [rows, structure, wrappers, runs, logs, facts] = await Promise.all([
    optional(LAST_ATTEMPTS),
    optional(STRUCTURE),
    optional(WRAPPER_JOBS),
    beyondTimes(EXPERIMENT_RUNS),
    beyondTimes(JOB_LOGS),
    beyondTimes(CONFIGURATION_FACTS),
  ]);
  const attempts = lastAttempts(rows ?? []);
  const { totalStats, isNeeded } = await readTotalStatsOf(list, attempts, snapshot, note);
  const jobs = buildExperimentJobs(
    {
      expid: snapshot.experiment.expid,
      jobs: list.jobs,
      edges: structure?.edges ?? list.edges,
      wrappers,
      attempts,
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
  attempts: ReadonlyMap<string, JobAttempt>,
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
