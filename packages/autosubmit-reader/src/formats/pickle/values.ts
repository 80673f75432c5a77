import { AutosubmitReadError } from "../../errors.js";
import { containerKind, type PlainConstructor, plainConstructor } from "./constructors.js";
import { constructDateTime, unpackDateTime } from "./dates.js";
import { type PlainValue, readPlainValue } from "./plain-value.js";
import {
  AT,
  CHUNK,
  chunkEnd,
  firstChunk,
  firstItems,
  forEachItem,
  forEachState,
  globalName,
  NODE,
  nextChunk,
  nodeKind,
  type PickleTape,
} from "./tape.js";

/**
 * A value of a pickle as plain data: tuples and lists are arrays, dicts are `Map`s in file order, whole numbers beyond
 * 2^53 are `bigint`, dates are ISO text, everything that has no such form is an `OpaqueValue`.
 */
export type PickleValue = PlainValue | PickleValue[] | Map<PickleValue, PickleValue> | Set<PickleValue> | OpaqueValue;

/** An object, or a class, that only its own program understands: what the file says of it, and nothing more. */
export interface OpaqueValue {
  /** `module.name` of the class; `?` when the file computes it. */
  className: string;
  /** What it would be constructed with; null when the class itself is meant. */
  args: PickleValue | null;
  keywords: PickleValue | null;
  /** Its attributes, usually a `Map`; null when the file gives none. */
  state: PickleValue | null;
  /** What it holds when it is a list- or dict-like object; null otherwise. */
  items: PickleValue[] | null;
  entries: Map<PickleValue, PickleValue> | null;
}

/** Turns tokens of a tape into values, each node once: what is shared in the file is shared in the result. */
export interface ValueReader {
  readonly tape: PickleTape;
  /** The values made so far; a node that was turned into a value holds the negated place of it instead of its position. */
  readonly made: PickleValue[];
  /** Tokens of containers whose contents were not filled in yet. */
  readonly pending: number[];
  depth: number;
  /** How many more values, and characters of text, may be made: a small file can describe enormous ones. */
  valuesLeft: number;
  textLeft: number;
}

const DEFAULT_MAX_VALUES = 2 ** 25;
const MAX_RECURSION = 20;
const CONTAINER_COST = 4;
const BIGINT_COST = 2048;
const MAX_NESTED_CALLS = 4;
/** More than any known class takes; a path has one for each of its parts. */
const MAX_PLAIN_ARGUMENTS = 256;

/** A reader of this tape; a tape can have one only. */
export function createValueReader(tape: PickleTape, maxValues = DEFAULT_MAX_VALUES): ValueReader {
  // Each text is decoded where it stands, and once more for all uses through the memo.
  return { tape, made: [], pending: [], depth: 0, valuesLeft: maxValues, textLeft: tape.bytes.length * 4 + 2 ** 20 };
}

/** The value behind a token. @throws AutosubmitReadError `SOURCE_TOO_LARGE` */
export function readValue(reader: ValueReader, token: number): PickleValue {
  const value = tokenValue(reader, token, 0);
  for (let next = reader.pending.pop(); next !== undefined; next = reader.pending.pop())
    fill(reader, next, tokenValue(reader, next));
  return value;
}

/** The value, whose contents may still be pending: containers are made empty first, so that cycles need no care. */
function tokenValue(reader: ValueReader, token: number, nestedCalls = 0): PickleValue {
  if (token > 0) return plainValue(reader, token);
  const { cells } = reader.tape;
  const place = cells[AT.position - token] as number;
  if (place < 0) return reader.made[~place] as PickleValue;
  const value = makeValue(reader, token, nestedCalls);
  cells[AT.position - token] = ~(reader.made.push(value) - 1);
  if (isContainer(value)) {
    spend(reader, CONTAINER_COST);
    if (reader.depth < MAX_RECURSION) {
      reader.depth += 1;
      fill(reader, token, value);
      reader.depth -= 1;
    } else reader.pending.push(token);
  }
  return value;
}

