import {
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from "js-yaml";
import { type ConfigMap, type ConfigValue, isConfigMap } from "./config-value.js";
import { type LoadContext, MAX_DEPTH, type TextPosition } from "./load-context.js";
import { keyIdentity, keyText } from "./yaml-keys.js";
import type { YamlVersion } from "./yaml-scalars.js";
import {
  readTag,
  type Tag,
  type TagPrefixes,
  taggedMapping,
  taggedScalar,
  taggedSequence,
  tagPrefixes,
  yamlVersion,
} from "./yaml-tags.js";

/** Values of one document once aliases and merges are written out. */
const MAX_EXPANDED_VALUES = 1_000_000;

/** A finished value with what it takes to bound its copies. */
interface Composed {
  value: ConfigValue;
  /** Values in it, itself included, aliases written out. */
  size: number;
  /** Collections within each other, 0 for a scalar. */
  height: number;
  /** Whether it is `<<` in a place where that means a merge. */
  isMerge: boolean;
  /** Offset of its first character. */
  start: number;
}

interface Frame {
  tag: Tag;
  anchor: string | null;
  start: number;
  size: number;
  height: number;
  items: ConfigValue[];
  /** Null for a list. */
  mapping: MappingFrame | null;
}

interface MappingFrame {
  entries: ConfigMap;
  /**
   * Keys by Python's equality, which is coarser than their text for numbers and finer for `1` and `"1"`; null while all
   * keys are texts.
   */
  identities: Set<string> | null;
  key: Composed | null;
  merges: ConfigMap[] | null;
}

interface Composition {
  source: string;
  /** Place of an offset of `source` in the file. */
  locate: (offset: number) => TextPosition;
  context: LoadContext;
  version: YamlVersion;
  prefixes: TagPrefixes;
  /** Values by anchor, the latest to begin of each name; a collection that is still being read is its frame. */
  anchors: Map<string, Composed | Frame>;
  stack: Frame[];
  root: Composed | null;
}

/** Parser events, the text that their offsets refer to, and where its characters stand in the file. */
export type ParsedText = Pick<Composition, "source" | "locate"> & { events: readonly Event[] };

/** Builds the value of the only document in a stream of parser events; null when there is none. */
export function composeDocument({ events, source, locate }: ParsedText, context: LoadContext): ConfigValue {
  const state: Composition = {
    source,
    locate,
    context,
    version: "1.2",
    prefixes: tagPrefixes([]),
    anchors: new Map(),
    stack: [],
    root: null,
  };
  let documents = 0;
  for (const [index, event] of events.entries()) {
    if (event.type === EVENT_ID.DOCUMENT) {
      documents += 1;
      if (documents > 1) {
        throw invalidAt(state, offsetOf(events[index + 1]), "one YAML document is expected, but another one begins");
      }
      state.version = yamlVersion(event.directives);
      state.prefixes = tagPrefixes(event.directives);
    } else readEvent(state, event);
  }
  return state.root?.value ?? null;
}

function readEvent(state: Composition, event: Exclude<Event, { type: typeof EVENT_ID.DOCUMENT }>): void {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      attach(state, composeScalar(state, event));
      break;
    case EVENT_ID.ALIAS:
      attach(state, resolveAlias(state, state.source.slice(event.anchorStart, event.anchorEnd), event.anchorStart - 1));
      break;
    case EVENT_ID.SEQUENCE:
      state.stack.push(openFrame(state, event, null));
      break;
    case EVENT_ID.MAPPING:
      state.stack.push(openFrame(state, event, { entries: new Map(), identities: null, key: null, merges: null }));
      break;
    case EVENT_ID.POP:
      closeFrame(state);
  }
}

function openFrame(state: Composition, event: SequenceEvent | MappingEvent, mapping: MappingFrame | null): Frame {
  const anchor = anchorOf(state, event);
  const start = startOf(event, event.start);
  const frame: Frame = { tag: tagOf(state, event), anchor, start, size: 1, height: 1, items: [], mapping };
  if (anchor !== null) state.anchors.set(anchor, frame);
  return frame;
}

/** Ends the innermost collection; the end of the document itself finds none. */
function closeFrame(state: Composition): void {
  const frame = state.stack.pop();
  if (!frame) return;
  const value = frame.mapping
    ? taggedMapping(frame.tag, mergedEntries(state, frame.mapping))
    : taggedSequence(frame.tag, frame.items);
  if (value === null)
    throw invalidAt(state, frame.start, `a ${frame.mapping ? "mapping" : "list"} cannot have this tag`);
  const composed = { value, size: frame.size, height: frame.height, isMerge: false, start: frame.start };
  if (frame.anchor !== null && state.anchors.get(frame.anchor) === frame) state.anchors.set(frame.anchor, composed);
  attach(state, composed);
}

function composeScalar(state: Composition, event: ScalarEvent): Composed {
  const isPlain = event.style === SCALAR_STYLE.PLAIN;
  const isQuoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
  const start = startOf(event, isQuoted ? event.valueStart - 1 : event.valueStart);
  const tag = tagOf(state, event);
  const text = scalarText(state.source, event);
  const built = taggedScalar(tag, text, isPlain, state.version);
  if (!built) throw invalidAt(state, start, "this text does not fit its type");
  const anchor = anchorOf(state, event);
  // ruamel reads an anchored true or false as a kind of 1 or 0.
  const value = anchor !== null && typeof built.value === "boolean" ? Number(built.value) : built.value;
  const isMerge = tag === "merge" || (tag === "none" && isPlain && text === "<<");
  const composed = { value, size: 1, height: 0, isMerge, start };
  if (anchor !== null) state.anchors.set(anchor, composed);
  return composed;
}

