import { type ConfigValue, isConfigFloat } from "./config-value.js";

const WHOLE_NUMBER = /^\s*[+-]?\d+(?:_\d+)*\s*$/;
const LONGEST = 4300;

/** Python's `int(value)`: whole numbers, texts of them, truncated floats, 1 and 0 for truth values; null for the rest. */
export function pythonInt(value: ConfigValue | undefined): number | null {
  if (typeof value === "number") return value;
  if (typeof value === "bigint" || typeof value === "boolean") return Number(value);
  if (isConfigFloat(value)) return Number.isFinite(value.value) ? Math.trunc(value.value) : null;
  if (typeof value !== "string" || value.length > LONGEST || !WHOLE_NUMBER.test(value)) return null;
  return Number(value.replaceAll("_", ""));
}
