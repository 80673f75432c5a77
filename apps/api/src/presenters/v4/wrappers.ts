import type { Wrappers } from "@autosubmit-api/domain";
import type { WrappersV4Body } from "@autosubmit-api/shared-types";

export function presentWrappers({ byName }: Wrappers): WrappersV4Body {
  return {
    wrappers: [...byName.values()].map(({ name, jobNames }) => ({ wrapper_name: name, job_names: jobNames })),
  };
}
