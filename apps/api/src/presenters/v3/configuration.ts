import { compareConfigurations } from "@autosubmit-api/domain";
import type { ConfigurationV3Body } from "@autosubmit-api/shared-types";
import {
  type ConfigMap,
  type ConfigurationDialect,
  comparableConfiguration,
  configurationJson,
  maskSecrets,
} from "autosubmit-reader";
import { type RawJson, rawJson } from "../raw-json.js";

/** Both sides of the comparison; null where there is none, with the reason in `warnings` when that is a failure. */
export interface ComparedConfigurations {
  dialect: ConfigurationDialect;
  run: ConfigMap | null;
  files: ConfigMap | null;
  warnings: readonly string[];
}

/** The body, its configurations as JSON text. */
type ConfigurationBody = Omit<ConfigurationV3Body, "configuration_current_run" | "configuration_filesystem"> &
  Record<"configuration_current_run" | "configuration_filesystem", RawJson>;

export function presentConfigurations({ dialect, run, files, warnings }: ComparedConfigurations): ConfigurationBody {
  const runSide = comparableConfiguration(run, dialect);
  const filesSide = comparableConfiguration(files, dialect);
  // Before secrets are masked: a changed password is a change.
  const differences = compareConfigurations(filesSide, runSide);
  return {
    error: false,
    error_message: "",
    warning: warnings.length > 0,
    warning_message: warnings.join("\n"),
    configuration_current_run: presentSide(runSide),
    configuration_filesystem: presentSide(filesSide),
    are_equal: differences.length === 0,
    differences,
  };
}

function presentSide(side: ConfigMap): RawJson {
  return rawJson(configurationJson(maskSecrets(side)));
}

export function presentConfigurationsFailure(message: string): ConfigurationV3Body {
  return {
    error: true,
    error_message: message,
    warning: false,
    warning_message: "",
    configuration_current_run: { contains_nones: true },
    configuration_filesystem: { contains_nones: true },
    are_equal: true,
    differences: [],
  };
}
