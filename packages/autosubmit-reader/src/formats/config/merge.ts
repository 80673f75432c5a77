import { type ConfigMap, type ConfigValue, configEquals, isConfigMap } from "./config-value.js";
import type { LoadContext } from "./load-context.js";

/** Whether mappings of an update are copied, or become part of the result because nobody else uses them any more. */
export type UpdateMode = "copy" | "consume";

/**
 * Puts `update` over `base`, in place (formats reference §4.2, `deep_update`): mappings merge, everything else of `update`
 * replaces, null included; new keys are appended in `update`'s order. Lists are shared with `update` either way.
 * @returns `base`, or another mapping when `base` is none
 */
export function updateDeep(
  base: ConfigValue | undefined,
  update: ConfigMap,
  mode: UpdateMode,
  context: LoadContext,
): ConfigMap {
  const target: ConfigMap | null = isConfigMap(base) ? base : null;
  if (target === update || (target === null && mode === "consume")) return update;
  const result: ConfigMap = target ?? new Map();
  context.spendSteps(update.size + 1);
  for (const key of update.keys()) if (!result.has(key)) result.set(key, "");
  for (const [key, value] of update) {
    if (isConfigMap(value)) result.set(key, updateDeep(result.get(key), value, mode, context));
    else if (!Array.isArray(value) || replacesList(result.get(key), value)) result.set(key, value);
  }
  return result;
}

/** Equal lists of plain values stay as they are, so that later changes in place reach whoever shares them. */
function replacesList(current: ConfigValue | undefined, list: ConfigValue[]): boolean {
  return current !== list && (isConfigMap(list[0]) || current === undefined || !configEquals(current, list));
}

/**
 * Adds every key of `weak` that `target` lacks, at any depth, in place: the values of `minimal.yml` are the weakest
 * (formats reference §4.2 step 6).
 * @throws AutosubmitReadError `CONFIG_INVALID` where only one side is a mapping, as Autosubmit fails there
 */
export function addMissing(target: ConfigMap, weak: ConfigMap, context: LoadContext, path = ""): void {
  context.spendSteps(weak.size + 1);
  for (const [key, value] of weak) {
    const current = target.get(key);
    if (current === undefined) target.set(key, value);
    else if (isConfigMap(value) && value.size > 0) {
      if (!isConfigMap(current)) throw context.invalid(`${path}${key} is a mapping in one file and none in another`);
      addMissing(current, value, context, `${path}${key}.`);
    }
  }
}

/** A copy that shares nothing with the original that could be changed. */
export function copyDeep(map: ConfigMap, context: LoadContext): ConfigMap {
  context.spendSteps(map.size + 1);
  const copy: ConfigMap = new Map();
  for (const [key, value] of map) copy.set(key, copyValue(value, context));
  return copy;
}

function copyValue(value: ConfigValue, context: LoadContext): ConfigValue {
  if (isConfigMap(value)) return copyDeep(value, context);
  if (!Array.isArray(value)) return value;
  context.spendSteps(value.length);
  return value.map((item) => copyValue(item, context));
}
