import { type ConfigMap, type ConfigValue, isConfigMap } from "./config-value.js";
import type { LoadContext } from "./load-context.js";
import { copyDeep, type UpdateMode, updateDeep } from "./merge.js";
import { placeholderKind } from "./placeholder-tokens.js";
import {
  createPlaceholderState,
  noteListsAgain,
  notePlaceholders,
  type PlaceholderState,
  substitutePlaceholders,
} from "./placeholders.js";
import { pythonStr, pythonStrip } from "./python-text.js";

/** What is carried from file to file while a configuration is put together. */
export interface UnifyState extends PlaceholderState {
  /** Paths of the mappings that have a `FOR`. */
  loops: string[][];
  /** What was settled last, if settling it again would change nothing. */
  settled: ConfigMap | null;
}

/** What every step of putting values together needs. */
export interface Unifying {
  readonly state: UnifyState;
  readonly context: LoadContext;
}

export function createUnifyState(): UnifyState {
  return { ...createPlaceholderState(), loops: [], settled: null };
}

/**
 * Adds `update` to `base`, in place, and settles the result: placeholders are filled in and FOR loops written out
 * (formats reference §4.2, notation).
 * @param mode `consume` when `update` is not used any more
 * @returns `base`, or `update` where that is the same
 */
export function unify(
  base: ConfigMap,
  update: ConfigMap,
  { state, context }: Unifying,
  mode: UpdateMode = "copy",
): ConfigMap {
  const wasSettled = state.settled === base;
  if (wasSettled && (base === update || update.size === 0)) return base;
  if (base.size === 0 && mode === "consume" && state.settled === update) return update;
  const unified = updateDeep(base, update, mode, context);
  // Of what was settled before, only the places that the update touched can have changed.
  if (wasSettled) noteListsAgain(state, unified, context);
  scanMap(unified, wasSettled ? update : unified, [], { state, context });
  substitutePlaceholders(state, unified, context);
  // Copies that loops made and late placeholders that were filled in are noted only the next time.
  state.settled = state.loops.length === 0 && !state.hasNewLate ? unified : null;
  expandLoops(unified, state, context);
  return unified;
}

/** Notes placeholders and FOR loops at any depth; the values of loops are brought into their text form, in place. */
export function scan(data: ConfigMap, unifying: Unifying): void {
  scanMap(data, data, [], unifying);
}

/**
 * @param touched which keys of `data` to look at; `data` itself for all of them
 * @param place the keys that lead to `data`; shared by the whole walk
 */
function scanMap(data: ConfigMap, touched: ConfigMap, place: string[], unifying: Unifying): void {
  const { state, context } = unifying;
  context.spendSteps(touched.size + 1);
  for (const [key, update] of touched) {
    const value = data.get(key) ?? null;
    if (key === "FOR") prepareLoop(value, place, state, context);
    else if (isConfigMap(value)) {
      place.push(key);
      scanMap(value, isConfigMap(update) ? update : value, place, unifying);
      place.pop();
    } else notePlaceholders(state, { place, key }, value, context);
  }
}

/** Lists of a loop other than lists of mappings become one text: `['a', 'b']` becomes `a, b` (formats reference §4.6). */
function prepareLoop(loop: ConfigValue, place: readonly string[], state: UnifyState, context: LoadContext): void {
  const loopPath = [...place, "FOR"].join(".");
  if (!isConfigMap(loop)) throw context.invalid(`${loopPath} must be a mapping`);
  if (place.length === 0) throw context.invalid("FOR must stand within a section");
  for (const [name, values] of loop) {
    if (typeof values !== "string" && !Array.isArray(values)) {
      throw context.invalid(`${loopPath}.${name} must be a list`);
    }
    if (values.length === 0) throw context.invalid(`${loopPath}.${name} is an empty list`);
    if (isConfigMap(values[0] as ConfigValue)) continue;
    const text = pythonStrip(listText(values, context), "[]").replaceAll("'", "");
    if (placeholderKind(text) === "early") state.early.set(`${loopPath}.${name}`, text);
    loop.set(name, text);
  }
  state.loops.push([...place]);
}

function listText(values: string | ConfigValue[], context: LoadContext): string {
  const text = pythonStr(values);
  context.spendText(text.length);
  return text;
}

/**
 * Replaces every mapping that has a FOR by its copies, in place.
 * differs: loops within loops are written out from the inside; the reference takes them in accidental order and fails
 * when it meets the outer one first.
 */
function expandLoops(data: ConfigMap, state: UnifyState, context: LoadContext): void {
  const loops = state.loops.toSorted((left, right) => right.length - left.length);
  state.loops = [];
  for (const path of loops) expandLoop(data, path, state, context);
}

function expandLoop(data: ConfigMap, path: readonly string[], state: UnifyState, context: LoadContext): void {
  const name = path.at(-1) ?? "";
  const parent = path.slice(0, -1).reduce<ConfigMap | null>((map, key) => childMap(map, key), data);
  const original = childMap(parent, name);
  const loop = childMap(original, "FOR");
  if (!parent || !original || !loop) throw context.invalid(`${path.join(".")} lost its FOR`);
  parent.delete(name);
  original.delete("FOR");
  const values = new Map(
    Array.from(loop, ([key, value]) => [key, elements(value, `${path.join(".")}.FOR.${key}`, context)]),
  );
  const names = values.get("NAME");
  if (!names) throw context.invalid(`${path.join(".")}.FOR.NAME is missing`);
  for (const [index, element] of names.entries()) {
    if (typeof element !== "string") throw context.invalid(`${path.join(".")}.FOR.NAME must hold texts`);
    const copyName = `${name}_${element.toUpperCase()}`;
    if (copyName.includes("%")) continue;
    parent.set(copyName, loopCopy(original, { name: element, index, values }, { state, context }));
  }
}

function childMap(map: ConfigMap | null, key: string): ConfigMap | null {
  const child = map?.get(key);
  return isConfigMap(child) ? child : null;
}

/** The elements of one loop variable: mappings as they are, everything else as texts cut out of the list's text. */
function elements(value: ConfigValue, path: string, context: LoadContext): ConfigValue[] {
  if (Array.isArray(value) && isConfigMap(value[0])) return value;
  if ((typeof value !== "string" && !Array.isArray(value)) || value.length === 0) {
    throw context.invalid(`${path} must be a list with elements`);
  }
  return pythonStrip(listText(value, context), "[]")
    .split(",")
    .map((element) => pythonStrip(element, "' "));
}

interface LoopTurn {
  name: string;
  index: number;
  values: ReadonlyMap<string, ConfigValue[]>;
}

function loopCopy(original: ConfigMap, { name, index, values }: LoopTurn, { state, context }: Unifying): ConfigMap {
  const copy = copyDeep(original, context);
  copy.set("NAME", name);
  // By itself: the copy knows none of the other values, nor they it.
  const own = { ...createUnifyState(), tokens: state.tokens };
  scan(copy, { state: own, context });
  substitutePlaceholders(own, copy, context);
  for (const [key, list] of values) {
    const element = list[index];
    if (element === undefined) throw context.invalid(`FOR.${key} has fewer elements than FOR.NAME`);
    if (key !== "NAME") copy.set(key, element);
  }
  return copy;
}