function plainValue(reader: ValueReader, token: number): PlainValue {
  const value = readPlainValue(reader.tape.bytes, token);
  if (typeof value === "string" || value instanceof Uint8Array) reader.textLeft -= value.length;
  else if (typeof value === "bigint") reader.textLeft -= BIGINT_COST;
  if (reader.textLeft < 0) throw tooLarge();
  return value;
}

function makeValue(reader: ValueReader, token: number, nestedCalls: number): PickleValue {
  const { tape } = reader;
  switch (tape.cells[-token]) {
    case NODE.shared:
      return plainValue(reader, tape.cells[AT.sharedToken - token] as number);
    case NODE.global:
      return { ...opaqueValue(globalName(tape, token)), args: null };
    case NODE.call:
      return callResult(reader, token, nestedCalls);
    case NODE.dict:
      return new Map();
    case NODE.set:
    case NODE.frozenSet:
      return new Set();
    default:
      return [];
  }
}

/** The allow-list's value of a call, or an opaque one; nothing is called. */
function callResult(reader: ValueReader, token: number, nestedCalls: number): PickleValue {
  const { tape } = reader;
  const call = describeCall(tape, token);
  const kind = containerKind(call.className);
  if (kind === "dict") return new Map();
  if (kind !== undefined) return kind === "set" ? new Set() : [];
  const make = plainConstructor(call.className);
  const plain = make && plainResult(reader, call, make, nestedCalls);
  return plain === undefined ? opaqueValue(call.className) : plain;
}

/** The plain value of a call; undefined when the arguments are not those that the class takes, or are calls of calls. */
function plainResult(
  reader: ValueReader,
  call: CallDescription,
  make: PlainConstructor,
  nestedCalls: number,
): PlainValue | undefined {
  const [first = 0] = call.args;
  if (make === constructDateTime && call.args.length === 1) {
    // Nearly every call in a job list is this one: its bytes need not become a value first.
    const start = packedBytes(reader.tape, first);
    if (start >= 0) return unpackDateTime(reader.tape.bytes, start);
  }
  const args = nestedCalls < MAX_NESTED_CALLS ? plainArguments(reader, call.args, nestedCalls) : undefined;
  return args && make(args);
}

/** Where the content of ten short bytes begins, or -1 for any other value. */
function packedBytes(tape: PickleTape, token: number): number {
  const plain = nodeKind(tape, token) === 0 && token < 0 ? (tape.cells[AT.sharedToken - token] as number) : token;
  return plain > 0 && tape.bytes[plain - 1] === 0x43 && tape.bytes[plain] === 10 ? plain + 1 : -1;
}

interface CallDescription {
  className: string;
  /** Tokens; the first few hundred. */
  args: number[];
  /** Whether the class and its arguments were themselves arguments, of a function of `copyreg`. */
  indirect: boolean;
}

/** The class of a call and the tokens of its arguments, with the detours of `copyreg` taken out. */
function describeCall(tape: PickleTape, token: number): CallDescription {
  const className = globalName(tape, tape.cells[AT.callable - token] as number);
  const args = firstItems(tape, tape.cells[AT.args - token] as number, MAX_PLAIN_ARGUMENTS + 1);
  const [cls = 0, base = 0, state = 0] = args;
  switch (className) {
    case "copyreg.__newobj__":
      return { className: globalName(tape, cls), args: args.slice(1), indirect: true };
    case "copyreg._reconstructor":
    case "copy_reg._reconstructor":
      // An object that is an `object` and no more is made of nothing; others of what their base class is made of.
      return { className: globalName(tape, cls), args: isObject(tape, base) ? [] : [state], indirect: true };
    default:
      return { className, args, indirect: false };
  }
}

function isObject(tape: PickleTape, token: number): boolean {
  const name = globalName(tape, token);
  return name === "builtins.object" || name === "__builtin__.object";
}

/** The arguments, if all are plain or calls that give plain values (a date's bytes, its zone). */
function plainArguments(reader: ValueReader, tokens: readonly number[], nestedCalls: number): PlainValue[] | undefined {
  if (tokens.length > MAX_PLAIN_ARGUMENTS) return undefined;
  const args: PlainValue[] = [];
  for (const token of tokens) {
    const kind = nodeKind(reader.tape, token);
    if (kind !== 0 && kind !== NODE.call) return undefined;
    const value = tokenValue(reader, token, nestedCalls + 1);
    if (typeof value === "object" && value !== null && !(value instanceof Uint8Array)) return undefined;
    args.push(value);
  }
  return args;
}

