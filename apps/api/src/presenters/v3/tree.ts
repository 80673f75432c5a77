import {
  buildJobTree,
  childCount,
  type DateFolder,
  type ExperimentJobs,
  type JobView,
  type MemberFolder,
  parentCount,
  type WrapperFolder,
} from "@autosubmit-api/domain";
import type {
  TreeFolderV3Body,
  TreeJobV3Body,
  TreeLeafV3Body,
  TreeReferenceV3Body,
  TreeV3Body,
} from "@autosubmit-api/shared-types";
import {
  badgeTemplates,
  completedBadge,
  escapeHtml,
  type FolderCounts,
  statusBadges,
  TREE_BADGES,
  treeJobTitle,
  treeWrappedBadge,
  uniformBadge,
} from "./html.js";
import { runningText } from "./job-texts.js";
import { type JobPlace, listedJobFields } from "./listed-job.js";

/** Name of the folder of jobs that have a start date and no member. */
const NO_MEMBER = "DEFAULT";

/** @param listModifiedAt when the job list was last written, epoch seconds */
export function presentTree(jobs: ExperimentJobs, listModifiedAt: number, place: JobPlace): TreeV3Body {
  const tree = buildJobTree(jobs);
  const titles = jobs.jobs.map((job, index) => treeTitle(jobs, index, job));
  const leaf = (index: number) => presentLeaf(jobs.jobs[index]?.record.name ?? "", titles[index] ?? "");
  const folderOf: (string | null)[] = new Array(jobs.jobs.length).fill(null);
  const reference: TreeReferenceV3Body = {};
  const folders = tree.dates.map((date) => presentDate(jobs.expid, date, leaf, reference, folderOf));
  if (tree.undated.length > 0) folders.push(plainFolder("Keys", "Keys", true, tree.undated.map(leaf)));
  if (tree.wrappers.length > 0) folders.push(presentWrappers(jobs.expid, tree.wrappers, leaf, reference));
  return {
    tree: folders,
    jobs: jobs.jobs.map((job, index) =>
      presentTreeJob(jobs, index, job, titles[index] ?? "", folderOf[index] ?? null, place),
    ),
    total: jobs.jobs.length,
    reference: {
      ...reference,
      ...badgeTemplates("tree"),
      packages: [...jobs.wrappers.byName.keys()],
      chunk_unit: jobs.chunkLength.chunkUnit,
      chunk_size: jobs.chunkLength.chunkSize,
    },
    error: false,
    error_message: "",
    pkl_timestamp: listModifiedAt,
  };
}

export function presentTreeFailure(message: string): TreeV3Body {
  return { tree: [], jobs: [], total: 0, reference: [], error: true, error_message: message, pkl_timestamp: 0 };
}

/** A job as the tree names it: its status, times, and what is particular about it. */
export function treeTitle({ graph }: ExperimentJobs, index: number, job: JobView): string {
  const { record, statusName, wrapper } = job;
  const times = runningText(job);
  return (
    treeJobTitle(record.name, statusName) +
    (times === "" ? "" : ` ~ ${times}`) +
    (childCount(graph, index) === 0 ? TREE_BADGES.target : "") +
    (parentCount(graph, index) === 0 ? TREE_BADGES.source : "") +
    (record.date !== null && record.member === null ? TREE_BADGES.sync : "") +
    (wrapper === null ? "" : treeWrappedBadge(wrapper.name))
  );
}

type Leaf = (index: number) => TreeLeafV3Body;

export function presentLeaf(name: string, title: string): TreeLeafV3Body {
  return { title, refKey: name, data: "Empty", children: [] };
}

export function plainFolder(
  title: string,
  refKey: string,
  expanded: boolean,
  children: TreeFolderV3Body["children"],
): TreeFolderV3Body {
  return { title, folder: true, refKey, data: "Empty", expanded, children };
}

function presentDate(
  expid: string,
  folder: DateFolder,
  leaf: Leaf,
  reference: TreeReferenceV3Body,
  folderOf: (string | null)[],
): TreeFolderV3Body {
  const members = folder.members.map((member) => {
    const key = `${expid}_${folder.date}_${member.member ?? NO_MEMBER}`;
    reference[key] = counts(member.tally);
    for (const index of jobsOf(member)) folderOf[index] = key;
    return presentMember(key, member, leaf);
  });
  const name = escapeHtml(`${expid}_${folder.date}`);
  const title = folder.uniformStatus === null ? name : `${name} ${uniformBadge(folder.uniformStatus, folder.jobCount)}`;
  return plainFolder(title, title, folder.isExpanded, members);
}

function jobsOf({ singles, sections }: MemberFolder): number[] {
  return [...singles, ...sections.flatMap((section) => section.jobs)];
}

function presentMember(key: string, folder: MemberFolder, leaf: Leaf): TreeFolderV3Body {
  const sections = folder.sections.map(({ section, jobs, isExpanded }) =>
    plainFolder(escapeHtml(section), `${key}_${section}`, isExpanded, jobs.map(leaf)),
  );
  const title = `${escapeHtml(key)} ${folderBadges(folder.tally)}`;
  return plainFolder(title, key, false, [...folder.singles.map(leaf), ...sections]);
}

function presentWrappers(
  expid: string,
  folders: readonly WrapperFolder[],
  leaf: Leaf,
  reference: TreeReferenceV3Body,
): TreeFolderV3Body {
  const filled = folders.filter((folder) => folder.jobs.length > 0);
  const children = filled.map(({ wrapper, tally, jobs }) => {
    const key = `Wrapper: ${wrapper.name}`;
    reference[key] = counts(tally);
    const title = `${escapeHtml(key)} ${folderBadges(tally)}`;
    return { ...plainFolder(title, key, false, jobs.map(leaf)), data: counts(tally) };
  });
  return plainFolder("Wrappers", `Wrappers_${expid}`, false, children);
}

function folderBadges(tally: FolderCounts): string {
  const checkmark = tally.completed === tally.total ? TREE_BADGES.checkmark : "";
  return completedBadge(tally, "tree") + statusBadges(tally, "tree") + checkmark;
}

function counts({ completed, running, queuing, failed, held, total }: FolderCounts) {
  return { completed, running, queuing, failed, held, total };
}

function presentTreeJob(
  jobs: ExperimentJobs,
  index: number,
  job: JobView,
  title: string,
  folder: string | null,
  place: JobPlace,
): TreeJobV3Body {
  return {
    ...listedJobFields(jobs, index, job, place),
    title,
    wrapper_code: job.wrapper?.id ?? null,
    tree_parents: folder === null ? [] : [folder],
  };
}
