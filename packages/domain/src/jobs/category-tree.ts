import { jobStatusName } from "@autosubmit-api/shared-types";
import type { JobRecord } from "autosubmit-reader";

/** Counts of jobs by start date, member, section and status; `NA` stands for no date and no member. */
export type CategoryTree = Map<string, Map<string, Map<string, Map<string, number>>>>;

/** What the levels of a category tree are. */
export const CATEGORY_LEVELS = ["date", "member", "section", "status"] as const;

/** What stands for an absent date or member. */
export const NOT_APPLICABLE = "NA";

/**
 * Counts the jobs of a list by category; every level is in the order in which the list first names its entries.
 * Source: upstream branch `261-tree-lazy`.
 */
export function buildCategoryTree(jobs: Iterable<JobRecord>): CategoryTree {
  const tree: CategoryTree = new Map();
  for (const { date, member, section, status } of jobs) {
    const members = entry(tree, date?.slice(0, 10) ?? NOT_APPLICABLE);
    const statuses = entry(entry(members, member || NOT_APPLICABLE), section);
    const name = jobStatusName(status);
    statuses.set(name, (statuses.get(name) ?? 0) + 1);
  }
  return tree;
}

function entry<Value>(level: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  let found = level.get(key);
  if (found === undefined) {
    found = new Map();
    level.set(key, found);
  }
  return found;
}
