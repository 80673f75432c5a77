import { isoTime, type RunDateFolder, type RunFolder, type RunJob, type RunTree } from "@autosubmit-api/domain";
import {
  jobStatusName,
  type RunDetailV3Body,
  type RunJobV3Body,
  type TreeFolderV3Body,
  type TreeReferenceV3Body,
} from "@autosubmit-api/shared-types";
import {
  badgeTemplates,
  completedBadge,
  escapeHtml,
  type FolderCounts,
  jobTitle,
  STATUS_COLOURS,
  statusBadges,
  TREE_BADGES,
  uniformBadge,
  wrappedBadge,
} from "./html.js";
import { chunkDateFields, durationsText } from "./job-texts.js";
import type { JobPlace } from "./listed-job.js";
import { plainFolder, presentLeaf } from "./tree.js";

/** The same for all runs in the reference, too. */
const RUN_TIMESTAMP = 10_000_000;
const NO_LOG = "NA";
const UNKNOWN_PLATFORM = "NA";
const UNKNOWN_QUEUE = "debug";

export function presentRunDetail(expid: string, tree: RunTree, place: JobPlace): RunDetailV3Body {
  const folderKeys: string[][] = tree.jobs.map(() => []);
  const reference: TreeReferenceV3Body = {};
  const folders = tree.dates.map((date) => presentDate(expid, date, tree, { reference, folderKeys }));
  if (tree.undated.length > 0) {
    folders.push(plainFolder("Keys", "Keys", true, presentLeaves(tree, tree.undated, titleOf)));
  }
  if (tree.wrappers.length > 0) folders.push(presentWrappers(expid, tree, { reference, folderKeys }));
  return {
    tree: folders,
    jobs: tree.jobs.map((job, index) => presentRunJob(job, tree, folderKeys[index] ?? [], place)),
    total: tree.jobs.length,
    reference: tree.jobs.length === 0 ? {} : { ...reference, ...experimentFacts(tree) },
    error: false,
    error_message: "",
    pkl_timestamp: RUN_TIMESTAMP,
  };
}

export function presentRunDetailFailure(message: string): RunDetailV3Body {
  return { tree: [], jobs: [], total: 0, reference: [], error: true, error_message: message, pkl_timestamp: 0 };
}

/** What is gathered while folders are presented: their counts, and which of them hold a job. */
interface Gathered {
  reference: TreeReferenceV3Body;
  folderKeys: string[][];
}

function experimentFacts({ run, wrappers }: RunTree): TreeReferenceV3Body {
  return {
    ...badgeTemplates("run"),
    check_mark: TREE_BADGES.checkmark,
    packages: wrappers.map((folder) => folder.key),
    chunk_unit: run.chunk_unit,
    chunk_size: run.chunk_size,
  };
}

function presentDate(expid: string, folder: RunDateFolder, tree: RunTree, gathered: Gathered): TreeFolderV3Body {
  const name = `${expid}_${folder.date}`;
  const sections = folder.sections.map((section) => presentSection(`${name}_${section.key}`, section, tree, gathered));
  const badge = folder.uniformStatus === null ? "" : ` ${uniformBadge(folder.uniformStatus, folder.jobCount)}`;
  return plainFolder(escapeHtml(name) + badge, name, folder.isExpanded, sections);
}

function presentSection(
  key: string,
  folder: RunFolder<string>,
  tree: RunTree,
  { reference, folderKeys }: Gathered,
): TreeFolderV3Body {
  reference[key] = { ...folder.tally };
  for (const index of folder.jobs) folderKeys[index]?.push(key);
  return plainFolder(
    escapeHtml(key) + folderBadges(folder.tally),
    key,
    false,
    presentLeaves(tree, folder.jobs, titleOf),
  );
}

