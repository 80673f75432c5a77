import { type ConfigValue, isConfigMap } from "./config-value.js";
import type { LoadContext } from "./load-context.js";
import { pythonStrip } from "./python-text.js";

/** One placeholder in a text. */
export interface Token {
  start: number;
  end: number;
  /** Upper-case keys that lead to the value. */
  path: readonly string[];
  /** The same as a single key. */
  flatKey: string;
  /** `%NAME^^%` and `%NAME,,%`. */
  change: "upper" | "lower" | null;
}

/** Tokens by text, since most texts are looked at many times. */
export type TokenCache = Map<string, readonly Token[]>;

// What is looked for in values is narrower than what is filled in afterwards, as in Autosubmit.
const EARLY = /%[a-z0-9_.-]*%/i;
const LATE = /%\^[a-z0-9_.-]*%/i;
const EARLY_TOKEN = /%[a-z0-9_.-]*(?:\^\^|,,)?%/gi;
const ANY_EARLY_TOKEN = /%[a-z0-9_.-]*(?:\^\^|,,)?%/i;
const LATE_TOKEN = /%\^[a-z0-9_.-]*(?:\^\^|,,)?%/gi;
/** Scanning this many characters of text counts as one step. */
const CHARACTERS_A_STEP = 64;
const MAX_CACHED = 100_000;

/** Which placeholders stand in a value: `early` as soon as there is a `%NAME%`, `late` when there are only `%^NAME%`. */
export function placeholderKind(value: ConfigValue): "early" | "late" | null {
  if (matchesAnywhere(value, EARLY)) return "early";
  return matchesAnywhere(value, LATE) ? "late" : null;
}

function matchesAnywhere(value: ConfigValue, pattern: RegExp): boolean {
  if (typeof value === "string") return value.includes("%") && pattern.test(value);
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => matchesAnywhere(item, pattern));
  if (isConfigMap(value)) {
    return Array.from(value).some(([key, item]) => pattern.test(key) || matchesAnywhere(item, pattern));
  }
  return value.kind !== "float" && pattern.test(value.text);
}

/** The `%NAME%` of a text from right to left, so that filling one in leaves the places of the others valid. */
export function earlyTokens(text: string, cache: TokenCache, context: LoadContext): readonly Token[] {
  const known = cache.get(text);
  if (known) return known;
  context.spendSteps(Math.ceil(text.length / CHARACTERS_A_STEP));
  const found = findTokens(text, EARLY_TOKEN);
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(text, found);
  return found;
}

/** The `%^NAME%` of a text from right to left. */
export function lateTokens(text: string): readonly Token[] {
  return findTokens(text, LATE_TOKEN);
}

/** Whether a text has `%NAME%` at all. */
export function hasEarlyToken(text: string, cache: TokenCache): boolean {
  return (cache.get(text)?.length ?? (ANY_EARLY_TOKEN.test(text) ? 1 : 0)) > 0;
}

/** What stands between two places of a text, read as a placeholder whatever it is. */
export function tokenAt(text: string, start: number, end: number): Token {
  const written = text.slice(start, end);
  const change = written.endsWith("^^%") ? "upper" : written.endsWith(",,%") ? "lower" : null;
  const name = change === null ? written : written.replaceAll(change === "upper" ? "^^" : ",,", "");
  const inner = name.slice(1, -1);
  const key = (part: string) => pythonStrip(part, "^").toUpperCase();
  return { start, end, path: inner.split(".").map(key), flatKey: key(inner), change };
}

function findTokens(text: string, pattern: RegExp): Token[] {
  if (!text.includes("%")) return [];
  return Array.from(text.matchAll(pattern), ({ index, 0: { length } }) =>
    tokenAt(text, index, index + length),
  ).reverse();
}
