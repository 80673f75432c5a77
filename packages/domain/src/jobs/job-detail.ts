import { JOB_STATUS_CODES, type JobStatusName, jobStatusName } from "@autosubmit-api/shared-types";
import type {
  ConfigurationFacts,
  ExperimentRunRecord,
  JobDataRecord,
  JobLogNames,
  JobRecord,
  TotalStatsRecord,
} from "autosubmit-reader";
import { processorCount, sectionSettings } from "../configuration/settings.js";
import type { ChunkLength } from "../metrics/simulated-years.js";
import { type Clock, type JobTimes, jobTimes } from "./job-times.js";
import { JOB_ATTEMPT_COLUMNS, type JobAttempt } from "./last-attempts.js";

/** What the details of a job take from a row of `job_data`. */
export type JobDetailAttempt = JobAttempt & Pick<JobDataRecord, "platform" | "job_id" | "qos" | "ncpus" | "wallclock">;

/** The columns of `JobDetailAttempt`. */
export const JOB_DETAIL_COLUMNS = [
  ...JOB_ATTEMPT_COLUMNS,
  "platform",
  "job_id",
  "qos",
  "ncpus",
  "wallclock",
] as const satisfies readonly (keyof JobDetailAttempt)[];

/** What the sources say of one job. */
export interface JobDetailSources {
  record: JobRecord;
  /** Its last attempt. */
  attempt: JobDetailAttempt | null;
  /** Attempts in its `_TOTAL_STATS` file; only looked at when `needsTotalStats`. */
  totalStats: readonly TotalStatsRecord[];
  /** The newest run of the experiment. */
  lastRun: Pick<ExperimentRunRecord, "chunk_unit" | "chunk_size"> | null;
  /** Null when the configuration cannot be loaded: the history then tells what it can. */
  facts: ConfigurationFacts | null;
  /** Name of the last wrapper that it was in. */
  wrapperName: string | null;
  logs: JobLogNames | null;
}

/** One job in detail: the configuration as it is now, the times of the last attempt. */
export interface JobDetail {
  record: JobRecord;
  statusName: JobStatusName;
  chunkLength: ChunkLength;
  platform: string | null;
  /** The scheduler's id of the attempt marked last; null when none is, or the id is no whole number. */
  remoteId: number | null;
  queue: string | null;
  processors: number | null;
  wallclock: string | null;
  workflowCommit: string | null;
  times: JobTimes;
  wrapperName: string | null;
  /** Newest logs, bare names; null for a job that has not finished. */
  outLog: string | null;
  errLog: string | null;
}

const FINISHED: ReadonlySet<number> = new Set([JOB_STATUS_CODES.COMPLETED, JOB_STATUS_CODES.FAILED]);

/** Source: reference, components/jobs/job_detail.py and routers/v4/experiments.py. */
export function buildJobDetail(sources: JobDetailSources, clock: Clock): JobDetail {
  const { record, attempt, facts } = sources;
  const settings = facts === null ? null : sectionSettings(facts, record.section);
  const totalStats = sources.totalStats.at(-1) ?? null;
  const logs = FINISHED.has(record.status) ? sources.logs : null;
  return {
    record,
    statusName: jobStatusName(record.status),
    chunkLength: chunkLengthOf(sources),
    platform: settings?.platform ?? attempt?.platform ?? null,
    // An attempt that is not marked last may belong to an earlier life of a job that was set back.
    remoteId: attempt?.last === 1 ? wholeNumber(attempt.job_id) : null,
    queue: settings?.queue ?? attempt?.qos ?? null,
    processors: settings === null ? processorsUsed(attempt?.ncpus ?? null) : processorCount(settings.processors),
    wallclock: settings?.wallclock ?? attempt?.wallclock ?? null,
    workflowCommit: facts?.workflowCommit ?? attempt?.workflow_commit ?? null,
    times: jobTimes({ status: record.status, attempt, totalStats }, clock),
    wrapperName: sources.wrapperName,
    outLog: logs?.out ?? null,
    errLog: logs?.err ?? null,
  };
}

function chunkLengthOf({ facts, lastRun }: JobDetailSources): ChunkLength {
  if (facts !== null) return { chunkUnit: facts.chunkUnit, chunkSize: facts.chunkSize };
  return { chunkUnit: lastRun?.chunk_unit ?? null, chunkSize: lastRun?.chunk_size ?? null };
}

/** Columns of whole numbers may hold text (formats reference §6.18). */
function wholeNumber(value: number | string | null): number | null {
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : null;
}

function processorsUsed(ncpus: number | string | null): number | null {
  return typeof ncpus === "string" ? processorCount(ncpus) : ncpus;
}
