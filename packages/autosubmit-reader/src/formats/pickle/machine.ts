import { AutosubmitReadError, SourceCorruptError } from "../../errors.js";
import { KeptMemory } from "../../kept-memory.js";
import { opcodeName } from "./opcodes.js";
import type { DictPattern, KeyRanks } from "./projection.js";
import { AT, NODE } from "./tape.js";

/** The input ends before the pickle does: it is being written, or was cut short. */
export class PickleTruncatedError extends SourceCorruptError {}

const KEPT_MEMO = new KeptMemory();
const KEPT_CELLS = new KeptMemory();

const MAX_STACK = 2 ** 24;
const MAX_MEMO = 2 ** 27;
const MEMO_SLACK = 1000;
/** Real job lists need less than half a cell per byte; small hand-made ones get room for deep nesting. */
const CELLS_PER_BYTE = 2;
const MIN_CELL_LIMIT = 2 ** 22;
const MAX_CELL_LIMIT = 2 ** 29;

/**
 * A pickle machine at work: the input, the stack of tokens with its marks, the memo, and the tape being written. A class,
 * since of objects that a literal makes V8 forgets all it compiled for the first one when there is a second.
 */
export class Machine {
  readonly bytes: Buffer;
  /** Of `bytes`. */
  readonly view: DataView;
  readonly keyRanks: KeyRanks | null;
  position = 0;
  stack: Int32Array = new Int32Array(4096);
  height = 0;
  /** Stack heights at which a MARK was pushed. */
  marks: Int32Array = new Int32Array(64);
  markCount = 0;
  /** Height at the innermost mark: nothing below may be popped. */
  fence = 0;
  /** Tokens by memo index; 0 where nothing was stored. */
  memo: Int32Array;
  /** How many memo entries are in use: the index that MEMOIZE stores at. */
  memoCount = 0;
  cells: Int32Array;
  /** Node 0 would have no negative token. */
  cellCount = 1;
  readonly cellLimit: number;
  readonly globals: string[] = [];
  readonly globalIndex = new Map<string, number>();
  /** What the next dict that the projection recognises is expected to be like (repeated-dicts.ts); null if not known. */
  pattern: DictPattern | null = null;
  learnsPatterns = true;
  /** Bytes that were read in vain, since their dict was not like that. */
  lostBytes = 0;

  constructor(bytes: Buffer, keyRanks: KeyRanks | null) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.keyRanks = keyRanks;
    this.memo = borrowCells(KEPT_MEMO, Math.max(1024, bytes.length >> 5)).fill(0);
    // Enough for large lists, which need a cell for six bytes: growing copies all. Pages never written take no memory.
    this.cells = borrowCells(KEPT_CELLS, Math.max(1024, bytes.length >> 2));
    this.cellLimit = Math.min(Math.max(bytes.length * CELLS_PER_BYTE, MIN_CELL_LIMIT), MAX_CELL_LIMIT);
  }
}

function borrowCells(memory: KeptMemory, count: number): Int32Array {
  return new Int32Array(memory.borrow(count * Int32Array.BYTES_PER_ELEMENT), 0, count);
}

/** For the next scan; the tape must not be used any more. */
export function giveBackCells(cells: Int32Array): void {
  KEPT_CELLS.giveBack(cells.buffer);
}

/** For the next scan, once there is a tape. */
export function giveBackMemo({ memo }: Machine): void {
  KEPT_MEMO.giveBack(memo.buffer);
}

/** The error for bytes that are no pickle; `position` is where the offending opcode stands. */
export function corrupt(message: string, position: number): SourceCorruptError {
  return new SourceCorruptError(`${message} at byte ${position}`, { offset: position });
}

export function truncated(message: string, position: number): PickleTruncatedError {
  return new PickleTruncatedError(`${message} at byte ${position}`, { offset: position });
}

export function underflow(machine: Machine, position: number): SourceCorruptError {
  const opcode = opcodeName(machine.bytes[position]);
  return corrupt(`${opcode} finds too few values on the stack`, position);
}

/** Where an argument of `length` bytes ends. @throws PickleTruncatedError when the input ends before */
export function argumentEnd(machine: Machine, start: number, length: number, opcodePosition: number): number {
  const end = start + length;
  if (end <= machine.bytes.length) return end;
  const announced = `${opcodeName(machine.bytes[opcodePosition])} announces ${length} bytes`;
  const left = Math.max(machine.bytes.length - start, 0);
  throw truncated(`the pickle ends early: ${announced}, ${left} are left,`, opcodePosition);
}

export function pushMark(machine: Machine, height: number, position: number): void {
  if (machine.markCount === machine.marks.length) machine.marks = grow(machine.marks, MAX_STACK, "nesting", position);
  machine.marks[machine.markCount] = height;
  machine.markCount += 1;
  machine.fence = height;
}

/** Removes the innermost mark and returns the stack height it was set at. */
export function popMark(machine: Machine, position: number): number {
  if (machine.markCount === 0) {
    throw corrupt(`${opcodeName(machine.bytes[position])} finds no mark on the stack`, position);
  }
  const height = machine.fence;
  machine.markCount -= 1;
  machine.fence = machine.markCount === 0 ? 0 : (machine.marks[machine.markCount - 1] as number);
  return height;
}

