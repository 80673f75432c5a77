import { type ConfigMap, type ConfigValue, isConfigMap, isTruthy, valueAt } from "./config-value.js";
import type { LoadContext } from "./load-context.js";
import {
  earlyTokens,
  hasEarlyToken,
  lateTokens,
  placeholderKind,
  type Token,
  type TokenCache,
  tokenAt,
} from "./placeholder-tokens.js";
import { pythonStr } from "./python-text.js";

/** A value with placeholders: a text, or a list of texts of which some have them. Never changed in place. */
type Waiting = string | readonly string[];

/**
 * Values that wait to be filled in, by dotted path. It outlives the files: what cannot be filled in yet is tried again
 * whenever another file is added, and a value that was filled in stays as it is (formats reference §4.5).
 */
export interface PlaceholderState {
  /** Values with `%NAME%`. */
  early: Map<string, Waiting>;
  /** Values with `%^NAME%` only, which are filled in when everything is loaded. */
  late: Map<string, Waiting>;
  /** Shared by all states of one load. */
  readonly tokens: TokenCache;
  /** Paths of lists: what is kept of a list while it waits is not what stands in the configuration. */
  lists: Set<string>;
  /** Whether the last substitution put late placeholders into values, which only another look at them would note. */
  hasNewLate: boolean;
}

export function createPlaceholderState(tokens: TokenCache = new Map()): PlaceholderState {
  return { early: new Map(), late: new Map(), tokens, lists: new Set(), hasNewLate: false };
}

const MIN_ROUNDS = 25;

/**
 * Notes the value of a key, which is no mapping, if placeholders are in it.
 * @param at the keys that lead to the mapping, and the key in it
 * @throws AutosubmitReadError `CONFIG_INVALID` for lists of other things than texts, as Autosubmit fails there
 */
export function notePlaceholders(
  state: PlaceholderState,
  at: { place: readonly string[]; key: string },
  value: ConfigValue,
  context: LoadContext,
): void {
  const kind = placeholderKind(value);
  if (kind === null) return;
  const path = [...at.place, at.key].join(".");
  state[kind].set(path, requireTexts(value, path, context));
  if (Array.isArray(value)) state.lists.add(path);
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
  state: PlaceholderState;
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
  const task = { data, isFlat: isFlat(data), isEnd, state, context };
  state.hasNewLate = false;
  const waiting = new Map(state.early);
  if (isEnd) for (const [path, value] of state.late) waiting.set(path, value);
  for (let rounds = MIN_ROUNDS + state.early.size; rounds > 0; rounds -= 1) {
    const changes = substituteRound(waiting, task);
    if (changes.length === 0) break;
    for (const [path, value] of changes) waiting.set(path, value);
  }
  keepWaiting(waiting, state);
}

/** Every value once, all of them as they were when the round began; gives those that are different now. */
function substituteRound(waiting: ReadonlyMap<string, Waiting>, task: Substitution): [string, Waiting][] {
  const changes: [string, Waiting][] = [];
  for (const [path, value] of waiting) {
    const filled = substituteValue(path, value, task);
    if (filled !== value && !sameWaiting(filled, value)) changes.push([path, filled]);
  }
  return changes;
}

/** Fills one value in; its items are taken in turn, empty ones are not counted, as in Autosubmit. */
function substituteValue(path: string, value: Waiting, task: Substitution): Waiting {
  const items = task.isFlat ? flatTexts(path, task) : [value].flat();
  let current = value;
  let index = -1;
  for (const item of items) {
    if (item === "") continue;
    index += 1;
    let text = item;
    for (const found of tokensOf(item, task)) {
      // Autosubmit goes on with the places of the original text, which late placeholders may have lost by then.
      const token = text === item ? found : tokenAt(text, found.start, found.end);
      const filled = fillIn(text, token, task);
      if (filled === null) continue;
      if (task.isFlat) task.data.set(path, filled);
      else replaceInData(task, { path, old: current, text: filled, index });
      text = filled;
      if (items.length > 1) items[index] = text;
      current = items.length > 1 ? items : text;
    }
  }
  return current;
}

/** With whole paths as keys, the texts come from the data, by the path or by the path without its ends. */
function flatTexts(path: string, { data, context }: Substitution): string[] {
  const inner = data.get(path.slice(1, -1));
  const found = isTruthy(inner) ? inner : data.get(path);
  if (!isTruthy(found)) return [];
  return [requireTexts(found ?? null, path, context)].flat();
}

