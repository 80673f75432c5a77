import { JOB_STATUS_CODES, type JobStatusName, jobStatusName } from "@autosubmit-api/shared-types";
import type {
  ConfigurationFacts,
  ExperimentRunRecord,
  JobLogNames,
  JobLogs,
  JobRecord,
  StructureEdge,
  TotalStatsRecord,
  WrapperJobs,
} from "autosubmit-reader";
import { averagePostSeconds, type ChunkLength } from "../metrics/simulated-years.js";
import { buildJobGraph, type JobGraph } from "./job-graph.js";
import { type JobSettings, jobSettingsLookup } from "./job-settings.js";
import { type Clock, type JobTimes, jobTimes, needsTotalStats } from "./job-times.js";
import type { JobAttempt } from "./last-attempts.js";
import { wrappedQueueSeconds } from "./wrapped-queue-times.js";
import { indexWrappers, type Wrapper, type Wrappers } from "./wrappers.js";

/** What the sources say of an experiment's jobs. What is missing is null or empty; nothing of it is an error. */
export interface JobSources {
  expid: string;
  /** The job list, in file order. */
  jobs: readonly JobRecord[];
  /** Null when the structure is not known. */
  edges: readonly StructureEdge[] | null;
  wrappers: WrapperJobs | null;
  /** The last attempt of each job by name (`lastAttempts`). */
  attempts: ReadonlyMap<string, JobAttempt>;
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

/** Joins the sources by job name. Every join is outer: a job that only one source names costs nothing else. */
export function buildExperimentJobs(sources: JobSources, clock: Clock): ExperimentJobs {
  const names = sources.jobs.map((job) => job.name);
  const graph = buildJobGraph(names, sources.edges);
  const wrappers = indexWrappers(sources.wrappers);
  const measured = measureJobs(sources, clock);
  const durations = measured.map((job) => job.times);
  const corrected = wrappedQueueSeconds({ names, durations, wrappers, graph });
  const shared = {
    wrappers,
    settings: jobSettingsLookup(sources.facts),
    logs: sources.logs,
    chunkLength: { chunkUnit: sources.facts.chunkUnit, chunkSize: sources.facts.chunkSize },
    runs: new Map(sources.runs.map((run) => [run.run_id, lengthOfRun(run)])),
  };
  const jobs = measured.map((job) => viewJob(withQueueSeconds(job, corrected.get(job.record.name)), shared));
  const postTimes = jobs.filter(isCompletedPost).map((job) => job.times);
  const { expid } = sources;
  return {
    expid,
    jobs,
    graph,
    wrappers,
    chunkLength: shared.chunkLength,
    averagePostSeconds: averagePostSeconds(postTimes),
    changesWithTime: measured.some(isCountedUpToNow),
  };
}

/** The jobs whose `_TOTAL_STATS` file has to be read, in list order: most experiments have few or none. */
export function jobsThatNeedTotalStats(
  jobs: readonly JobRecord[],
  attempts: ReadonlyMap<string, JobAttempt>,
): string[] {
  return jobs.filter((job) => needsTotalStats(job.status, attempts.get(job.name) ?? null)).map((job) => job.name);
}

interface MeasuredJob {
  record: JobRecord;
  attempt: JobAttempt | null;
  times: JobTimes;
}

function measureJobs(sources: JobSources, clock: Clock): MeasuredJob[] {
  return sources.jobs.map((record) => {
    const attempt = sources.attempts.get(record.name) ?? null;
    const totalStats = sources.totalStats.get(record.name)?.at(-1) ?? null;
    return { record, attempt, times: jobTimes({ status: record.status, attempt, totalStats }, clock) };
  });
}

function withQueueSeconds(job: MeasuredJob, queueSeconds: number | undefined): MeasuredJob {
  return queueSeconds === undefined ? job : { ...job, times: { ...job.times, queueSeconds } };
}

interface SharedFacts {
  wrappers: Wrappers;
  settings: ReturnType<typeof jobSettingsLookup>;
  logs: JobLogs | null;
  chunkLength: ChunkLength;
  runs: ReadonlyMap<number, ChunkLength | null>;
}

function viewJob({ record, attempt, times }: MeasuredJob, shared: SharedFacts): JobView {
  const wrapper = shared.wrappers.byJob.get(record.name) ?? null;
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

function isCountedUpToNow({ record, times }: MeasuredJob): boolean {
  return IN_FLIGHT.has(record.status) && times.source !== "none";
}

function isCompletedPost(job: JobView): boolean {
  return job.record.section === "POST" && job.record.status === JOB_STATUS_CODES.COMPLETED;
}
