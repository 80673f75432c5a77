import { CATEGORY_LEVELS, type CategoryTree } from "@autosubmit-api/domain";
import type { JobsCategoryTreeV4Body } from "@autosubmit-api/shared-types";

export function presentCategoryTree(tree: CategoryTree): JobsCategoryTreeV4Body {
  const category_tree = toObject(tree, (members) =>
    toObject(members, (sections) => toObject(sections, (statuses) => Object.fromEntries(statuses))),
  );
  return { properties_hierarchy: [...CATEGORY_LEVELS], category_tree };
}

function toObject<From, To>(map: ReadonlyMap<string, From>, present: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Array.from(map, ([key, value]) => [key, present(value)]));
}