/** The parser ends block texts with a line break even where the file ends without one. */
function scalarText(source: string, event: ScalarEvent): string {
  const text = getScalarValue(source, event);
  const isBlock = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
  const endsOpen = isBlock && event.valueEnd >= source.length && !/[\r\n]$/.test(source);
  return endsOpen && text.endsWith("\n") ? text.slice(0, -1) : text;
}

function resolveAlias(state: Composition, name: string, start: number): Composed {
  const found = state.anchors.get(name);
  if (found === undefined) throw invalidAt(state, start, `alias ${JSON.stringify(name)} has no anchor`);
  if ("items" in found) throw invalidAt(state, start, `anchor ${JSON.stringify(name)} contains itself`);
  if (state.stack.length + found.height > MAX_DEPTH) throw invalidAt(state, start, `nested deeper than ${MAX_DEPTH}`);
  return { ...found, isMerge: false, start };
}

/** Puts a finished value where it belongs: the list, the mapping or the document that is open. */
function attach(state: Composition, node: Composed): void {
  const frame = state.stack.at(-1);
  if (!frame) {
    state.root = node;
    return;
  }
  frame.size += node.size;
  frame.height = Math.max(frame.height, node.height + 1);
  if (frame.size > MAX_EXPANDED_VALUES) throw invalidAt(state, node.start, `more than ${MAX_EXPANDED_VALUES} values`);
  if (!frame.mapping) frame.items.push(node.value);
  else if (frame.mapping.key === null) frame.mapping.key = node;
  else {
    const key = frame.mapping.key;
    frame.mapping.key = null;
    if (key.isMerge) addMerge(state, frame.mapping, key, node);
    else addEntry(state, frame.mapping, key, node.value);
  }
}

function addEntry(state: Composition, mapping: MappingFrame, key: Composed, value: ConfigValue): void {
  const text = keyText(key.value);
  if (text === null) throw invalidAt(state, key.start, "lists and mappings within each other cannot be a key");
  if (!noteKey(mapping, key.value, text)) {
    throw invalidAt(state, key.start, `found duplicate key ${JSON.stringify(text)}`);
  }
  mapping.entries.set(text, value);
}

/** False when the mapping has the key. */
function noteKey(mapping: MappingFrame, key: ConfigValue, text: string): boolean {
  if (mapping.identities === null) {
    if (typeof key === "string") return !mapping.entries.has(text);
    mapping.identities = new Set(Array.from(mapping.entries.keys(), (known) => keyIdentity(known, known) ?? known));
  }
  const identity = keyIdentity(key, text);
  if (identity === null) return true;
  const isNew = !mapping.identities.has(identity);
  mapping.identities.add(identity);
  return isNew;
}

function addMerge(state: Composition, mapping: MappingFrame, key: Composed, node: Composed): void {
  if (mapping.merges) throw invalidAt(state, key.start, 'found duplicate merge key "<<"');
  const sources = Array.isArray(node.value) ? node.value : [node.value];
  mapping.merges = sources.map((source) => {
    if (!isConfigMap(source))
      throw invalidAt(state, node.start, "a mapping or a list of mappings is expected after <<");
    return source;
  });
  // An empty list merges nothing and does not count as the one merge that is allowed.
  if (mapping.merges.length === 0) mapping.merges = null;
}

/** A mapping's own entries, then those of its merges that it lacks; the first merge to have a key wins. */
function mergedEntries(state: Composition, mapping: MappingFrame): ConfigMap {
  for (const source of mapping.merges ?? []) {
    state.context.spendSteps(source.size);
    for (const [key, value] of source) if (!mapping.entries.has(key)) mapping.entries.set(key, value);
  }
  return mapping.entries;
}

function anchorOf(state: Composition, event: ScalarEvent | SequenceEvent | MappingEvent): string | null {
  return event.anchorStart < 0 ? null : state.source.slice(event.anchorStart, event.anchorEnd);
}

function tagOf(state: Composition, event: ScalarEvent | SequenceEvent | MappingEvent): Tag {
  if (event.tagStart < 0) return "none";
  return readTag(state.source.slice(event.tagStart, event.tagEnd), state.prefixes);
}

/** Where an event begins, as far as it says. */
function offsetOf(event: Event | undefined): number {
  if (event?.type === EVENT_ID.SCALAR) return startOf(event, event.valueStart);
  if (event?.type === EVENT_ID.SEQUENCE || event?.type === EVENT_ID.MAPPING) return startOf(event, event.start);
  return event?.type === EVENT_ID.ALIAS ? event.anchorStart - 1 : 0;
}

/** Where a value begins, its anchor and tag included. */
function startOf(event: ScalarEvent | SequenceEvent | MappingEvent, valueStart: number): number {
  const starts = [valueStart, event.tagStart, event.anchorStart - 1].filter((start) => start >= 0);
  return starts.length === 0 ? 0 : Math.min(...starts);
}

function invalidAt(state: Composition, offset: number, message: string): Error {
  return state.context.invalid(message, state.locate(offset));
}
