import { JOB_STATUS_CODES, type JobStatusName, jobStatusName } from "@autosubmit-api/shared-types";
import type {
  ConfigurationFacts,
  ExperimentRunRecord,
  JobLogNames,
  JobLogs,
  JobRecord,
  TotalStatsRecord,
  WrapperJobs,
} from "autosubmit-reader";
import { averagePostSeconds, type ChunkLength } from "../metrics/simulated-years.js";
import type { JobGraph } from "./job-graph.js";
import { inListOrder, type JobPositions } from "./job-positions.js";
import { type JobSettings, jobSettingsLookup } from "./job-settings.js";
import { type Clock, type JobTimes, jobTimes, needsTotalStats, UNKNOWN_TIMES } from "./job-times.js";
import type { JobAttempt } from "./last-attempts.js";
import { wrappedQueueSeconds } from "./wrapped-queue-times.js";
import { indexWrappers, type Wrapper, type Wrappers } from "./wrappers.js";

/** What the sources say of an experiment's jobs. What is missing is null or empty; nothing of it is an error. */
export interface JobSources {
  expid: string;
  /** The job list, in file order. */
  jobs: readonly JobRecord[];
  positions: JobPositions;
  /** Of these jobs; without edges when the structure is not known. */
  graph: JobGraph;
  wrappers: WrapperJobs | null;
  /** The last attempt of each job, in list order (`lastAttemptsInOrder`). */
  attempts: readonly (JobAttempt | null)[];
  runs: readonly Pick<ExperimentRunRecord, "run_id" | "chunk_unit" | "chunk_size">[];
  /** Attempts in `_TOTAL_STATS` files, at least of the jobs that `jobsThatNeedTotalStats` lists. */
  totalStats: ReadonlyMap<string, readonly TotalStatsRecord[]>;
  logs: JobLogs | null;
  facts: ConfigurationFacts;
}

/** All that is known of one job of the list. Shared parts are shared objects: do not change them. */
export interface JobView {
  /** What the job list says. */
  readonly record: JobRecord;
  readonly statusName: JobStatusName;
  readonly settings: JobSettings;
  /** Null for a job that is in no wrapper. */
  readonly wrapper: Wrapper | null;
  /** Corrected for the wrapper's queue time. */
  readonly times: JobTimes;
  /** Chunk length of the run of its last attempt; null when that is not known. */
  readonly runChunkLength: ChunkLength | null;
  /** As above, else the configuration's. */
  readonly chunkLength: ChunkLength;
  /** Joules of the last attempt; 0 when the history does not agree with the list, or does not say. */
  readonly energyJoules: number;
  /** Commit of the project at the last attempt; null when the history does not agree with the list, or does not say. */
  readonly workflowCommit: string | null;
  /** Newest logs; null for a job that has not finished, or left none. */
  readonly logs: JobLogNames | null;
}

/** The jobs of an experiment with everything known of them: the model that all views of jobs are made from. */
export interface ExperimentJobs {
  readonly expid: string;
  /** In list order. */
  readonly jobs: readonly JobView[];
  readonly positions: JobPositions;
  readonly graph: JobGraph;
  readonly wrappers: Wrappers;
  /** Chunk length in the configuration. */
  readonly chunkLength: ChunkLength;
  /** Mean of queue plus run seconds of the completed POST jobs; 0 without any. */
  readonly averagePostSeconds: number;
  /** Whether some job's times are counted up to now, so that the model changes by itself. */
  readonly changesWithTime: boolean;
}

const FINISHED: ReadonlySet<number> = new Set([JOB_STATUS_CODES.COMPLETED, JOB_STATUS_CODES.FAILED]);

