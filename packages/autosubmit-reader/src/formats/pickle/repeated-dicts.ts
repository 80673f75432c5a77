import {
  addChunk,
  addNode,
  addTuple,
  growStack,
  linkChunk,
  type Machine,
  readMemo,
  reserveCells,
  storeInMemo,
} from "./machine.js";
import { addPairs, type DictPattern } from "./projection.js";
import { addCall } from "./rare-opcodes.js";
import { AT, CHUNK, NODE } from "./tape.js";

/** Twice what any opcode of a fixed length takes: whether there is room for it is asked once for all of them. */
const ROOM = 32;
/** Bytes that may be read in vain, beside this part of all bytes so far: beyond, the file is not of that kind. */
const LOSS_ALLOWED = 65_536;
const LOSS_SHARE = 1 / 4;

/**
 * Runs dicts that have the keys of `machine.pattern`, from the MARK of the first one to the SETITEMS of the last one and as
 * many pairs of a text and such a dict as follow: a job list is the same hundred attributes again and again, in one order,
 * written as references to the same texts. To compare a key with the expected one, to leave out at once what the projection drops, and
 * to step over what stands there in the same bytes as before takes two thirds of the time of `run`; and V8 need not
 * compile `run` then, which costs more than to scan 10,000 jobs.
 *
 * Nothing is taken for granted: it has the checks of `run`, and knows only what the values of jobs are made of. Each value
 * reaches nothing but what it put on the stack itself. Whatever is not as expected is left to `run`, from the MARK of
 * the dict on, which says what is wrong with it if anything is; until then nothing but new cells and memo entries was
 * written, and these are forgotten. What such attempts cost is bounded.
 *
 * Leaves the machine's position and height where `run` has to go on.
 * @param start position of the MARK; the dict is on top of the stack, which is `height` high
 * @returns false when the first dict is already another one, and nothing was done
 */
export function scanRepeatedDicts(machine: Machine, start: number, height: number): boolean {
  machine.position = start;
  machine.height = height;
  if (machine.pattern === null || !isReference(machine, start + 1, machine.pattern.keys[0])) return false;
  while (machine.pattern !== null) {
    const { position, memoCount } = machine;
    const end = scanEntries(machine, machine.pattern, position + 1, machine.height);
    if (end < 0) {
      machine.memo.fill(0, memoCount, machine.memoCount);
      machine.memoCount = memoCount;
      giveUp(machine, machine.position - position, position);
      machine.position = position;
      break;
    }
    addFound(machine, machine.pattern, -(machine.stack[machine.height - 1] as number), position);
    machine.position = end;
    if (!startNext(machine)) return true;
  }
  return machine.position !== start;
}

/** Another pattern is learnt from the next dict that the projection recognises, unless too much was read in vain. */
function giveUp(machine: Machine, lostBytes: number, position: number): void {
  machine.pattern = null;
  machine.lostBytes += lostBytes;
  machine.learnsPatterns = machine.lostBytes <= LOSS_ALLOWED + position * LOSS_SHARE;
}

/** Whether a reference to that value stands there. */
function isReference({ bytes, memo }: Machine, position: number, token: number | undefined): boolean {
  if (bytes[position] === 0x68) return memo[bytes[position + 1] as number] === token;
  return bytes[position] === 0x6a && memo[readUInt32(bytes, position + 1)] === token;
}

/** As `Buffer.readUInt32LE` without its checks: what is asked for has to be there. */
function readUInt32(bytes: Buffer, at: number): number {
  const [first, second] = [bytes[at] as number, bytes[at + 1] as number];
  return (first | (second << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24)) >>> 0;
}

