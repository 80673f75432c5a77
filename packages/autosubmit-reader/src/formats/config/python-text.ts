import { type ConfigValue, isConfigFloat, isConfigMap } from "./config-value.js";

/**
 * Python's `str(value)`: what Autosubmit puts in place of a placeholder (formats reference §4.5), e.g. `True`, `None`,
 * `1.0`, `[1, 'two']`, `{'A': 1}`.
 */
export function pythonStr(value: ConfigValue): string {
  return typeof value === "string" ? value : pythonRepr(value);
}

/** Python's `repr(value)`; texts are quoted. */
export function pythonRepr(value: ConfigValue): string {
  if (typeof value === "string") return quoteText(value);
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(", ")}]`;
  if (isConfigMap(value)) {
    return `{${Array.from(value, ([key, item]) => `${quoteText(key)}: ${pythonRepr(item)}`).join(", ")}}`;
  }
  return isConfigFloat(value) ? pythonFloat(value.value) : value.text;
}

/** Python's `repr` of a float: the shortest digits that read back the same, with `.0` or an exponent where Python has one. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [mantissa = "", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 16) {
    const text = String(value);
    return text.includes(".") ? text : `${text}.0`;
  }
  const sign = exponent < 0 ? "-" : "+";
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

const ESCAPES = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);
/** What Python does not print as it is: control characters, separators but the blank, what Unicode has not assigned. */
const UNPRINTABLE = /\p{C}|(?! )\p{Z}/gu;

function quoteText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll("\\", "\\\\").replace(UNPRINTABLE, escapeCharacter);
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function escapeCharacter(character: string): string {
  const short = ESCAPES.get(character);
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code <= 0xff) return `\\x${digits.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, "0")}` : `\\U${digits.padStart(8, "0")}`;
}

/** Python's `text.strip(characters)`: any of the characters off both ends. */
export function pythonStrip(text: string, characters: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && characters.includes(text.charAt(start))) start += 1;
  while (end > start && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