/** Joins the sources by job. Every join is outer: a job that only one source names costs nothing else. */
export function buildExperimentJobs(sources: JobSources, clock: Clock): ExperimentJobs {
  const { positions, graph, attempts } = sources;
  const names = sources.jobs.map((job) => job.name);
  const wrappers = indexWrappers(sources.wrappers);
  const wrapperOfJobs = inListOrder(names, positions, wrappers.byJob, { nameOf: ([name]) => name }).map(wrapperOf);
  const measured = sources.jobs.map((record, index) => measureJob(record, attempts[index] ?? null, sources, clock));
  const corrected = wrappedQueueSeconds({ names, durations: measured, wrappers: wrapperOfJobs, positions, graph });
  const shared = {
    settings: jobSettingsLookup(sources.facts),
    logs: sources.logs,
    chunkLength: { chunkUnit: sources.facts.chunkUnit, chunkSize: sources.facts.chunkSize },
    runs: new Map(sources.runs.map((run) => [run.run_id, lengthOfRun(run)])),
  };
  const jobs = sources.jobs.map((record, index) => {
    const wrapper = wrapperOfJobs[index] ?? null;
    const times = measured[index] ?? UNKNOWN_TIMES;
    const queueSeconds = wrapper === null ? undefined : corrected.get(record.name);
    const shown = queueSeconds === undefined ? times : { ...times, queueSeconds };
    return viewJob({ record, attempt: attempts[index] ?? null, wrapper, times: shown }, shared);
  });
  const postTimes = jobs.filter(isCompletedPost).map((job) => job.times);
  const { expid } = sources;
  return {
    expid,
    jobs,
    positions,
    graph,
    wrappers,
    chunkLength: shared.chunkLength,
    averagePostSeconds: averagePostSeconds(postTimes),
    changesWithTime: jobs.some(isCountedUpToNow),
  };
}

/**
 * The jobs whose `_TOTAL_STATS` file has to be read, in list order: most experiments have few or none.
 * @param attempts the last attempt of each job, in list order
 */
export function jobsThatNeedTotalStats(jobs: readonly JobRecord[], attempts: readonly (JobAttempt | null)[]): string[] {
  return jobs.filter((job, index) => needsTotalStats(job.status, attempts[index] ?? null)).map((job) => job.name);
}

function wrapperOf(membership: readonly [string, Wrapper] | null): Wrapper | null {
  return membership === null ? null : membership[1];
}

function measureJob(record: JobRecord, attempt: JobAttempt | null, { totalStats }: JobSources, clock: Clock): JobTimes {
  const lastLine = totalStats.get(record.name)?.at(-1) ?? null;
  return jobTimes({ status: record.status, attempt, totalStats: lastLine }, clock);
}

interface SharedFacts {
  settings: ReturnType<typeof jobSettingsLookup>;
  logs: JobLogs | null;
  chunkLength: ChunkLength;
  runs: ReadonlyMap<number, ChunkLength | null>;
}

interface JoinedJob extends Pick<JobView, "record" | "wrapper" | "times"> {
  attempt: JobAttempt | null;
}

function viewJob({ record, attempt, wrapper, times }: JoinedJob, shared: SharedFacts): JobView {
  const runChunkLength = attempt?.run_id == null ? null : (shared.runs.get(attempt.run_id) ?? null);
  return {
    record,
    statusName: jobStatusName(record.status),
    settings: shared.settings(record.section, wrapper !== null),
    wrapper,
    times,
    runChunkLength,
    chunkLength: runChunkLength ?? shared.chunkLength,
    energyJoules: times.source === "history" ? Math.max(0, Math.trunc(attempt?.energy ?? 0)) : 0,
    workflowCommit: times.source === "history" ? (attempt?.workflow_commit ?? null) : null,
    logs: FINISHED.has(record.status) ? (shared.logs?.get(record.name) ?? null) : null,
  };
}

/** A run without a unit or a size says nothing of its chunks. */
function lengthOfRun(run: Pick<ExperimentRunRecord, "chunk_unit" | "chunk_size">): ChunkLength | null {
  return run.chunk_unit && run.chunk_size ? { chunkUnit: run.chunk_unit, chunkSize: run.chunk_size } : null;
}

const IN_FLIGHT: ReadonlySet<number> = new Set([
  JOB_STATUS_CODES.SUBMITTED,
  JOB_STATUS_CODES.QUEUING,
  JOB_STATUS_CODES.RUNNING,
]);

function isCountedUpToNow({ record, times }: JobView): boolean {
  return IN_FLIGHT.has(record.status) && times.source !== "none";
}

function isCompletedPost(job: JobView): boolean {
  return job.record.section === "POST" && job.record.status === JOB_STATUS_CODES.COMPLETED;
}
