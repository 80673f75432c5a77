import { addChunk, linkChunk, type Machine, reserveCells } from "./machine.js";
import { readPlainValue } from "./plain-value.js";
import { AT, CHUNK, NODE } from "./tape.js";

/**
 * Which entries of which dicts are needed: of every dict that has `marker` among the keys of one SETITEMS, the entries
 * whose keys are listed; of all other dicts everything. It saves space and time and changes nothing else: what is left
 * out has been checked like the rest, and can still be referred to from elsewhere.
 */
export interface DictProjection {
  /** A key that only the dicts in question have; itself kept. */
  marker: string;
  keys: readonly string[];
}

/** How much a dict key matters: what the projection says of it, in a form that is quick to ask for. */
export interface KeyRanks {
  readonly ranks: ReadonlyMap<string, number>;
  /** Bit n is set when a key of n bytes is needed: most others are told by their length alone. */
  readonly lengthBits: number;
}

const ORDINARY = 1;
const NEEDED = 2;
const MARKER = 3;
const SHORT_BINUNICODE = 0x8c;

export function rankKeys(projection: DictProjection): KeyRanks {
  const ranks = new Map(projection.keys.map((key) => [key, NEEDED]));
  ranks.set(projection.marker, MARKER);
  let lengthBits = 0;
  for (const key of ranks.keys()) lengthBits |= 1 << Math.min(Buffer.byteLength(key), 31);
  return { ranks, lengthBits };
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
    if (rank === MARKER) marked = true;
    cells[end] = key;
    cells[end + 1] = stack[index + 1] as number;
    end += 2;
  }
  if (marked) linkChunk(machine, node, CHUNK.pairs, end - start);
  return marked;
}

/** The rank of a key; remembered in the Shared node, for keys are nearly always read through the memo. */
function rankOf(machine: Machine, keyRanks: KeyRanks, key: number): number {
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
