import {
  buildJobTree,
  childCount,
  type DateFolder,
  type ExperimentJobs,
  type JobTree,
  type JobView,
  type MemberFolder,
  parentCount,
  type WrapperFolder,
} from "@autosubmit-api/domain";
import type { TreeFolderV3Body, TreeLeafV3Body, TreeReferenceV3Body, TreeV3Body } from "@autosubmit-api/shared-types";
import { lazyMap, type Streamed } from "../lazy-list.js";
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
export function presentTree(jobs: ExperimentJobs, listModifiedAt: number, place: JobPlace): Streamed<TreeV3Body> {
  const tree = buildJobTree(jobs);
  const titles = jobs.jobs.map((job, index) => treeTitle(jobs, index, job));
  const leaf = (index: number) => presentLeaf(jobs.jobs[index]?.record.name ?? "", titles[index] ?? "");
  const folderKeys = memberKeys(jobs, tree);
  return {
    tree: lazyMap(rootFolders(jobs.expid, tree, leaf), (present) => present()),
    jobs: lazyMap(jobs.jobs, (job, index) => {
      const key = folderKeys[index];
      return Object.assign(listedJobFields(jobs, index, job, place), {
        title: titles[index] ?? "",
        wrapper_code: job.wrapper?.id ?? null,
        tree_parents: key === undefined ? [] : [key],
      });
    }),
    total: jobs.jobs.length,
    reference: presentReference(jobs, tree),
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

/** The folders at the top, each made when it is asked for: they hold a title of every job. */
function rootFolders(expid: string, tree: JobTree, leaf: Leaf): (() => TreeFolderV3Body)[] {
  const folders = tree.dates.map((date) => () => presentDate(expid, date, leaf));
  if (tree.undated.length > 0) folders.push(() => plainFolder("Keys", "Keys", true, tree.undated.map(leaf)));
  if (tree.wrappers.length > 0) folders.push(() => presentWrappers(expid, tree.wrappers, leaf));
  return folders;
}

function presentReference(jobs: ExperimentJobs, tree: JobTree): TreeReferenceV3Body {
  const reference: TreeReferenceV3Body = {};
  for (const date of tree.dates)
    for (const folder of date.members) reference[memberKey(jobs.expid, date, folder)] = counts(folder.tally);
  for (const folder of filledWrappers(tree.wrappers)) reference[wrapperKey(folder)] = counts(folder.tally);
  return {
    ...reference,
    ...badgeTemplates("tree"),
    packages: [...jobs.wrappers.byName.keys()],
    chunk_unit: jobs.chunkLength.chunkUnit,
    chunk_size: jobs.chunkLength.chunkSize,
  };
}

function memberKey(expid: string, { date }: DateFolder, { member }: MemberFolder): string {
  return `${expid}_${date}_${member ?? NO_MEMBER}`;
}

function wrapperKey({ wrapper }: WrapperFolder): string {
  return `Wrapper: ${wrapper.name}`;
}

/** Key of the member's folder of every job that is in one. */
function memberKeys({ expid, jobs }: ExperimentJobs, { dates }: JobTree): (string | undefined)[] {
  const keys = new Array<string | undefined>(jobs.length).fill(undefined);
  for (const date of dates) {
    for (const folder of date.members) {
      const key = memberKey(expid, date, folder);
      for (const index of folder.singles) keys[index] = key;
      for (const section of folder.sections) for (const index of section.jobs) keys[index] = key;
    }
  }
  return keys;
}

function presentDate(expid: string, folder: DateFolder, leaf: Leaf): TreeFolderV3Body {
  const members = folder.members.map((member) => presentMember(memberKey(expid, folder, member), member, leaf));
  const name = escapeHtml(`${expid}_${folder.date}`);
  const title = folder.uniformStatus === null ? name : `${name} ${uniformBadge(folder.uniformStatus, folder.jobCount)}`;
  return plainFolder(title, title, folder.isExpanded, members);
}

function presentMember(key: string, folder: MemberFolder, leaf: Leaf): TreeFolderV3Body {
  const sections = folder.sections.map(({ section, jobs, isExpanded }) =>
    plainFolder(escapeHtml(section), `${key}_${section}`, isExpanded, jobs.map(leaf)),
  );
  const title = `${escapeHtml(key)} ${folderBadges(folder.tally)}`;
  return plainFolder(title, key, false, [...folder.singles.map(leaf), ...sections]);
}

/** Wrappers whose jobs are all gone from the list are left out. */
function filledWrappers(folders: readonly WrapperFolder[]): WrapperFolder[] {
  return folders.filter((folder) => folder.jobs.length > 0);
}

function presentWrappers(expid: string, folders: readonly WrapperFolder[], leaf: Leaf): TreeFolderV3Body {
  const children = filledWrappers(folders).map((folder) => {
    const key = wrapperKey(folder);
    const title = `${escapeHtml(key)} ${folderBadges(folder.tally)}`;
    return { ...plainFolder(title, key, false, folder.jobs.map(leaf)), data: counts(folder.tally) };
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
