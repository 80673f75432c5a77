import { type ConfigMap, type ExperimentRunRecord, parsePythonJson, SourceCorruptError } from "autosubmit-reader";

/**
 * The configuration that a run was started with; null when it was not saved.
 * @throws SourceCorruptError when what was saved is no JSON object
 */
export function configurationOf({ run_id, metadata }: ExperimentRunRecord): ConfigMap | null {
  if (metadata === null || metadata === "") return null;
  const source = `The configuration stored with run ${run_id}`;
  const value = parsePythonJson(metadata, source);
  if (value === null) return null;
  if (value instanceof Map) return value;
  throw new SourceCorruptError(`${source} is no JSON object`);
}
