import type { ConfigOpaque, ConfigValue } from "./config-value.js";

/** What a plain scalar is, by its text alone. `merge` and `value` are the keys `<<` and `=`. */
export type ScalarType = "str" | "null" | "bool" | "int" | "float" | "timestamp" | "merge" | "value";

/** Rules of which YAML version: 1.2 unless the file starts with `%YAML 1.1`. */
export type YamlVersion = "1.1" | "1.2";

interface ScalarRule {
  type: ScalarType;
  pattern: RegExp;
}

const NULL = /^(?:~|null|Null|NULL|)$/;
const TIMESTAMP =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;

// The first rule that matches decides, as in ruamel.yaml.
const RULES: Record<YamlVersion, readonly ScalarRule[]> = {
  "1.2": [
    { type: "bool", pattern: /^(?:true|True|TRUE|false|False|FALSE)$/ },
    {
      type: "float",
      pattern:
        /^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]?\d+)?|[-+]?\d[\d_]*[eE][-+]?\d+|[-+]?\.[\d_]+(?:[eE][-+]\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
    },
    { type: "int", pattern: /^(?=[-+\d])(?:[-+]?0b[01_]+|[-+]?0o?[0-7_]+|[-+]?[\d_]+|[-+]?0x[\da-fA-F_]+)$/ },
    { type: "merge", pattern: /^<<$/ },
    { type: "null", pattern: NULL },
    { type: "timestamp", pattern: TIMESTAMP },
    { type: "value", pattern: /^=$/ },
  ],
  "1.1": [
    {
      type: "bool",
      pattern: /^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
    },
    {
      type: "float",
      pattern:
        /^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]?\d+)?|[-+]?\d[\d_]*[eE][-+]?\d+|\.[\d_]+(?:[eE][-+]\d+)?|[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
    },
    {
      type: "int",
      pattern:
        /^(?=[-+\d])(?:[-+]?0b[01_]+|[-+]?0?[0-7_]+|[-+]?(?:0|[1-9][\d_]*)|[-+]?0x[\da-fA-F_]+|[-+]?[1-9][\d_]*(?::[0-5]?\d)+)$/,
    },
    { type: "merge", pattern: /^<<$/ },
    { type: "null", pattern: NULL },
    { type: "timestamp", pattern: TIMESTAMP },
    { type: "value", pattern: /^=$/ },
  ],
};

// Every rule begins with one of these; most texts do not, and are spared the patterns.
const MAY_BE_SPECIAL = /^(?:[-+.\d~<=nNtTfFyYoO]|$)/;
// No number or date of use is longer; patterns are not run over megabytes of text.
const LONGEST_SPECIAL = 10_000;

/** The type of a plain scalar (formats reference §4.3). */
export function plainScalarType(text: string, version: YamlVersion): ScalarType {
  if (!MAY_BE_SPECIAL.test(text) || text.length > LONGEST_SPECIAL) return "str";
  return RULES[version].find((rule) => rule.pattern.test(text))?.type ?? "str";
}

/** Builds the value of a scalar of a known type; null when the text does not fit the type (`!!int abc`). */
export function buildScalar(type: ScalarType, text: string, version: YamlVersion): { value: ConfigValue } | null {
  if (type === "str") return { value: text };
  if (type === "null") return { value: null };
  if (text.length > LONGEST_SPECIAL) return null;
  switch (type) {
    case "bool":
      return buildBoolean(text);
    case "int":
      return buildInteger(text, version);
    case "float":
      return buildFloat(text, version);
    case "timestamp":
      return buildTimestamp(text);
    case "merge":
    case "value":
      return { value: { kind: "tagged", text } };
  }
}

const TRUE_WORDS = new Set(["yes", "y", "true", "on"]);
const FALSE_WORDS = new Set(["no", "n", "false", "off"]);