function presentWrappers(expid: string, tree: RunTree, { reference, folderKeys }: Gathered): TreeFolderV3Body {
  const children = tree.wrappers.map((folder) => {
    const key = `Wrapper: ${folder.key}`;
    const { completed, failed, running, queuing, total } = folder.tally;
    reference[key] = { ...folder.tally };
    for (const index of folder.jobs) folderKeys[index]?.push(key);
    const checkmark = completed === total ? TREE_BADGES.checkmark : "";
    const leaves = presentLeaves(tree, folder.jobs, titleInWrapper);
    return {
      ...plainFolder(key + folderBadges(folder.tally) + checkmark, key, false, leaves),
      data: { completed, failed, running, queuing, total },
    };
  });
  return plainFolder("Wrappers", `Wrappers_${expid}`, false, children);
}

function folderBadges(tally: FolderCounts): string {
  return ` ${completedBadge(tally, "run")}${statusBadges(tally, "run")}`;
}

function presentLeaves(tree: RunTree, indexes: readonly number[], title: (job: RunJob) => string) {
  return indexes.flatMap((index) => {
    const job = tree.jobs[index];
    return job === undefined ? [] : [presentLeaf(job.key, title(job))];
  });
}

/** With the queue time since submission, and the wrapper. */
function titleOf(job: RunJob): string {
  const wrapper = job.wrapperCode === null ? "" : ` ${wrappedBadge(String(job.wrapperCode))}`;
  return `${titleWithTimes(job, job.totalQueueSeconds)}${wrapper}`;
}

/** With the queue time inside the wrapper. */
function titleInWrapper(job: RunJob): string {
  return titleWithTimes(job, job.queueSeconds);
}

function titleWithTimes(job: RunJob, queueSeconds: number): string {
  const times = durationsText(job.statusName, queueSeconds, job.runSeconds);
  return `${jobTitle(job.key, jobStatusName(job.status))} ~ ${times}`;
}

function presentRunJob(job: RunJob, { run }: RunTree, folders: string[], { zone, jobLogs }: JobPlace): RunJobV3Body {
  const { attempt } = job;
  return {
    id: job.key,
    internal_id: job.key,
    label: job.key,
    status: job.statusName,
    status_code: job.status,
    platform_name: attempt.platform || UNKNOWN_PLATFORM,
    chunk: attempt.chunk ?? 0,
    // As in the reference: the two have changed places.
    member: attempt.section ?? "",
    section: attempt.member ?? "",
    sync: false,
    title: titleOf(job),
    ...runDates(job, { chunkUnit: run.chunk_unit, chunkSize: run.chunk_size }),
    SYPD: job.sypd,
    ASYPD: job.asypd,
    minutes_queue: job.queueSeconds,
    minutes: job.runSeconds,
    submit: localTime(job.submitAt, zone),
    start: localTime(job.startAt, zone),
    finish: localTime(job.finishAt, zone),
    queue: attempt.qos || UNKNOWN_QUEUE,
    processors: attempt.ncpus,
    wallclock: attempt.wallclock,
    wrapper: job.wrapperCode,
    wrapper_code: job.wrapperCode,
    children: null,
    children_list: null,
    parents: null,
    parent_list: null,
    out: logPath(attempt.out, jobLogs),
    err: logPath(attempt.err, jobLogs),
    tree_parents: folders,
    custom_directives: null,
    rm_id: attempt.job_id || 0,
    status_color: STATUS_COLOURS[jobStatusName(job.status)],
  };
}

/** The history writes 0 for no chunk, and the reference counts from there: such a job seems to start a chunk early. */
function runDates({ attempt }: RunJob, length: Parameters<typeof chunkDateFields>[2]) {
  if (!attempt.date) return { date: "", date_plus: "" };
  return chunkDateFields(attempt.date, attempt.chunk ?? 0, length);
}

/** `YYYY-MM-DD-HH:MM:SS` on the site's clock, as only this answer has it. */
function localTime(epochSeconds: number, zone: JobPlace["zone"]): string | null {
  return isoTime(epochSeconds, zone)?.slice(0, "YYYY-MM-DDTHH:MM:SS".length).replace("T", "-") ?? null;
}

function logPath(name: string | null, jobLogs: string): string {
  return name === NO_LOG ? NO_LOG : `${jobLogs}/${name ?? ""}`;
}
