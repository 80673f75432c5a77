import { type ConfigMap, type ConfigValue, isConfigFloat, isConfigMap, isConfigOpaque } from "./config-value.js";
import { pythonFloat } from "./python-text.js";

/** What becomes of dates: null as in v4, or their text. */
export type DateForm = "null" | "text";

/**
 * A configuration that JSON has words for (formats reference §4.7): tagged scalars become their text, bytes and sets null,
 * `NaN` and infinities null. Copies; key order and big whole numbers are kept.
 */
export function plainConfiguration(data: ConfigMap, dates: DateForm): ConfigMap {
  return new Map(Array.from(data, ([key, value]) => [key, plainValue(value, dates)]));
}

function plainValue(value: ConfigValue, dates: DateForm): ConfigValue {
  if (isConfigMap(value)) return plainConfiguration(value, dates);
  if (Array.isArray(value)) return value.map((item) => plainValue(item, dates));
  if (isConfigFloat(value)) return Number.isFinite(value.value) ? value : null;
  if (!isConfigOpaque(value)) return value;
  return value.kind === "tagged" || (value.kind === "date" && dates === "text") ? value.text : null;
}

/** Whether a configuration is empty or has a null at its top level: the `contains_nones` of every answer (§4.7). */
export function containsNones(data: ConfigMap): boolean {
  return data.size === 0 || Array.from(data.values()).includes(null);
}

/**
 * The JSON text of a configuration. Unlike `JSON.stringify` of objects it keeps the order of keys that look like numbers,
 * and prints floats as Python does (`1.0`). What JSON has no word for is null.
 */
export function configurationJson(value: ConfigValue): string {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(configurationJson).join(",")}]`;
  if (isConfigMap(value)) {
    return `{${Array.from(value, ([key, item]) => `${JSON.stringify(key)}:${configurationJson(item)}`).join(",")}}`;
  }
  if (isConfigFloat(value)) return Number.isFinite(value.value) ? pythonFloat(value.value) : "null";
  return isConfigOpaque(value) ? "null" : JSON.stringify(value);
}
