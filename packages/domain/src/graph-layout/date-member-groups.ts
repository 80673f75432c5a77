import { JOB_STATUS_CODES, type JobStatusName } from "@autosubmit-api/shared-types";
import type { JobView } from "../jobs/experiment-jobs.js";
import { compactDate, datePrecision } from "../jobs/start-dates.js";
import type { Positions } from "./positions.js";

/** The jobs of one start date and member as one node of a drawing. */
export interface DateMemberGroup {
  /** As in job names, e.g. `19900101`. */
  date: string;
  member: string;
  /** The status that the group is shown with. */
  statusName: JobStatusName;
  x: number;
  y: number;
}

/** The first of these that a job of the group has; WAITING when none has. */
const SHOWN_FIRST = ["FAILED", "RUNNING", "SUSPENDED", "SUBMITTED", "QUEUING", "COMPLETED"] as const;
/** Groups nearer than this in both directions are moved apart. */
const ROOM = 250;

/**
 * Groups the jobs that have a date and a member; each group lies in the middle of its jobs, lower ones make room.
 * Source: reference, components/representations/graph/graph.py.
 * differs: combinations of date and member without jobs are left out, where the reference refuses to group.
 */
export function groupByDateAndMember(jobs: readonly JobView[], positions: Positions): DateMemberGroup[] {
  const precision = datePrecision(jobs.flatMap((job) => job.record.date ?? []));
  const members = new Map<string, { date: string; member: string; indexes: number[] }>();
  jobs.forEach(({ record: { date, member } }, index) => {
    if (date === null || member === null) return;
    const shown = compactDate(date, precision);
    const key = JSON.stringify([shown, member]);
    const known = members.get(key);
    if (known === undefined) members.set(key, { date: shown, member, indexes: [index] });
    else known.indexes.push(index);
  });
  const groups = Array.from(members.values(), ({ date, member, indexes }) => ({
    date,
    member,
    statusName: shownStatus(jobs, indexes),
    x: meanOf(positions.x, indexes),
    y: meanOf(positions.y, indexes),
  }));
  return makeRoom(groups);
}

function shownStatus(jobs: readonly JobView[], indexes: readonly number[]): JobStatusName {
  const present = new Set(indexes.map((index) => jobs[index]?.record.status));
  return SHOWN_FIRST.find((name) => present.has(JOB_STATUS_CODES[name])) ?? "WAITING";
}

function meanOf(values: Int32Array, indexes: readonly number[]): number {
  let sum = 0;
  for (const index of indexes) sum += values[index] ?? 0;
  return Math.trunc(sum / indexes.length);
}

/** Each group in turn, from the greatest y on, steps away from those behind it that are too near, up or down. */
function makeRoom(groups: readonly DateMemberGroup[]): DateMemberGroup[] {
  const ordered = groups.toSorted((a, b) => b.y - a.y);
  return ordered.map((group, place) => {
    let y = group.y;
    for (const other of ordered.slice(place + 1)) {
      if (Math.abs(group.x - other.x) > ROOM || Math.abs(y - other.y) > ROOM) continue;
      const missing = ROOM - Math.abs(y - other.y);
      y += y > other.y ? missing : -missing;
    }
    return { ...group, y };
  });
}