function buildBoolean(text: string): { value: boolean } | null {
  const word = text.toLowerCase();
  if (TRUE_WORDS.has(word)) return { value: true };
  return FALSE_WORDS.has(word) ? { value: false } : null;
}

const LONGEST_INTEGER = 4300; // digits; Python refuses to convert longer ones

function buildInteger(text: string, version: YamlVersion): { value: number | bigint } | null {
  const digits = text.replaceAll("_", "");
  const negative = digits.startsWith("-");
  const unsigned = /^[-+]/.test(digits) ? digits.slice(1) : digits;
  if (unsigned.length > LONGEST_INTEGER) return null;
  const magnitude = unsignedInteger(unsigned, version);
  if (magnitude === null) return null;
  const value = negative ? -magnitude : magnitude;
  const small = Number(value);
  return { value: Number.isSafeInteger(small) ? small + 0 : value };
}

function unsignedInteger(text: string, version: YamlVersion): bigint | null {
  if (/^(?:0b[01]+|0o[0-7]+|0x[\da-fA-F]+)$/.test(text)) return BigInt(text);
  if (version === "1.1" && /^0[0-7]+$/.test(text)) return BigInt(`0o${text.slice(1)}`);
  if (version === "1.1" && /^\d+(?::\d+)+$/.test(text)) {
    return text.split(":").reduce((sum, part) => sum * 60n + BigInt(part), 0n);
  }
  return /^\d+$/.test(text) ? BigInt(text) : null;
}

function buildFloat(text: string, version: YamlVersion): { value: ConfigValue } | null {
  const plain = text.replaceAll("_", "").toLowerCase();
  const sign = plain.startsWith("-") ? -1 : 1;
  const unsigned = plain.replace(/^[-+]/, "");
  if (unsigned === ".inf") return float(sign * Number.POSITIVE_INFINITY);
  if (unsigned === ".nan") return float(Number.NaN);
  if (version === "1.1" && unsigned.includes(":")) {
    return float(sign * unsigned.split(":").reduce((sum, part) => sum * 60 + Number(part), 0));
  }
  return /^(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/.test(unsigned) ? float(sign * Number(unsigned)) : null;
}

function float(value: number): { value: ConfigValue } {
  return { value: { kind: "float", value } };
}

const TIMESTAMP_PARTS =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:([Tt])|[ \t]+)?(?:(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::(\d\d))?))?)?$/;
const DAY_SECONDS = 86_400;

/** Dates stay apart from texts; their text is what Python prints. Null for dates that no calendar has. */
function buildTimestamp(text: string): { value: ConfigOpaque } | null {
  const parts = TIMESTAMP.test(text) ? TIMESTAMP_PARTS.exec(text) : null;
  if (!parts) return null;
  const [, year = "", month = "", day = "", letter, hour, minute = "0", second = "0", fraction = ""] = parts;
  if (!isCalendarDay(Number(year), Number(month), Number(day))) return null;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (hour === undefined) return { value: { kind: "date", text: date } };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const zone = zoneText(parts);
  if (zone === null) return null;
  const micros = fraction === "" ? 0 : Math.min(999_999, Math.round(Number(`0.${fraction}`) * 1e6));
  const time = `${hour.padStart(2, "0")}:${minute}:${second}${micros === 0 ? "" : `.${String(micros).padStart(6, "0")}`}`;
  return { value: { kind: "date", text: `${date}${letter === undefined ? " " : "T"}${time}${zone}` } };
}

function zoneText(parts: RegExpExecArray): string | null {
  const [zone, sign, hours = "0", minutes = "0"] = parts.slice(9);
  if (zone === undefined) return "";
  if (zone === "Z") return "+00:00";
  if (Number(hours) * 3600 + Number(minutes) * 60 >= DAY_SECONDS) return null;
  return `${sign}${hours.padStart(2, "0")}:${minutes.padStart(2, "0")}`;
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= (days[month - 1] ?? 0);
}
