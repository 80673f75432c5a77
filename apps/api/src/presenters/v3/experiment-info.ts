import { isoTime } from "@autosubmit-api/domain";
import type { ExperimentInfoV3Body, TimeZone } from "@autosubmit-api/shared-types";
import type { ConfigurationFacts, ExperimentFolder, ExperimentRecord, ExperimentRunRecord } from "autosubmit-reader";

/** What is known of an experiment; null where a source could not be read. */
export interface ExperimentInfoParts {
  expid: string;
  folder: (ExperimentFolder & { path: string; owner: string }) | null;
  facts: ConfigurationFacts | null;
  /** Epoch seconds; null when there is no job list. */
  jobListModifiedAt: number | null;
  record: ExperimentRecord | null;
  isRunning: boolean;
  /** Null when the experiment never ran. */
  lastRun: ExperimentRunRecord | null;
  /** Why parts are missing, one line each. */
  problems: readonly string[];
}

/** What a header shows when nothing could be read. `pkl_timestamp` is then the present moment, as in the reference. */
function nothingKnown(expid: string, nowSeconds: number): ExperimentInfoV3Body {
  return {
    expid,
    path: "NA",
    owner_id: 0,
    owner: "NA",
    time_last_access: "",
    time_last_mod: "",
    error_message: "",
    description: "",
    version: "",
    model: "",
    branch: "",
    hpc: "",
    updateTime: 0,
    error: false,
    running: false,
    pkl_timestamp: nowSeconds,
    chunk_size: 0,
    chunk_unit: "default",
    total_jobs: 0,
    completed_jobs: 0,
    db_historic_version: "NA",
  };
}

export function presentExperimentInfo(parts: ExperimentInfoParts, now: Date, zone: TimeZone): ExperimentInfoV3Body {
  const { folder, facts, jobListModifiedAt, record, lastRun, problems } = parts;
  return {
    ...nothingKnown(parts.expid, Math.floor(now.getTime() / 1_000)),
    ...(folder === null ? {} : presentFolder(folder, zone)),
    ...(facts === null ? {} : presentFacts(facts)),
    ...(jobListModifiedAt === null ? {} : { pkl_timestamp: Math.floor(jobListModifiedAt) }),
    ...(record === null ? {} : { description: record.description, version: record.autosubmit_version }),
    ...(lastRun === null || lastRun.total <= 0 ? {} : { total_jobs: lastRun.total, completed_jobs: lastRun.completed }),
    running: parts.isRunning,
    error: problems.length > 0,
    error_message: problems.map((problem) => `${problem}\n`).join(""),
  };
}

function presentFolder(
  folder: NonNullable<ExperimentInfoParts["folder"]>,
  zone: TimeZone,
): Partial<ExperimentInfoV3Body> {
  return {
    path: folder.path,
    owner_id: folder.ownerId,
    owner: folder.owner,
    time_last_access: isoTime(Math.floor(folder.accessedAt), zone),
    time_last_mod: isoTime(Math.floor(folder.modifiedAt), zone),
  };
}

function presentFacts(facts: ConfigurationFacts): Partial<ExperimentInfoV3Body> {
  return {
    hpc: facts.mainPlatform,
    branch: facts.branch,
    model: facts.model,
    chunk_size: facts.chunkSize,
    chunk_unit: facts.chunkUnit,
    version: facts.autosubmitVersion ?? "",
    updateTime: facts.safetySleepSeconds,
    workflow_commit: facts.workflowCommit,
  };
}

export function presentExperimentInfoFailure(expid: string, message: string): ExperimentInfoV3Body {
  return { ...nothingKnown(expid, 0), error: true, error_message: message };
}
