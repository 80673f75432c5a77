import { type ConfigMap, configurationAnswer, configurationJson, maskSecrets } from "autosubmit-reader";
import { type RawJson, rawJson } from "../raw-json.js";

/** `FilesystemConfigurationV4Body`. */
export function presentFilesystemConfiguration(data: ConfigMap): { config: RawJson } {
  return { config: presentConfiguration(data) };
}

/**
 * `RunConfigurationV4Body`.
 * @param runId null when there is no such run
 * @param data empty when the run has no stored configuration
 */
export function presentRunConfiguration(
  runId: number | null,
  data: ConfigMap,
): { run_id: number | null; config: RawJson } {
  return { run_id: runId, config: presentConfiguration(data) };
}

function presentConfiguration(data: ConfigMap): RawJson {
  return rawJson(configurationJson(maskSecrets(configurationAnswer(data))));
}
