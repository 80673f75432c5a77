import {
  childrenOf,
  type ExperimentJobs,
  type JobView,
  jobAsypd,
  jobSypd,
  parentsOf,
  yearsPerChunk,
} from "@autosubmit-api/domain";
import type { PklJobV3Body, TimeZone, TreeJobV3Body } from "@autosubmit-api/shared-types";
import { STATUS_COLOURS } from "./html.js";
import { chunkDateFields, logFields, queueText, runningText, timeFields } from "./job-texts.js";

/** What presenters of jobs need beside the jobs. */
export interface JobPlace {
  zone: TimeZone;
  /** Folder of the job logs. */
  jobLogs: string;
}

type ListedJobFields = Omit<TreeJobV3Body, "title" | "wrapper_code" | "tree_parents">;

/**
 * What a job has in the tree as well as in the graph. One literal without spreads, here and in `monitoredJobFields`: those
 * made the answers of 130,000 jobs take four times as long.
 * @param index its place in the list
 */
export function listedJobFields(jobs: ExperimentJobs, index: number, job: JobView, place: JobPlace): ListedJobFields {
  const { record, times, settings, chunkLength } = job;
  const childNames = namesOfChildren(jobs, index);
  const parentNames = namesOfParents(jobs, index);
  const days = chunkDateFields(record.date, record.chunk, chunkLength);
  const shown = timeFields(job, place.zone);
  const logs = logFields(job, place.jobLogs);
  const speed = {
    status: record.status,
    chunk: record.chunk,
    splits: record.splits,
    yearsPerChunk: yearsPerChunk(chunkLength),
    runSeconds: times.runSeconds,
    queueSeconds: times.queueSeconds,
    averagePostSeconds: jobs.averagePostSeconds,
  };
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
    date: days.date,
    date_plus: days.date_plus,
    split: record.split,
    splits: record.splits,
    SYPD: jobSypd(speed),
    ASYPD: jobAsypd(speed),
    minutes_queue: times.queueSeconds,
    minutes: times.runSeconds,
    submit: shown.submit,
    start: shown.start,
    finish: shown.finish,
    section: record.section,
    queue: queueText(settings.queue),
    processors: settings.processors,
    wallclock: settings.wallclock,
    wrapper: job.wrapper?.name ?? null,
    children: childNames.length,
    children_list: childNames,
    parents: parentNames.length,
    parent_list: parentNames,
    out: logs.out,
    err: logs.err,
    custom_directives: null,
    rm_id: record.id,
    workflow_commit: job.workflowCommit,
  };
}

type MonitoredJobFields = Omit<PklJobV3Body, "dashed" | "shape" | "package">;

/** What changes of a job while it is monitored, in trees as well as in graphs. */
export function monitoredJobFields(job: JobView, place: JobPlace): MonitoredJobFields {
  const { record, times } = job;
  const shown = timeFields(job, place.zone);
  const logs = logFields(job, place.jobLogs);
  return {
    name: record.name,
    rm_id: record.id,
    status_code: record.status,
    SYPD: runSypd(job),
    minutes: times.runSeconds,
    minutes_queue: times.queueSeconds,
    submit: shown.submit,
    start: shown.start,
    finish: shown.finish,
    running_text: runningText(job),
    status: job.statusName,
    status_color: STATUS_COLOURS[job.statusName],
    out: logs.out,
    err: logs.err,
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

function namesOfParents({ jobs, graph }: ExperimentJobs, index: number): string[] {
  return Array.from(parentsOf(graph, index), (parent) => jobs[parent]?.record.name ?? "");
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