function opaqueValue(className: string): OpaqueValue {
  return { className, args: [], keywords: null, state: null, items: null, entries: null };
}

function isContainer(value: PickleValue): boolean {
  return typeof value === "object" && value !== null && !(value instanceof Uint8Array);
}

/** Puts the contents into a container that was made empty. */
function fill(reader: ValueReader, token: number, value: PickleValue): void {
  if (nodeKind(reader.tape, token) === NODE.call) fillFromCall(reader, token, value);
  if (value instanceof Map) fillMap(reader, token, value);
  else if (Array.isArray(value)) fillArray(reader, token, value);
  else if (value instanceof Set) fillSet(reader, token, value);
}

function fillMap(reader: ValueReader, token: number, map: Map<PickleValue, PickleValue>): void {
  const { tape } = reader;
  const { cells } = tape;
  for (let chunk = firstChunk(tape, token, CHUNK.pairs); chunk !== 0; chunk = nextChunk(tape, chunk, CHUNK.pairs)) {
    const end = chunkEnd(tape, chunk);
    spend(reader, end - chunk);
    for (let index = chunk + AT.items; index < end; index += 2) {
      map.set(tokenValue(reader, cells[index] as number), tokenValue(reader, cells[index + 1] as number));
    }
  }
}

function fillArray(reader: ValueReader, token: number, array: PickleValue[]): void {
  forEachItem(reader.tape, token, (item) => {
    spend(reader, 1);
    array.push(tokenValue(reader, item));
  });
}

function fillSet(reader: ValueReader, token: number, set: Set<PickleValue>): void {
  forEachItem(reader.tape, token, (item) => {
    spend(reader, 1);
    set.add(tokenValue(reader, item));
  });
}

/** What a container was constructed from, or all that is known of an opaque object. */
function fillFromCall(reader: ValueReader, token: number, value: PickleValue): void {
  const call = describeCall(reader.tape, token);
  const [source = 0] = call.args;
  if (value instanceof Map) {
    fillMap(reader, source, value);
    forEachItem(reader.tape, source, (pair) => fillPair(reader, pair, value));
  } else if (Array.isArray(value)) fillArray(reader, source, value);
  else if (value instanceof Set) fillSet(reader, source, value);
  else if (isOpaque(value)) fillOpaque(reader, token, value, call);
}

/** Adds a pair of `OrderedDict([(key, value), …])`, which is how Python 2 wrote it. */
function fillPair(reader: ValueReader, pair: number, map: Map<PickleValue, PickleValue>): void {
  const [key, value] = firstItems(reader.tape, pair, 2);
  if (key === undefined || value === undefined) return;
  spend(reader, 2);
  map.set(tokenValue(reader, key), tokenValue(reader, value));
}

function fillOpaque(reader: ValueReader, token: number, value: OpaqueValue, call: CallDescription): void {
  const { tape } = reader;
  const keywords = tape.cells[AT.keywords - token] as number;
  if (call.indirect) value.args = call.args.map((argument) => tokenValue(reader, argument));
  else value.args = tokenValue(reader, tape.cells[AT.args - token] as number);
  if (keywords !== 0) value.keywords = tokenValue(reader, keywords);
  forEachState(tape, token, (state) => {
    value.state = tokenValue(reader, state);
  });
  const items: PickleValue[] = [];
  fillArray(reader, token, items);
  if (items.length > 0) value.items = items;
  const entries = new Map<PickleValue, PickleValue>();
  fillMap(reader, token, entries);
  if (entries.size > 0) value.entries = entries;
}

function isOpaque(value: PickleValue): value is OpaqueValue {
  return typeof value === "object" && value !== null && "className" in value;
}

function spend(reader: ValueReader, count: number): void {
  reader.valuesLeft -= count;
  if (reader.valuesLeft < 0) throw tooLarge();
}

function tooLarge(): AutosubmitReadError {
  return new AutosubmitReadError("SOURCE_TOO_LARGE", "the pickle describes more data than is allowed");
}
