import {
  type ConfigMap,
  type ConfigValue,
  configEquals,
  isConfigFloat,
  isConfigMap,
  isTruthy,
} from "./config-value.js";
import type { LoadContext } from "./load-context.js";
import { pythonStr, pythonStrip } from "./python-text.js";

/** A value with placeholders: a text, or a list of texts of which some have them. */
type Waiting = string | string[];

/**
 * Values that wait to be filled in, by dotted path. It outlives the files: what cannot be filled in yet is tried again
 * whenever another file is added, and a value that was filled in stays as it is (formats reference §4.5).
 */
export interface PlaceholderState {
  /** Values with `%NAME%`. */
  early: Map<string, Waiting>;
  /** Values with `%^NAME%` only, which are filled in when everything is loaded. */
  late: Map<string, Waiting>;
}

const EARLY = /%[a-z0-9_.-]*%/i;
const LATE = /%\^[a-z0-9_.-]*%/i;
const HAS_EARLY_TOKEN = /%[a-z0-9_.-]*(?:\^\^|,,)?%/i;
const EARLY_TOKEN = new RegExp(HAS_EARLY_TOKEN, "gi");
const LATE_TOKEN = /%\^[a-z0-9_.-]*(?:\^\^|,,)?%/gi;
const MIN_ROUNDS = 25;
/** Scanning this many characters of text counts as one step. */
const CHARACTERS_A_STEP = 64;

/** Whether a placeholder stands anywhere in a value. */
export function hasPlaceholder(value: ConfigValue): boolean {
  return matchesAnywhere(value, EARLY);
}

/**
 * Notes a value that is no mapping if placeholders are in it.
 * @throws AutosubmitReadError `CONFIG_INVALID` for lists of other things than texts, as Autosubmit fails there
 */
export function notePlaceholders(
  state: PlaceholderState,
  path: string,
  value: ConfigValue,
  context: LoadContext,
): void {
  if (matchesAnywhere(value, EARLY)) state.early.set(path, requireTexts(value, path, context));
  else if (matchesAnywhere(value, LATE)) state.late.set(path, requireTexts(value, path, context));
}

function matchesAnywhere(value: ConfigValue, pattern: RegExp): boolean {
  if (typeof value === "string") return value.includes("%") && pattern.test(value);
  if (Array.isArray(value)) return value.some((item) => matchesAnywhere(item, pattern));
  if (isConfigMap(value))
    return Array.from(value).some(([key, item]) => pattern.test(key) || matchesAnywhere(item, pattern));
  return typeof value === "object" && value !== null && !isConfigFloat(value) && pattern.test(value.text);
}

function requireTexts(value: ConfigValue, path: string, context: LoadContext): Waiting {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return [...value];
  throw context.invalid(`${path} has placeholders beside values that are no texts`);
}

interface Substitution {
  data: ConfigMap;
  /** Autosubmit takes a mapping with dots in its first keys for one whose keys are whole paths. */
  isFlat: boolean;
  isEnd: boolean;
  context: LoadContext;
}

/**
 * Fills the placeholders of all waiting values in, in place, as far as `data` knows them.
 * @param isEnd whether the late ones (`%^NAME%`) have their turn too
 * @throws AutosubmitReadError `CONFIG_INVALID` where Autosubmit fails: `%A.B%` when A is a text, say
 */
export function substitutePlaceholders(
  state: PlaceholderState,
  data: ConfigMap,
  context: LoadContext,
  isEnd = false,
): void {
  let rounds = MIN_ROUNDS + state.early.size;
  const task = { data, isFlat: isFlat(data), isEnd, context };
  let waiting = new Map(state.early);
  if (isEnd) for (const [path, value] of state.late) waiting.set(path, value);
  for (; rounds > 0 && waiting.size > 0; rounds -= 1) {
    const next = substituteRound(waiting, task);
    if (sameWaiting(waiting, next)) break;
    waiting = next;
  }
  state.early = stillWaiting(waiting);
}

function substituteRound(waiting: ReadonlyMap<string, Waiting>, task: Substitution): Map<string, Waiting> {
  const next = new Map(waiting);
  for (const [path, value] of waiting) substituteValue(path, value, next, task);
  return next;
}

/** Fills one value in; its items are taken in turn, empty ones are not counted, as in Autosubmit. */
function substituteValue(path: string, value: Waiting, next: Map<string, Waiting>, task: Substitution): void {
  const items = task.isFlat ? flatTexts(path, task) : [value].flat();
  let current: Waiting = value;
  let index = -1;
  for (const item of items) {
    if (item === "") continue;
    index += 1;
    let text = item;
    for (const token of tokensOf(item, task)) {
      const filled = fillIn(text, token, task);
      if (filled === null) continue;
      if (task.isFlat) task.data.set(path, filled);
      else replaceInData(task, path, current, filled, index);
      text = filled;
      if (items.length > 1) items[index] = text;
      current = items.length > 1 ? items : text;
    }
    next.set(path, current);
  }
}