/** Runs the text and the empty dict of the next pair up to the MARK; false, with nothing done, when there is no such pair. */
function startNext(machine: Machine): boolean {
  const { bytes, position, height } = machine;
  if (bytes[position] !== 0x8c || position + 2 * ROOM + 0xff > bytes.length) return false;
  const dict = position + 3 + (bytes[position + 1] as number);
  if (bytes[dict - 1] !== 0x94 || bytes[dict] !== 0x7d) return false;
  if (bytes[dict + 1] !== 0x94 || bytes[dict + 2] !== 0x28) return false;
  if (height + 2 * ROOM > machine.stack.length) growStack(machine, position);
  machine.stack[height] = position + 1;
  storeInMemo(machine, machine.memoCount, position + 1, dict - 1);
  const node = addNode(machine, NODE.dict, dict + 1, 4, dict);
  machine.stack[height + 1] = node;
  storeInMemo(machine, machine.memoCount, node, dict + 1);
  machine.height = height + 2;
  machine.position = dict + 2;
  return true;
}

/**
 * The loop over the entries; the stack above the dict is for the value at hand. Dense, as `run` is, and for the same reason.
 * @returns the position behind the SETITEMS, or -1: a constant, since V8 gives up what it compiled at the first result that
 *   would have to be computed
 */
