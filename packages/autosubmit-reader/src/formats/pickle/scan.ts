import { AutosubmitReadError } from "../../errors.js";
import {
  addChunk,
  addNode,
  addTuple,
  argumentEnd,
  corrupt,
  giveBackMemo,
  growingNode,
  growStack,
  Machine,
  popMark,
  pushMark,
  readMemo,
  storeInMemo,
  truncated,
  underflow,
} from "./machine.js";
import { addPairs, rankKeys } from "./projection.js";
import { runRareOpcode } from "./rare-opcodes.js";
import { scanRepeatedDicts } from "./repeated-dicts.js";
import { CHUNK, NODE, type PickleTape, type ScanOptions } from "./tape.js";

const DEFAULT_MAX_BYTES = 2 ** 30;
/** Positions must fit the tape's 32-bit cells. */
const GREATEST_MAX_BYTES = 2 ** 31 - 2 ** 16;

/**
 * Runs the pickle once and writes down what it builds. All checks of lengths, stack, memo and structure happen here, and
 * nowhere else; no value is decoded and no name is looked up.
 * @throws AutosubmitReadError `SOURCE_CORRUPT` (a `PickleTruncatedError` where the input merely ends early) or
 *   `SOURCE_TOO_LARGE`, with the byte offset
 */
export function scanPickle(input: Uint8Array, options: ScanOptions = {}): PickleTape {
  const maxBytes = Math.min(options.maxBytes ?? DEFAULT_MAX_BYTES, GREATEST_MAX_BYTES);
  if (input.length > maxBytes) {
    const message = `the pickle has ${input.length} bytes, ${maxBytes} are allowed`;
    throw new AutosubmitReadError("SOURCE_TOO_LARGE", message, { offset: maxBytes });
  }
  const bytes = Buffer.from(input.buffer, input.byteOffset, input.length);
  const machine = new Machine(bytes, options.projection === undefined ? null : rankKeys(options.projection));
  machine.learnsPatterns = options.expectsRepeats ?? true;
  const root = run(machine);
  giveBackMemo(machine);
  return { bytes, cells: machine.cells, globals: machine.globals, keyRanks: machine.keyRanks, root };
}

/**
 * The loop over the opcodes; returns the token of the value at STOP. A list of 130,000 jobs is 100 MB and 31 million
 * opcodes, so this is dense: the opcodes that such files are made of are handled here on local variables, with literal
 * numbers as cases (V8 makes a jump table of those only), and no object is created for any of them. Such a list takes a
 * fifth of CPython's time this way, and a quarter of the time of making all its values (bench/src/pickle-vs-cpython.ts).
 * All other opcodes are in rare-opcodes.ts.
 */
