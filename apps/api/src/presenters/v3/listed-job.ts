import {
  childrenOf,
  type ExperimentJobs,
  type JobView,
  jobAsypd,
  jobSypd,
  parentsOf,
  type TimeZone,
  yearsPerChunk,
} from "@autosubmit-api/domain";
import type { PklJobV3Body, TreeJobV3Body } from "@autosubmit-api/shared-types";
import { STATUS_COLOURS } from "./html.js";
import { chunkDateFields, logFields, queueText, runningText, timeFields } from "./job-texts.js";

/** What presenters of jobs need beside the jobs. */
export interface JobPlace {
  zone: TimeZone;
  /** Folder of the job logs. */
  jobLogs: string;
}

type ListedJobFields = Omit<TreeJobV3Body, "title" | "wrapper_code" | "tree_parents">;

/** What a job has in the tree as well as in the graph. @param index its place in the list */
export function listedJobFields(jobs: ExperimentJobs, index: number, job: JobView, place: JobPlace): ListedJobFields {
  const { record, times, settings, chunkLength } = job;
  const childNames = namesOfChildren(jobs, index);
  const parentNames = Array.from(parentsOf(jobs.graph, index), (parent) => jobs.jobs[parent]?.record.name ?? "");
  const speed = {
    status: record.status,
    chunk: record.chunk,
    splits: record.splits,
    yearsPerChunk: yearsPerChunk(chunkLength),
    runSeconds: times.runSeconds,
  };
  const { averagePostSeconds } = jobs;
  return {
    id: record.name,
    internal_id: record.name,
    label: record.name,
    status: job.statusName,
    status_code: record.status,
    status_color: STATUS_COLOURS[job.statusName],
    platform_name: settings.platform,
    chunk: record.chunk,
    chunk_size: chunkLength.chunkSize,
    chunk_unit: chunkLength.chunkUnit,
    member: record.member,
    ...chunkDateFields(record.date, record.chunk, chunkLength),
    split: record.split,
    splits: record.splits,
    SYPD: jobSypd(speed),
    ASYPD: jobAsypd({ ...speed, queueSeconds: times.queueSeconds, averagePostSeconds }),
    minutes_queue: times.queueSeconds,
    minutes: times.runSeconds,
    ...timeFields(job, place.zone),
    section: record.section,
    queue: queueText(settings.queue),
    processors: settings.processors,
    wallclock: settings.wallclock,
    wrapper: job.wrapper?.name ?? null,
    children: childNames.length,
    children_list: childNames,
    parents: parentNames.length,
    parent_list: parentNames,
    ...logFields(job, place.jobLogs),
    custom_directives: null,
    rm_id: record.id,
    workflow_commit: job.workflowCommit,
  };
}

type MonitoredJobFields = Omit<PklJobV3Body, "dashed" | "shape" | "package">;

/** What changes of a job while it is monitored, in trees as well as in graphs. */
export function monitoredJobFields(job: JobView, place: JobPlace): MonitoredJobFields {
  const { record, times } = job;
  return {
    name: record.name,
    rm_id: record.id,
    status_code: record.status,
    SYPD: runSypd(job),
    minutes: times.runSeconds,
    minutes_queue: times.queueSeconds,
    ...timeFields(job, place.zone),
    running_text: runningText(job),
    status: job.statusName,
    status_color: STATUS_COLOURS[job.statusName],
    ...logFields(job, place.jobLogs),
    priority: record.priority,
    workflow_commit: job.workflowCommit,
  };
}

/** SYPD by the chunks of the job's run only: null where that is not known. */
function runSypd({ record, times, runChunkLength }: JobView): number | null {
  if (runChunkLength === null) return null;
  const { status, chunk, splits } = record;
  return jobSypd({
    status,
    chunk,
    splits,
    yearsPerChunk: yearsPerChunk(runChunkLength),
    runSeconds: times.runSeconds,
  });
}

function namesOfChildren({ jobs, graph }: ExperimentJobs, index: number): string[] {
  const names = Array.from(childrenOf(graph, index), (child) => jobs[child]?.record.name ?? "");
  const outside = graph.outsideChildren.get(index);
  return outside === undefined ? names : [...names, ...outside];
}

/** Job names by wrapper, the `packages` of `/v3`. */
export function presentPackages({ wrappers }: ExperimentJobs): Record<string, string[]> {
  return Object.fromEntries(Array.from(wrappers.byName.values(), ({ name, jobNames }) => [name, jobNames]));
}
