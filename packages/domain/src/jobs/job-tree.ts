import { JOB_STATUS_CODES } from "@autosubmit-api/shared-types";
import type { NaiveDateTime } from "autosubmit-reader";
import type { ExperimentJobs, JobView } from "./experiment-jobs.js";
import type { JobPositions } from "./job-positions.js";
import { compactDate, datePrecision } from "./start-dates.js";
import { type StatusTally, tallyStatuses } from "./status-tally.js";
import type { Wrapper } from "./wrappers.js";

/** Jobs by start date, member and section, and by wrapper. A job is its position in the list. */
export interface JobTree {
  /** In the order in which the list first names them. */
  dates: readonly DateFolder[];
  /** Jobs without a start date. */
  undated: readonly number[];
  /** By name; all wrappers of the experiment, also those that hold no job of the list. */
  wrappers: readonly WrapperFolder[];
}

/** The jobs of one start date. */
export interface DateFolder {
  /** As in job names, e.g. `19900101`. */
  date: string;
  /** Members in the order in which the list first names them, of whatever date. Never empty. */
  members: readonly MemberFolder[];
  /** The status that all of its jobs have, if it is one of these. */
  uniformStatus: "COMPLETED" | "WAITING" | "SUSPENDED" | null;
  jobCount: number;
  /** Closed when there are more than five dates and all of its jobs have the same status. */
  isExpanded: boolean;
}

/** The jobs of one member at one start date. */
export interface MemberFolder {
  /** Null for jobs that run once per date. */
  member: string | null;
  tally: StatusTally;
  /** Jobs that are the only one of their section here. */
  singles: readonly number[];
  /** Sections with several jobs here, in the order in which the list first names them. */
  sections: readonly SectionFolder[];
}

/** The jobs of one section of a member; those that need attention come first, the latest of them at the top. */
export interface SectionFolder {
  section: string;
  jobs: readonly number[];
  /** Open when one of its jobs needs attention. */
  isExpanded: boolean;
}

/** The jobs of one wrapper that are in the list, by chunk. */
export interface WrapperFolder {
  wrapper: Wrapper;
  tally: StatusTally;
  jobs: readonly number[];
}

const { COMPLETED, WAITING, READY, SUSPENDED } = JOB_STATUS_CODES;
/** Jobs in any other status need attention: they go to the top of their folder. */
const CALM: ReadonlySet<number> = new Set([COMPLETED, WAITING, READY, SUSPENDED]);
const MANY_DATES = 5;

/**
 * Sorts an experiment's jobs into folders.
 * Source: reference, components/representations/tree/tree.py.
 */
export function buildJobTree({ jobs, wrappers, positions }: ExperimentJobs): JobTree {
  const groups = new Map<NaiveDateTime, Map<string | null, number[]>>();
  const members = new Set<string | null>();
  const undated: number[] = [];
  jobs.forEach(({ record: { date, member } }, index) => {
    if (date === null) undated.push(index);
    else {
      members.add(member);
      addToGroup(groups, date, member, index);
    }
  });
  const precision = datePrecision(groups.keys());
  const dates = Array.from(groups, ([date, byMember]) =>
    dateFolder(jobs, compactDate(date, precision), byMember, members, groups.size),
  );
  return { dates, undated, wrappers: wrapperFolders(jobs, [...wrappers.byName.values()], positions) };
}

function addToGroup(
  groups: Map<NaiveDateTime, Map<string | null, number[]>>,
  date: NaiveDateTime,
  member: string | null,
  index: number,
): void {
  let byMember = groups.get(date);
  if (byMember === undefined) {
    byMember = new Map();
    groups.set(date, byMember);
  }
  const group = byMember.get(member);
  if (group === undefined) byMember.set(member, [index]);
  else group.push(index);
}

function dateFolder(
  jobs: readonly JobView[],
  date: string,
  byMember: ReadonlyMap<string | null, readonly number[]>,
  memberOrder: ReadonlySet<string | null>,
  dateCount: number,
): DateFolder {
  const members = [...memberOrder].flatMap((member) => {
    const group = byMember.get(member);
    return group === undefined ? [] : [memberFolder(jobs, member, group)];
  });
  const statuses = [...byMember.values()].flatMap((group) => group.map((index) => statusAt(jobs, index)));
  const uniformStatus = uniformStatusOf(statuses);
  return {
    date,
    members,
    uniformStatus,
    jobCount: statuses.length,
    isExpanded: dateCount <= MANY_DATES || uniformStatus === null,
  };
}

function uniformStatusOf(statuses: readonly number[]): DateFolder["uniformStatus"] {
  const [first] = statuses;
  if (first === undefined || statuses.some((status) => status !== first)) return null;
  if (first === COMPLETED) return "COMPLETED";
  if (first === WAITING) return "WAITING";
  return first === SUSPENDED ? "SUSPENDED" : null;
}

function memberFolder(jobs: readonly JobView[], member: string | null, group: readonly number[]): MemberFolder {
  const bySection = new Map<string, number[]>();
  for (const index of group) {
    const section = jobs[index]?.record.section ?? "";
    const known = bySection.get(section);
    if (known === undefined) bySection.set(section, [index]);
    else known.push(index);
  }
  const singles = [...bySection.values()].filter((indexes) => indexes.length === 1).flat();
  const sections = [...bySection].filter(([, indexes]) => indexes.length > 1);
  return {
    member,
    tally: tallyStatuses(group.map((index) => statusAt(jobs, index))),
    singles: attentionFirst(jobs, singles),
    sections: sections.map(([section, indexes]) => ({
      section,
      jobs: attentionFirst(jobs, indexes),
      isExpanded: indexes.some((index) => !CALM.has(statusAt(jobs, index))),
    })),
  };
}

function attentionFirst(jobs: readonly JobView[], indexes: readonly number[]): number[] {
  const calm = indexes.filter((index) => CALM.has(statusAt(jobs, index)));
  const others = indexes.filter((index) => !CALM.has(statusAt(jobs, index)));
  return [...others.reverse(), ...calm];
}

function wrapperFolders(
  jobs: readonly JobView[],
  wrappers: readonly Wrapper[],
  positions: JobPositions,
): WrapperFolder[] {
  const chunkOf = (index: number) => jobs[index]?.record.chunk ?? 0;
  const inNameOrder = wrappers.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return inNameOrder.map((wrapper) => {
    const members = wrapper.jobNames.flatMap((name) => positions.get(name) ?? []);
    return {
      wrapper,
      tally: tallyStatuses(members.map((index) => statusAt(jobs, index))),
      jobs: members.sort((a, b) => chunkOf(a) - chunkOf(b)),
    };
  });
}

function statusAt(jobs: readonly JobView[], index: number): number {
  return jobs[index]?.record.status ?? JOB_STATUS_CODES.UNKNOWN;
}
