import { jobStatusName } from "@autosubmit-api/shared-types";
import type { JobRecord } from "autosubmit-reader";
import { NOT_APPLICABLE } from "./category-tree.js";

/**
 * Which jobs of a list are wanted; all given conditions must hold. A condition is a text that has to be the whole value,
 * where `*` stands for any characters; a leading `!` turns it round, `NA` means that the job has no such value. An empty
 * text and null are no condition.
 */
export interface JobFilter {
  /** A status name, in any case. */
  status?: string | null;
  section?: string | null;
  /** `YYYY-MM-DD` or `YYYYMMDD`. */
  date?: string | null;
  member?: string | null;
  chunk?: string | null;
  split?: string | null;
  /** In any case. */
  platform?: string | null;
  /** Of the job's name; any part of it may match. */
  query?: string | null;
}

/** Tells whether a job is wanted. */
export type JobPredicate = (job: JobRecord) => boolean;

/**
 * Compiles a filter.
 * @param platformOf where a section's jobs run; only asked when the filter names a platform
 * Source: upstream branches `261-tree-lazy` and `jobs-pagination`.
 */
export function jobPredicate(filter: JobFilter, platformOf: (section: string) => string): JobPredicate {
  const conditions: JobPredicate[] = [];
  const add = (
    pattern: string | null | undefined,
    valuesOf: (job: JobRecord) => readonly string[],
    matches = isGlobMatch,
  ) => {
    if (!pattern) return;
    const isNegated = pattern.startsWith("!");
    const wanted = isNegated ? pattern.slice(1) : pattern;
    conditions.push((job) => isNegated !== matchesAny(wanted, valuesOf(job), matches));
  };
  add(filter.status?.toUpperCase(), (job) => [jobStatusName(job.status)]);
  add(filter.section, (job) => present(job.section || null));
  add(filter.date, (job) =>
    job.date === null ? [] : [job.date.slice(0, 10), job.date.slice(0, 10).replaceAll("-", "")],
  );
  add(filter.member, (job) => present(job.member || null));
  add(filter.chunk, (job) => present(job.chunk));
  add(filter.split, (job) => present(job.split));
  add(filter.platform?.toUpperCase(), (job) => present(platformOf(job.section).toUpperCase() || null));
  add(
    filter.query,
    (job) => [job.name],
    (glob, text) => isGlobMatch(`*${glob}*`, text),
  );
  return (job) => conditions.every((holds) => holds(job));
}

function present(value: string | number | null): readonly string[] {
  return value === null ? [] : [String(value)];
}

/** A job without the value is matched by `NA` and by nothing else; `NA` may be a value, too. */
function matchesAny(
  wanted: string,
  values: readonly string[],
  matches: (glob: string, text: string) => boolean,
): boolean {
  if (values.length === 0) return wanted === NOT_APPLICABLE;
  return values.some((value) => matches(wanted, value));
}

/** Whether the whole of `text` is `glob`, where `*` is any run of characters. Linear: parts are looked for in order. */
export function isGlobMatch(glob: string, text: string): boolean {
  const parts = glob.split("*");
  const [first = ""] = parts;
  if (parts.length === 1) return first === text;
  const last = parts.at(-1) ?? "";
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return from <= text.length - last.length;
}