function run(machine: Machine): number {
  const { bytes } = machine;
  const end = bytes.length;
  let { stack } = machine;
  let position = 0;
  let height = 0;
  for (;;) {
    if (position >= end) throw truncated("the pickle ends before its STOP opcode", position);
    if (height === stack.length) stack = growStack(machine, position);
    const start = position;
    position += 1;
    switch (bytes[start]) {
      case 0x68: // BINGET
        if (position >= end) argumentEnd(machine, position, 1, start);
        stack[height] = readMemo(machine, bytes[position] as number, start);
        height += 1;
        position += 1;
        break;
      case 0x6a: // LONG_BINGET
        position = argumentEnd(machine, position, 4, start);
        stack[height] = readMemo(machine, bytes.readUInt32LE(start + 1), start);
        height += 1;
        break;
      case 0x94: // MEMOIZE
        if (height <= machine.fence) throw underflow(machine, start);
        storeInMemo(machine, machine.memoCount, stack[height - 1] as number, start);
        break;
      case 0x71: // BINPUT
        if (height <= machine.fence) throw underflow(machine, start);
        position = argumentEnd(machine, position, 1, start);
        storeInMemo(machine, bytes[start + 1] as number, stack[height - 1] as number, start);
        break;
      case 0x72: // LONG_BINPUT
        if (height <= machine.fence) throw underflow(machine, start);
        position = argumentEnd(machine, position, 4, start);
        storeInMemo(machine, bytes.readUInt32LE(start + 1), stack[height - 1] as number, start);
        break;
      case 0x8c: // SHORT_BINUNICODE
      case 0x43: // SHORT_BINBYTES
        if (position >= end) argumentEnd(machine, position, 1, start);
        position += 1 + (bytes[position] as number);
        if (position > end) argumentEnd(machine, start + 2, bytes[start + 1] as number, start);
        stack[height] = start + 1;
        height += 1;
        break;
      case 0x58: // BINUNICODE
        position = argumentEnd(machine, position, 4, start);
        position = argumentEnd(machine, position, bytes.readUInt32LE(start + 1), start);
        stack[height] = start + 1;
        height += 1;
        break;
      case 0x4e: // NONE
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        stack[height] = position;
        height += 1;
        break;
      case 0x4b: // BININT1
        stack[height] = position;
        height += 1;
        position += 1;
        break;
      case 0x4d: // BININT2
        stack[height] = position;
        height += 1;
        position += 2;
        break;
      case 0x4a: // BININT
        stack[height] = position;
        height += 1;
        position += 4;
        break;
      case 0x47: // BINFLOAT
        stack[height] = position;
        height += 1;
        position += 8;
        break;
      case 0x8a: // LONG1
        position = argumentEnd(machine, position, 1, start);
        position += bytes[start + 1] as number;
        stack[height] = start + 1;
        height += 1;
        break;
      case 0x28: // MARK
        if (machine.pattern !== null && isDict(machine, stack, height) && scanRepeatedDicts(machine, start, height)) {
          ({ stack, position, height } = machine);
          break;
        }
        pushMark(machine, height, start);
        break;
      case 0x5d: // EMPTY_LIST
        stack[height] = addNode(machine, NODE.list, position, 4, start);
        height += 1;
        break;
      case 0x7d: // EMPTY_DICT
        stack[height] = addNode(machine, NODE.dict, position, 4, start);
        height += 1;
        break;
      case 0x29: // EMPTY_TUPLE
        stack[height] = addTuple(machine, NODE.tuple, height, height, start);
        height += 1;
        break;
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: {
        // TUPLE3
        const from = height - (bytes[start] as number) + 0x84;
        if (from < machine.fence) throw underflow(machine, start);
        stack[from] = addTuple(machine, NODE.tuple, from, height, start);
        height = from + 1;
        break;
      }
      case 0x74: {
        // TUPLE
        const from = popMark(machine, start);
        stack[from] = addTuple(machine, NODE.tuple, from, height, start);
        height = from + 1;
        break;
      }
      case 0x75: {
        // SETITEMS
        const from = popMark(machine, start);
        if (from <= machine.fence) throw underflow(machine, start);
        if ((height - from) % 2 !== 0) throw corrupt("SETITEMS finds a key without a value", start);
        const dict = growingNode(machine, stack[from - 1] as number, NODE.dict, start);
        addPairs(machine, dict, from, height, start);
        height = from;
        break;
      }
      case 0x65: {
        // APPENDS
        const from = popMark(machine, start);
        if (from <= machine.fence) throw underflow(machine, start);
        const list = growingNode(machine, stack[from - 1] as number, NODE.list, start);
        addChunk(machine, list, CHUNK.items, from, height, start);
        height = from;
        break;
      }
      case 0x61: {
        // APPEND
        height -= 1;
        if (height <= machine.fence) throw underflow(machine, start);
        const list = growingNode(machine, stack[height - 1] as number, NODE.list, start);
        addChunk(machine, list, CHUNK.items, height, height + 1, start);
        break;
      }
      case 0x2e: // STOP
        if (height <= machine.fence) throw underflow(machine, start);
        return stack[height - 1] as number;
      default:
        machine.position = position;
        machine.height = height;
        runRareOpcode(machine, start);
        position = machine.position;
        height = machine.height;
    }
  }
}

/** Whether a dict is on top of the stack. */
function isDict({ cells, fence }: Machine, stack: Int32Array, height: number): boolean {
  const top = height > fence ? (stack[height - 1] as number) : 0;
  return top < 0 && cells[-top] === NODE.dict;
}