/** With whole paths as keys, the texts come from the data, by the path or by the path without its ends. */
function flatTexts(path: string, { data, context }: Substitution): string[] {
  const inner = data.get(path.slice(1, -1));
  const found = isTruthy(inner) ? inner : data.get(path);
  if (!isTruthy(found)) return [];
  return [requireTexts(found ?? null, path, context)].flat();
}

interface Token {
  start: number;
  end: number;
}

/** From right to left, so that the places of the others stay valid; the late ones follow, as in Autosubmit. */
function tokensOf(text: string, { isEnd, context }: Substitution): Token[] {
  context.spendSteps(1 + Math.ceil(text.length / CHARACTERS_A_STEP));
  const early = Array.from(text.matchAll(EARLY_TOKEN), placeOf).reverse();
  if (!isEnd || !text.includes("^")) return early;
  return [...early, ...Array.from(text.matchAll(LATE_TOKEN), placeOf).reverse()];
}

function placeOf(match: RegExpExecArray): Token {
  return { start: match.index, end: match.index + match[0].length };
}

/** The text with the token's value in its place; null when the value is missing or empty. */
function fillIn(text: string, token: Token, task: Substitution): string | null {
  let name = text.slice(token.start, token.end);
  const change = name.endsWith("^^%") ? "upper" : name.endsWith(",,%") ? "lower" : "none";
  if (change !== "none") name = name.replaceAll(change === "upper" ? "^^" : ",,", "");
  const inner = name.slice(1, -1);
  const parts = inner.includes(".") && !task.isFlat ? inner.split(".") : [inner];
  let found: ConfigValue = task.data;
  for (const part of parts) {
    if (!isConfigMap(found))
      throw task.context.invalid(`the placeholder ${name} leads through a value that is no mapping`);
    const next: ConfigValue | undefined = found.get(pythonStrip(part, "^").toUpperCase());
    // Of a missing section every key is missing; only a null section fails.
    found = next === undefined ? new Map() : next;
    if (typeof found === "number" || typeof found === "bigint" || typeof found === "boolean") found = pythonStr(found);
    if (typeof found === "string" && change !== "none") {
      found = change === "upper" ? found.toUpperCase() : found.toLowerCase();
    }
  }
  if (!isTruthy(found)) return null;
  const filled = text.slice(0, token.start) + pythonStr(found) + text.slice(token.end);
  task.context.spendText(filled.length);
  return filled;
}

/** Puts a filled-in text where the value stands, provided that it is still the same value. */
function replaceInData(task: Substitution, path: string, old: Waiting, text: string, index: number): void {
  const keys = path.split(".");
  const last = keys.length - 1;
  let map = task.data;
  for (const [depth, key] of keys.entries()) {
    const found = map.get(key);
    if (isConfigMap(found)) {
      if (depth === last)
        throw task.context.invalid(`${path} is a text with placeholders in one file and a mapping in another`);
      map = found;
    } else {
      if (Array.isArray(found)) replaceInList(task, path, found, old, text, index);
      else if (typeof found === "string" && found === old) map.set(key, text);
      return;
    }
  }
}

function replaceInList(
  task: Substitution,
  path: string,
  list: ConfigValue[],
  old: Waiting,
  text: string,
  index: number,
): void {
  const item = list[index];
  const oldItem = old[index];
  if (typeof item !== "string" || oldItem === undefined) {
    throw task.context.invalid(`${path} is a list with placeholders in one file and another one elsewhere`);
  }
  // Paid for before it is made: an item of one character may stand in a long text many times.
  const places = oldItem === "" ? item.length + 1 : item.split(oldItem).length - 1;
  task.context.spendText(item.length + places * text.length);
  list[index] = item.replaceAll(oldItem, () => text);
}

function isFlat(data: ConfigMap): boolean {
  if (["DEFAULT", "EXPERIMENT", "JOBS", "PLATFORMS"].some((key) => isTruthy(data.get(key)))) return false;
  for (const [key, value] of data) {
    if (key.includes(".")) return true;
    if (isConfigMap(value)) return false;
  }
  return false;
}

function sameWaiting(left: ReadonlyMap<string, Waiting>, right: ReadonlyMap<string, Waiting>): boolean {
  return (
    left.size === right.size && Array.from(left).every(([path, value]) => configEquals(value, right.get(path) ?? null))
  );
}

function stillWaiting(waiting: ReadonlyMap<string, Waiting>): Map<string, Waiting> {
  const left = new Map<string, Waiting>();
  for (const [path, value] of waiting) {
    if (typeof value === "string") {
      if (hasToken(value)) left.set(path, value);
    } else {
      const items = value.filter(hasToken);
      if (items.length > 0) left.set(path, items);
    }
  }
  return left;
}

function hasToken(text: string): boolean {
  return text.includes("%") && HAS_EARLY_TOKEN.test(text);
}