/** The late ones follow the early ones, as in Autosubmit. */
function tokensOf(text: string, { isEnd, state, context }: Substitution): readonly Token[] {
  context.spendSteps(1);
  const early = earlyTokens(text, state.tokens, context);
  return isEnd && text.includes("^") ? [...early, ...lateTokens(text)] : early;
}

/** The text with the token's value in its place; null when the value is missing or empty. */
function fillIn(text: string, token: Token, task: Substitution): string | null {
  const found = lookUp(token, task);
  if (!isTruthy(found)) return null;
  const filled = text.slice(0, token.start) + pythonStr(found) + text.slice(token.end);
  task.context.spendText(filled.length);
  task.state.hasNewLate ||= filled.includes("^");
  return filled;
}

function lookUp(token: Token, { data, isFlat, context }: Substitution): ConfigValue {
  let found: ConfigValue = data;
  for (const key of isFlat ? [token.flatKey] : token.path) {
    if (!isConfigMap(found)) {
      throw context.invalid(`the placeholder %${token.path.join(".")}% leads through a value that is no mapping`);
    }
    const next: ConfigValue | undefined = found.get(key);
    // Of a missing section every key is missing; only a null section fails.
    if (next === undefined) found = NOTHING;
    else if (typeof next === "string") found = changeCase(next, token);
    else if (typeof next === "object") found = next;
    else found = changeCase(pythonStr(next), token);
  }
  return found;
}

const NOTHING: ConfigMap = new Map();

function changeCase(text: string, { change }: Token): string {
  if (change === null) return text;
  return change === "upper" ? text.toUpperCase() : text.toLowerCase();
}

/** A filled-in text, and what it stands in place of. */
interface Replacement {
  path: string;
  old: Waiting;
  text: string;
  /** Of the item, where the value is a list. */
  index: number;
}

/** Puts a filled-in text where the value stands, provided that it is still the same value. */
function replaceInData({ data, context }: Substitution, replacement: Replacement): void {
  const { path, old, text } = replacement;
  const keys = path.split(".");
  const last = keys.length - 1;
  let map = data;
  for (const [depth, key] of keys.entries()) {
    const found = map.get(key);
    if (isConfigMap(found)) {
      if (depth === last) {
        throw context.invalid(`${path} is a text with placeholders in one file and a mapping in another`);
      }
      map = found;
    } else {
      if (Array.isArray(found)) replaceInList(found, replacement, context);
      else if (typeof found === "string" && found === old) map.set(key, text);
      return;
    }
  }
}

function replaceInList(list: ConfigValue[], { path, old, text, index }: Replacement, context: LoadContext): void {
  const item = list[index];
  const oldItem = old[index];
  if (typeof item !== "string" || oldItem === undefined) {
    throw context.invalid(`${path} is a list with placeholders in one file and another one elsewhere`);
  }
  // Paid for before it is made: an item of one character may stand in a long text many times.
  const places = oldItem === "" ? item.length + 1 : item.split(oldItem).length - 1;
  context.spendText(item.length + places * text.length);
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

function sameWaiting(left: Waiting, right: Waiting): boolean {
  if (typeof left === "string" || typeof right === "string") return left === right;
  return left.length === right.length && left.every((item, i) => item === right[i]);
}

/** Keeps what has early placeholders left; of lists only the items that have. */
function keepWaiting(waiting: ReadonlyMap<string, Waiting>, state: PlaceholderState): void {
  state.early = new Map();
  const isOpen = (text: string) => hasEarlyToken(text, state.tokens);
  for (const [path, value] of waiting) {
    if (typeof value === "string") {
      if (isOpen(value)) state.early.set(path, value);
    } else {
      const open = value.filter(isOpen);
      if (open.length > 0) state.early.set(path, open);
    }
  }
}

/** Notes the lists of a configuration once more, as they stand in it now. */
export function noteListsAgain(state: PlaceholderState, data: ConfigMap, context: LoadContext): void {
  for (const path of state.lists) {
    const place = path.split(".");
    const found = valueAt(data, ...place);
    if (Array.isArray(found))
      notePlaceholders(state, { place: place.slice(0, -1), key: place.at(-1) ?? "" }, found, context);
  }
}
