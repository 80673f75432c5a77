/**
 * A configuration in memory: what Python would hold, with key order kept. Plain data that can be sent to another thread.
 * Mappings are `Map`s, because objects would put integer-like keys first and give `__proto__` a meaning.
 */
export type ConfigValue =
  | null
  | boolean
  | string
  /** A whole number; those beyond 2^53 are bigints. */
  | number
  | bigint
  | ConfigFloat
  | ConfigOpaque
  | ConfigValue[]
  | ConfigMap;

export type ConfigMap = Map<string, ConfigValue>;

/** A floating-point number; kept apart from whole numbers because Python prints `1.0` and `1` differently. */
export interface ConfigFloat {
  readonly kind: "float";
  readonly value: number;
}

/** A YAML value that JSON has no word for; `text` is what Python's `str` gives. */
export interface ConfigOpaque {
  /** `tagged`: a scalar with a custom tag. `date`: a date with or without time. */
  readonly kind: "tagged" | "date" | "bytes" | "set";
  readonly text: string;
}

export function isConfigMap(value: ConfigValue | undefined): value is ConfigMap {
  return value instanceof Map;
}

export function isConfigFloat(value: ConfigValue | undefined): value is ConfigFloat {
  return isRecord(value) && value.kind === "float";
}

export function isConfigOpaque(value: ConfigValue | undefined): value is ConfigOpaque {
  return isRecord(value) && value.kind !== "float";
}

function isRecord(value: ConfigValue | undefined): value is ConfigFloat | ConfigOpaque {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Map);
}

/** The value at a path of keys, or undefined where the path leaves the mappings. */
export function valueAt(map: ConfigMap, ...path: readonly string[]): ConfigValue | undefined {
  let found: ConfigValue | undefined = map;
  for (const key of path) {
    if (!isConfigMap(found)) return undefined;
    found = found.get(key);
  }
  return found;
}

/** The mapping at a path of keys, or an empty one where there is none. */
export function mapAt(map: ConfigMap, ...path: readonly string[]): ConfigMap {
  const found = valueAt(map, ...path);
  return isConfigMap(found) ? found : new Map();
}

/** Python's truth: false for null, false, zero, empty text, empty lists and empty mappings. */
export function isTruthy(value: ConfigValue | undefined): boolean {
  if (value === undefined || value === null || value === false || value === "") return false;
  if (value === 0 || value === 0n) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (isConfigMap(value)) return value.size > 0;
  return !(isConfigFloat(value) && value.value === 0);
}

/** Python's `==`: numbers and booleans by value, texts only with texts, mappings whatever their order. */
export function configEquals(left: ConfigValue, right: ConfigValue): boolean {
  const leftNumber = numberOf(left);
  const rightNumber = numberOf(right);
  // Loose equality compares a number with a bigint by value, which is what is wanted; both are numeric here.
  if (leftNumber !== null || rightNumber !== null) {
    // biome-ignore lint/suspicious/noDoubleEquals: 1 == 1n must hold
    return leftNumber !== null && rightNumber !== null && leftNumber == rightNumber;
  }
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, i) => configEquals(item, right[i] ?? null))
    );
  }
  if (isConfigMap(left)) return isConfigMap(right) && mapsEqual(left, right);
  if (isConfigOpaque(left)) return isConfigOpaque(right) && left.kind === right.kind && left.text === right.text;
  return left === right;
}

function mapsEqual(left: ConfigMap, right: ConfigMap): boolean {
  if (left.size !== right.size) return false;
  for (const [key, value] of left) {
    const other = right.get(key);
    if (other === undefined || !configEquals(value, other)) return false;
  }
  return true;
}

function numberOf(value: ConfigValue): number | bigint | null {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number" || typeof value === "bigint") return value;
  return isConfigFloat(value) ? value.value : null;
}
