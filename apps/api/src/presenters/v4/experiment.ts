import type { ExperimentV4Body } from "@autosubmit-api/shared-types";
import type { ExperimentRecord } from "autosubmit-reader";

export function presentExperiment({ id, name, description, autosubmit_version }: ExperimentRecord): ExperimentV4Body {
  return { id, name, description, autosubmit_version };
}
