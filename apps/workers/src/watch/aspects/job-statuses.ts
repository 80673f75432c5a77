import { createHash } from "node:crypto";
import { isoInstant } from "@autosubmit-api/domain";
import { type JobStatusName, jobStatusName } from "@autosubmit-api/shared-types";
import { fingerprintJobList, readJobList } from "autosubmit-reader";
import { pack, unpack } from "../packed-text.js";
import { type Change, change, type LookTime, type WatchAspect } from "../watch-aspect.js";

/** A job list by status only; three arrays of the same order. */
export interface JobStatuses {
  names: string[];
  sections: string[];
  /** Status codes. */
  statuses: number[];
  /** When Autosubmit wrote it, epoch seconds. */
  writtenAt: number;
}

/** More changes at once than this are told as one: a client reads the whole list faster than that many events. */
const MOST_CHANGES = 10_000;

/**
 * The statuses of jobs. The base holds the names (after their hash, so that a list of the same jobs is known without
 * unpacking), the state their statuses.
 */
export const jobStatuses: WatchAspect<JobStatuses> = {
  id: "WATCH_JOBS",

  async read(experiment, { fingerprint }) {
    const present = await fingerprintJobList(experiment);
    if (present === null || present === fingerprint) return { finding: null, fingerprint: present, inFull: false };
    const { jobs, modifiedAt } = await readJobList(experiment);
    const finding = {
      names: jobs.map(({ name }) => name),
      sections: jobs.map(({ section }) => section),
      statuses: jobs.map(({ status }) => status),
      writtenAt: modifiedAt.getTime() / 1000,
    };
    return { finding, fingerprint: present, inFull: true };
  },

  compare(before, finding, time) {
    const hash = createHash("sha1").update(finding.names.join("\n")).digest("base64");
    const state = pack(finding.statuses);
    const base = `${hash} ${pack(finding.names)}`;
    if (before === null) return { base, state, changes: [] };
    const isSameList = before.base.startsWith(`${hash} `);
    if (isSameList && state === before.state) return null;
    return { base: isSameList ? null : base, state, changes: compareLists(before, finding, isSameList, time) };
  },
};

function compareLists(
  before: { base: string; state: string },
  finding: JobStatuses,
  isSameList: boolean,
  { timeZone }: LookTime,
): Change[] {
  const { names, sections, statuses } = finding;
  const total = names.length;
  const oldStatuses = unpack<number[]>(before.state);
  const oldNames = isSameList ? names : unpack<string[]>(before.base.slice(before.base.indexOf(" ") + 1));
  const oldByName = isSameList ? null : new Map(oldNames.map((name, index) => [name, oldStatuses[index]]));
  const at = isoInstant(finding.writtenAt, timeZone);

  const told: Change[] = [];
  let known = 0;
  let changed = 0;
  for (const [index, name] of names.entries()) {
    const old = oldByName === null ? oldStatuses[index] : oldByName.get(name);
    if (old === undefined) continue;
    known += 1;
    if (old === statuses[index]) continue;
    changed += 1;
    if (changed > MOST_CHANGES) continue;
    const [from, to] = [jobStatusName(old), jobStatusName(statuses[index] ?? 0)];
    told.push(change("job-status", { name, section: sections[index] ?? "", old: from, new: to, at }));
  }
  const added = total - known;
  const removed = oldNames.length - known;
  const isTooMuch = changed > MOST_CHANGES;
  const list = added > 0 || removed > 0 || isTooMuch ? [change("job-list", { added, removed, changed, total })] : [];
  return [...list, ...(isTooMuch ? [] : told), change("status-counts", { counts: countsOf(statuses), total })];
}

function countsOf(statuses: readonly number[]): Partial<Record<JobStatusName, number>> {
  const counts: Partial<Record<JobStatusName, number>> = {};
  for (const status of statuses) {
    const name = jobStatusName(status);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