function scanEntries(machine: Machine, pattern: DictPattern, from: number, base: number): number {
  const { bytes, view, stack, cellCount } = machine;
  const { keys, places, found, sameAt, sameBytes, sameEntries, varies } = pattern;
  const count = keys.length;
  const last = bytes.length - ROOM;
  const highest = stack.length - ROOM;
  /** Fences outside of the marks within the value. */
  const fences: number[] = [];
  let { memo } = machine;
  let fence = base;
  let height = base;
  let position = from;
  let entry = -1;
  let isNeeded = false;
  /** Whether the value at hand left nothing in memo and cells. */
  let isPlain = true;
  /** The first of the entries before this one that may be stepped over together next time, or -1, and where it begins. */
  let first = -1;
  let firstAt = 0;
  /** Where such entries are not the same this time; 0 when they are. */
  let differsAt = 0;
  for (;;) {
    if (position > last || height > highest) return -1;
    let opcode = bytes[position] as number;
    // Whether a value is complete or goes on, only what follows tells: the next key, the same bytes as in an earlier dict up
    // to a later key, or the end.
    if ((height === base + 1 || entry < 0) && fences.length === 0) {
      let next = entry + 1;
      let keyEnd = 0;
      if (next === count) {
        if (opcode === 0x75) {
          if (isNeeded) found[places[entry] as number] = stack[base] as number;
          return position + 1;
        }
      } else {
        const length = sameBytes[next] as number;
        if (length > 0 && position + length < last) {
          const equal = equalBytes(view, sameAt[next] as number, position, length);
          if (equal === length) {
            keyEnd = position + length;
            next += sameEntries[next] as number;
          } else differsAt = position + equal;
        }
        if (keyEnd === 0) {
          if (opcode === 0x68 && memo[bytes[position + 1] as number] === keys[next]) keyEnd = position + 2;
          else if (opcode === 0x6a && memo[readUInt32(bytes, position + 1)] === keys[next]) keyEnd = position + 5;
        }
      }
      if (keyEnd !== 0) {
        if (isNeeded) found[places[entry] as number] = stack[base] as number;
        if (differsAt > 0 && position > differsAt) {
          varies[entry] = 1;
          differsAt = 0;
        }
        if (next > entry + 1) first = -1;
        else if (first < 0 || !isPlain || isNeeded || varies[entry] === 1) {
          first = next;
          firstAt = position;
        } else {
          sameAt[first] = firstAt;
          sameBytes[first] = keyEnd - firstAt;
          sameEntries[first] = next - first;
        }
        isPlain = true;
        entry = next;
        isNeeded = (places[entry] as number) >= 0;
        machine.position = position;
        height = base;
        position = keyEnd;
        opcode = bytes[position] as number;
      } else if (entry < 0) return -1;
    }
    const start = position;
    position += 1;
    switch (opcode) {
      case 0x4e: // NONE
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        stack[height] = position;
        height += 1;
        break;
      case 0x68: // BINGET
      case 0x6a: {
        // LONG_BINGET
        const index = opcode === 0x68 ? (bytes[position] as number) : readUInt32(bytes, position);
        const token = memo[index] ?? 0;
        if (token === 0) return -1;
        stack[height] = token > 0 && isNeeded ? readMemo(machine, index, start) : token;
        height += 1;
        position += opcode === 0x68 ? 1 : 4;
        break;
      }
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
      case 0x43: // SHORT_BINBYTES
      case 0x8c: // SHORT_BINUNICODE
        stack[height] = position;
        height += 1;
        position += 1 + (bytes[position] as number);
        break;
      case 0x58: // BINUNICODE
        stack[height] = position;
        height += 1;
        position += 4 + readUInt32(bytes, position);
        break;
      case 0x94: // MEMOIZE
        if (height <= fence) return -1;
        storeInMemo(machine, machine.memoCount, stack[height - 1] as number, start);
        memo = machine.memo;
        isPlain = false;
        break;
      case 0x5d: // EMPTY_LIST
      case 0x7d: // EMPTY_DICT
        stack[height] = addNode(machine, opcode === 0x5d ? NODE.list : NODE.dict, position, 4, start);
        height += 1;
        isPlain = false;
        break;
      case 0x28: // MARK
        fences.push(fence);
        fence = height;
        isPlain = false;
        break;
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: {
        // TUPLE3
        const lowest = height - opcode + 0x84;
        if (lowest < fence) return -1;
        stack[lowest] = addTuple(machine, NODE.tuple, lowest, height, start);
        height = lowest + 1;
        isPlain = false;
        break;
      }
      case 0x74: {
        // TUPLE
        const outer = fences.pop();
        if (outer === undefined) return -1;
        stack[fence] = addTuple(machine, NODE.tuple, fence, height, start);
        height = fence + 1;
        fence = outer;
        break;
      }
      case 0x52: // REDUCE
        height -= 1;
        if (height <= fence) return -1;
        isPlain = false;
        stack[height - 1] = addCall(machine, stack[height - 1] as number, stack[height] as number, 0, start);
        break;
      case 0x65: // APPENDS
      case 0x75: {
        // SETITEMS
        const outer = fences.pop();
        const node = -(stack[fence - 1] as number);
        const kind = opcode === 0x65 ? NODE.list : NODE.dict;
        const isFit = kind === NODE.list || (height - fence) % 2 === 0;
        // Only what this dict has made may grow: else it could not be forgotten.
        if (outer === undefined || fence <= outer || node < cellCount || machine.cells[node] !== kind || !isFit)
          return -1;
        if (kind === NODE.list) addChunk(machine, node, CHUNK.items, fence, height, start);
        else addPairs(machine, node, fence, height, start);
        height = fence;
        fence = outer;
        break;
      }
      case 0x95: // FRAME
        if (readUInt32(bytes, position + 4) !== 0 || readUInt32(bytes, position) > bytes.length - position - 8)
          return -1;
        position += 8;
        isPlain = false;
        break;
      default:
        return -1;
    }
  }
}

/** How many bytes are the same at two places. */
function equalBytes(view: DataView, one: number, other: number, length: number): number {
  let at = 0;
  while (at + 4 <= length && view.getInt32(one + at) === view.getInt32(other + at)) at += 4;
  while (at < length && view.getUint8(one + at) === view.getUint8(other + at)) at += 1;
  return at;
}

/** Hangs the needed entries onto the dict. */
function addFound(
  machine: Machine,
  { keys, places, found, neededCount }: DictPattern,
  node: number,
  start: number,
): void {
  reserveCells(machine, AT.items + 2 * neededCount, start);
  const { cells } = machine;
  let next = machine.cellCount + AT.items;
  for (let entry = 0; entry < keys.length; entry += 1) {
    const place = places[entry] as number;
    if (place < 0) continue;
    cells[next] = keys[entry] as number;
    cells[next + 1] = found[place] as number;
    next += 2;
  }
  linkChunk(machine, node, CHUNK.pairs, 2 * neededCount);
}
