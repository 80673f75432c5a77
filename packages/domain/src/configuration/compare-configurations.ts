import type { ConfigMap, ConfigValue } from "autosubmit-reader";

/**
 * What changed between the configuration of a run and that of the files: keys of the files' configuration whose values
 * differ, `A.B` for key B of mapping A, any number of levels deep; the keys above a changed one are listed too. Keys that
 * only the run had are not looked at. A text and a whole number are compared as texts; null and an absent key are equal.
 * Source: `sideDifferences` in the reference's `experiment/common_requests.py`.
 */
export function compareConfigurations(files: ConfigMap, run: ConfigMap): string[] {
  return Array.from(files).flatMap(([key, value]) => {
    const before = run.get(key) ?? null;
    if (value instanceof Map && before instanceof Map) {
      const inner = compareConfigurations(value, before);
      return inner.length === 0 ? [] : [key, ...inner.map((path) => `${key}.${path}`)];
    }
    return isSame(value, before) ? [] : [key];
  });
}

function isSame(left: ConfigValue, right: ConfigValue): boolean {
  if (typeof left === "string") return left === (isWhole(right) ? pythonText(right) : right);
  if (typeof right === "string") return isWhole(left) && pythonText(left) === right;
  return equalsInPython(left, right);
}

/** Whole numbers as Python sees them, which include truth values; floats such as `1.0` are none. */
function isWhole(value: ConfigValue): value is number | bigint | boolean {
  return typeof value === "boolean" || typeof value === "number" || typeof value === "bigint";
}

function pythonText(value: number | bigint | boolean): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
}

function equalsInPython(left: ConfigValue, right: ConfigValue): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, i) => equalsInPython(item, right[i] ?? null));
  }
  if (left instanceof Map && right instanceof Map) {
    const hasEqual = ([key, value]: [string, ConfigValue]) => {
      const other = right.get(key);
      return other !== undefined && equalsInPython(value, other);
    };
    return left.size === right.size && Array.from(left).every(hasEqual);
  }
  // Loose only between numbers and bigints, which are equal when their values are.
  const [a, b] = [numberOf(left), numberOf(right)];
  // biome-ignore lint/suspicious/noDoubleEquals: 1 == 1n must hold
  return a !== null && b !== null ? a == b : left === right;
}

/** True is 1 and false is 0 for Python's `==`. */
function numberOf(value: ConfigValue): number | bigint | null {
  if (isWhole(value)) return typeof value === "boolean" ? Number(value) : value;
  const isFloat = typeof value === "object" && value !== null && "kind" in value && value.kind === "float";
  return isFloat ? value.value : null;
}
