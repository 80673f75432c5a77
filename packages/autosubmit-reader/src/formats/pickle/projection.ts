import { addChunk, linkChunk, type Machine, reserveCells } from "./machine.js";
import { readPlainValue } from "./plain-value.js";
import { AT, CHUNK, NODE, type PickleTape } from "./tape.js";

/**
 * Which entries of which dicts are needed: of every dict that has `marker` among the keys of one SETITEMS, the entries
 * whose keys are listed; of all other dicts everything. It saves space and time and changes nothing else: what is left
 * out has been checked like the rest, and can still be referred to from elsewhere.
 */
export interface DictProjection {
  /** One of `keys` that only the dicts in question have. */
  marker: string;
  keys: readonly string[];
}

/** How much a dict key matters: what the projection says of it, in a form that is quick to ask for. */
export interface KeyRanks {
  /** For each needed key, `LOWEST_NEEDED` plus its place in the projection's `keys`. */
  readonly ranks: ReadonlyMap<string, number>;
  readonly marker: number;
  /** Bit n is set when a key of n bytes is needed: most others are told by their length alone. */
  readonly lengthBits: number;
}

/** The keys of one dict that was recognised, for the next one. */
export interface DictPattern {
  /** Tokens of the keys, in order. */
  readonly keys: Int32Array;
  /** For each key its place in `found`; -1 where the projection drops it. */
  readonly places: Int32Array;
  /** Room for the values of the needed keys of the dict at hand. */
  readonly found: Int32Array;
  readonly neededCount: number;
  /**
   * Entries that were written in the same way in several dicts, from each key on: where they stand in the last one, up to and
   * with a later key, how many bytes that is (0: there are none) and how many entries. None of them is needed, or adds to
   * the memo, so that they can be stepped over where the same bytes stand again.
   */
  readonly sameAt: Int32Array;
  readonly sameBytes: Int32Array;
  readonly sameEntries: Int32Array;
  /** 1 for entries that were seen to differ from one dict to the next. */
  readonly varies: Uint8Array;
}

const ORDINARY = 1;
const LOWEST_NEEDED = 2;
const SHORT_BINUNICODE = 0x8c;

/** Made once for each projection, of which programs have one or two. */
const RANKED = new WeakMap<DictProjection, KeyRanks>();

export function rankKeys(projection: DictProjection): KeyRanks {
  const known = RANKED.get(projection) ?? rank(projection);
  RANKED.set(projection, known);
  return known;
}

function rank({ keys, marker }: DictProjection): KeyRanks {
  const ranks = new Map(keys.map((key, index) => [key, LOWEST_NEEDED + index]));
  let lengthBits = 0;
  for (const key of keys) lengthBits |= 1 << Math.min(Buffer.byteLength(key), 31);
  return { ranks, lengthBits, marker: ranks.get(marker) ?? ORDINARY };
}

/** The place of a dict key among the projection's `keys`, or -1; quicker than to read the key and compare. */
export function neededKey(tape: PickleTape, key: number): number {
  return tape.keyRanks === null ? -1 : rankOf(tape, tape.keyRanks, key) - LOWEST_NEEDED;
}

/** Hangs the stack's pairs from height `from` to height `to` onto a dict or object, less what the projection drops. */
export function addPairs(machine: Machine, node: number, from: number, to: number, position: number): void {
  const { keyRanks } = machine;
  if (
    keyRanks === null ||
    machine.cells[node] !== NODE.dict ||
    !addNeeded(machine, keyRanks, node, from, to, position)
  ) {
    addChunk(machine, node, CHUNK.pairs, from, to, position);
  }
}

/** Writes the needed pairs; writes nothing and returns false when the marker is not among the keys. */
function addNeeded(
  machine: Machine,
  keyRanks: KeyRanks,
  node: number,
  from: number,
  to: number,
  position: number,
): boolean {
  reserveCells(machine, AT.items + to - from, position);
  const { cells, stack } = machine;
  const start = machine.cellCount + AT.items;
  let end = start;
  let marked = false;
  for (let index = from; index < to; index += 2) {
    const key = stack[index] as number;
    const rank = rankOf(machine, keyRanks, key);
    if (rank === ORDINARY) continue;
    if (rank === keyRanks.marker) marked = true;
    cells[end] = key;
    cells[end + 1] = stack[index + 1] as number;
    end += 2;
  }
  if (!marked) return false;
  linkChunk(machine, node, CHUNK.pairs, end - start);
  if (machine.pattern === null && machine.learnsPatterns) machine.pattern = learnPattern(machine, keyRanks, from, to);
  return true;
}

/** Null when a key is no reference: such keys do not repeat. */
function learnPattern(machine: Machine, keyRanks: KeyRanks, from: number, to: number): DictPattern | null {
  if ((machine.stack[from] as number) >= 0) return null;
  const count = (to - from) / 2;
  const keys = new Int32Array(count);
  const places = new Int32Array(count);
  let neededCount = 0;
  for (let entry = 0; entry < count; entry += 1) {
    const key = machine.stack[from + 2 * entry] as number;
    if (key >= 0) return null;
    keys[entry] = key;
    const isNeeded = rankOf(machine, keyRanks, key) !== ORDINARY;
    places[entry] = isNeeded ? neededCount : -1;
    if (isNeeded) neededCount += 1;
  }
  const numbers = () => new Int32Array(count);
  const same = { sameAt: numbers(), sameBytes: numbers(), sameEntries: numbers(), varies: new Uint8Array(count) };
  return { keys, places, found: new Int32Array(neededCount), neededCount, ...same };
}

/** The rank of a key; remembered in the Shared node, for keys are nearly always read through the memo. */
function rankOf(machine: Pick<PickleTape, "bytes" | "cells">, keyRanks: KeyRanks, key: number): number {
  const { cells } = machine;
  if (key > 0) return rankOfPlain(machine.bytes, keyRanks, key);
  if (cells[-key] !== NODE.shared) return ORDINARY;
  const known = cells[AT.sharedRank - key] as number;
  if (known !== 0) return known;
  const rank = rankOfPlain(machine.bytes, keyRanks, cells[AT.sharedToken - key] as number);
  cells[AT.sharedRank - key] = rank;
  return rank;
}

function rankOfPlain(bytes: Buffer, keyRanks: KeyRanks, key: number): number {
  if (bytes[key - 1] === SHORT_BINUNICODE) {
    const length = Math.min(bytes[key] as number, 31);
    if ((keyRanks.lengthBits & (1 << length)) === 0) return ORDINARY;
  }
  const text = readPlainValue(bytes, key);
  return (typeof text === "string" && keyRanks.ranks.get(text)) || ORDINARY;
}
