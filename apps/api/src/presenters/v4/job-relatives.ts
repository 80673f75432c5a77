import { jobStatusName, type RelativeV4Body } from "@autosubmit-api/shared-types";

/** @param statuses codes by job name; null when they were not asked for */
export function presentRelatives(
  names: readonly string[],
  statuses: ReadonlyMap<string, number> | null,
): RelativeV4Body[] {
  if (statuses === null) return names.map((name) => ({ job_name: name }));
  return names.map((name) => {
    const status = statuses.get(name);
    return { job_name: name, status: status === undefined ? null : jobStatusName(status) };
  });
}
