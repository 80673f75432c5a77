/** A configuration as JSON holds it. */
export interface JsonMap {
  [key: string]: JsonValue;
}
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonMap;

/**
 * What changed between the configuration of a run and that of the files: keys of the files' configuration whose values
 * differ, `A.B` for key B of mapping A, any number of levels deep; the keys above a changed one are listed too. Keys that
 * only the run had are not looked at. A text and a whole number are compared as texts; null and an absent key are equal.
 * Source: `sideDifferences` in the reference's `experiment/common_requests.py`.
 */
export function compareConfigurations(files: JsonMap, run: JsonMap): string[] {
  return Object.entries(files).flatMap(([key, value]) => {
    const before = Object.hasOwn(run, key) ? (run[key] ?? null) : null;
    if (isMap(value) && isMap(before)) {
      const inner = compareConfigurations(value, before);
      return inner.length === 0 ? [] : [key, ...inner.map((path) => `${key}.${path}`)];
    }
    return isSame(value, before) ? [] : [key];
  });
}

function isSame(left: JsonValue, right: JsonValue): boolean {
  if (typeof left === "string" && isWhole(right)) return left === pythonText(right);
  if (typeof right === "string" && isWhole(left)) return right === pythonText(left);
  return equalsInPython(left, right);
}

/** Whole numbers as Python sees them, which include truth values. */
function isWhole(value: JsonValue): value is number | boolean {
  return typeof value === "boolean" || (typeof value === "number" && Number.isInteger(value));
}

function pythonText(value: number | boolean): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
}

function equalsInPython(left: JsonValue, right: JsonValue): boolean {
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => equalsInPython(item, right[index] ?? null));
  if (isMap(left) && isMap(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && equalsInPython(left[key] ?? null, right[key] ?? null))
    );
  }
  return numberOf(left) === numberOf(right);
}

/** True is 1 and false is 0 for Python's `==`. */
function numberOf(value: JsonValue): JsonValue {
  return typeof value === "boolean" ? Number(value) : value;
}

function isMap(value: JsonValue): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
