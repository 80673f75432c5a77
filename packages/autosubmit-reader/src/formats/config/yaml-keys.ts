import { type ConfigMap, type ConfigValue, isConfigFloat, isConfigMap, isConfigOpaque } from "./config-value.js";
import { pythonRepr, pythonStr } from "./python-text.js";

/** What Python compares when it looks for a key; null for keys that equal nothing. */
export function keyIdentity(value: ConfigValue, text: string): string | null {
  if (typeof value === "string") return `text ${value}`;
  if (value === null) return "null";
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean")
    return `number ${Number(value)}`;
  if (isConfigFloat(value)) return Number.isNaN(value.value) ? null : `number ${value.value}`;
  if (isConfigOpaque(value)) return value.kind === "tagged" ? null : `${value.kind} ${value.text}`;
  return `collection ${text}`;
}

/** Characters of a list or mapping used as a key; each level of quotes in it may double the length. */
const MAX_COLLECTION_KEY = 4096;

/**
 * A key as Python's `str` gives it: lists are tuples then, mappings ordered dictionaries (`{{ x }}` without quotes is one).
 * Null for collections within those, which Python cannot have as keys, and for absurdly long ones.
 */
export function keyText(value: ConfigValue): string | null {
  if (!Array.isArray(value) && !isConfigMap(value)) return pythonStr(value);
  if (Array.from(value.values()).some((item) => Array.isArray(item) || isConfigMap(item))) return null;
  const text = Array.isArray(value) ? tupleText(value) : orderedDictText(value);
  return text.length > MAX_COLLECTION_KEY ? null : text;
}

function tupleText(items: readonly ConfigValue[]): string {
  const texts = items.map(pythonRepr);
  return texts.length === 1 ? `(${texts[0]},)` : `(${texts.join(", ")})`;
}

function orderedDictText(map: ConfigMap): string {
  const pairs = Array.from(map, ([key, item]) => `(${pythonRepr(key)}, ${pythonRepr(item)})`);
  return `ordereddict([${pairs.join(", ")}])`;
}