export function growStack(machine: Machine, position: number): Int32Array {
  machine.stack = grow(machine.stack, MAX_STACK, "stack", position);
  return machine.stack;
}

/**
 * Stores a token in the memo. Picklers number consecutively and each stored value took at least a byte, so an index far
 * beyond the opcode's position is refused: it could only be there to exhaust memory.
 */
export function storeInMemo(machine: Machine, index: number, token: number, position: number): void {
  if (index > position + MEMO_SLACK) throw corrupt(`memo index ${index} is out of range`, position);
  while (index >= machine.memo.length) machine.memo = grow(machine.memo, MAX_MEMO, "memo", position);
  if (machine.memo[index] === 0) machine.memoCount += 1;
  // No pickler stores twice under one index; references then mean something else than they did.
  else machine.pattern = null;
  machine.memo[index] = token;
}

/** The token stored in the memo; a plain value becomes a Shared node, so that it is decoded once. */
export function readMemo(machine: Machine, index: number, position: number): number {
  const token = machine.memo[index] ?? 0;
  if (token < 0) return token;
  if (token === 0) throw corrupt(`nothing was stored under memo index ${index}, which is asked for`, position);
  const shared = addNode(machine, NODE.shared, token, 3, position);
  machine.memo[index] = shared;
  return shared;
}

/** Makes sure that `count` more cells fit. */
export function reserveCells(machine: Machine, count: number, position: number): void {
  const needed = machine.cellCount + count;
  if (needed <= machine.cells.length) return;
  if (needed > machine.cellLimit) throw tooMuch("values", position);
  let cells = machine.cells;
  while (needed > cells.length) cells = grow(cells, machine.cellLimit, "values", position);
  machine.cells = cells;
}

/** Appends a node of `size` cells, all 0 but the first two; returns its token. */
export function addNode(machine: Machine, kind: number, second: number, size: number, position: number): number {
  reserveCells(machine, size, position);
  const { cells, cellCount: node } = machine;
  cells[node] = kind;
  cells[node + AT.position] = second;
  for (let index = node + 2; index < node + size; index += 1) cells[index] = 0;
  machine.cellCount = node + size;
  return -node;
}

/** Appends a Tuple or FrozenSet of the stack's tokens from height `from` to height `to`; returns its token. */
export function addTuple(machine: Machine, kind: number, from: number, to: number, position: number): number {
  const count = to - from;
  const token = addNode(machine, kind, position + 1, AT.items + count, position);
  const { cells, stack } = machine;
  cells[AT.count - token] = count;
  for (let source = from, target = AT.items - token; source < to; source += 1, target += 1) {
    cells[target] = stack[source] as number;
  }
  return token;
}

/** Hangs the stack's tokens from height `from` to height `to` onto a node as one chunk. */
export function addChunk(
  machine: Machine,
  node: number,
  kind: number,
  from: number,
  to: number,
  position: number,
): void {
  const count = to - from;
  reserveCells(machine, AT.items + count, position);
  const { cells, stack } = machine;
  const chunk = machine.cellCount;
  for (let source = from, target = chunk + AT.items; source < to; source += 1, target += 1) {
    cells[target] = stack[source] as number;
  }
  linkChunk(machine, node, kind, count);
}

/** Ends the chunk whose `count` tokens were written behind the last cell, and hangs it onto its node. */
export function linkChunk(machine: Machine, node: number, kind: number, count: number): void {
  const { cells } = machine;
  const chunk = machine.cellCount;
  cells[chunk] = kind;
  cells[chunk + AT.nextChunk] = 0;
  cells[chunk + AT.count] = count;
  const last = cells[node + AT.lastChunk] as number;
  if (last === 0) cells[node + AT.firstChunk] = chunk;
  else cells[last + AT.nextChunk] = chunk;
  cells[node + AT.lastChunk] = chunk;
  machine.cellCount = chunk + AT.items + count;
}

/** The node that an opcode adds to: a container of `kind`, or an object, whose class decides what that means. */
export function growingNode(machine: Machine, token: number, kind: number, position: number): number {
  const found = token < 0 ? machine.cells[-token] : 0;
  if (found === kind || found === NODE.call) return -token;
  throw corrupt(`${opcodeName(machine.bytes[position])} adds to a value that takes no items`, position);
}

function grow(array: Int32Array, limit: number, what: string, position: number): Int32Array {
  if (array.length >= limit) throw tooMuch(what, position);
  try {
    const grown = new Int32Array(Math.min(array.length * 2, limit));
    grown.set(array);
    return grown;
  } catch (cause) {
    if (cause instanceof RangeError) throw tooMuch(what, position, cause);
    throw cause;
  }
}

function tooMuch(what: string, position: number, cause?: RangeError): AutosubmitReadError {
  const message = `the pickle needs more ${what} than is allowed, at byte ${position}`;
  return new AutosubmitReadError("SOURCE_TOO_LARGE", message, { offset: position, cause });
}
