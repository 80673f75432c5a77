import {
  addChunk,
  addNode,
  addTuple,
  argumentEnd,
  corrupt,
  growingNode,
  type Machine,
  popMark,
  readMemo,
  storeInMemo,
  truncated,
  underflow,
} from "./machine.js";
import { opcodeName } from "./opcodes.js";
import { readPlainValue } from "./plain-value.js";
import { addPairs } from "./projection.js";
import { AT, CHUNK, NODE } from "./tape.js";

const HIGHEST_PROTOCOL = 5;
const NEWLINE = 0x0a;
const MAX_DIGITS = 4300;
const MAX_LONG_BYTES = 2 ** 16;
const MAX_GLOBALS = 2 ** 16;
const MAX_GLOBAL_NAME = 1000;
const WHOLE_NUMBER = /^[+-]?\d+$/;
const LONG = /^[+-]?\d+L?$/;
const FLOAT = /^\s*[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf|infinity|nan)\s*$/i;

/** Runs one opcode: `start` is its position, the machine's `position` stands behind it and is left behind its arguments. */
type Handler = (machine: Machine, start: number) => void;

const HANDLERS: readonly (Handler | undefined)[] = handlersByOpcode({
  128: checkProtocol, // PROTO
  149: checkFrame, // FRAME
  48: pop, // POP
  49: popToMark, // POP_MARK
  50: duplicate, // DUP
  112: put, // PUT
  103: get, // GET
  83: pushString, // STRING
  86: (machine, start) => pushLine(machine, start, null), // UNICODE
  73: (machine, start) => pushLine(machine, start, WHOLE_NUMBER), // INT
  76: (machine, start) => pushLine(machine, start, LONG), // LONG
  70: (machine, start) => pushLine(machine, start, FLOAT), // FLOAT
  85: (machine, start) => pushCounted(machine, start, 1, readSmallLength(machine, start)), // SHORT_BINSTRING
  84: (machine, start) => pushCounted(machine, start, 4, readSignedLength(machine, start)), // BINSTRING
  66: (machine, start) => pushCounted(machine, start, 4, readLength(machine, start)), // BINBYTES
  141: (machine, start) => pushCounted(machine, start, 8, readGreatLength(machine, start)), // BINUNICODE8
  142: (machine, start) => pushCounted(machine, start, 8, readGreatLength(machine, start)), // BINBYTES8
  150: (machine, start) => pushCounted(machine, start, 8, readGreatLength(machine, start)), // BYTEARRAY8
  139: pushLong, // LONG4
  108: (machine, start) => pushMarked(machine, start, NODE.list), // LIST
  100: (machine, start) => pushMarked(machine, start, NODE.dict), // DICT
  143: (machine, start) => push(machine, addNode(machine, NODE.set, start + 1, 4, start)), // EMPTY_SET
  144: addItems, // ADDITEMS
  145: pushFrozenSet, // FROZENSET
  115: setItem, // SETITEM
  99: (machine, start) => push(machine, readGlobal(machine, start)), // GLOBAL
  147: pushStackGlobal, // STACK_GLOBAL
  82: call, // REDUCE
  129: call, // NEWOBJ
  146: callWithKeywords, // NEWOBJ_EX
  105: pushInstance, // INST
  111: pushObject, // OBJ
  98: build, // BUILD
  80: refuse, // PERSID
  81: refuse, // BINPERSID
  130: refuse, // EXT1
  131: refuse, // EXT2
  132: refuse, // EXT4
  151: refuse, // NEXT_BUFFER
  152: refuse, // READONLY_BUFFER
});

/**
 * Runs an opcode that no big job list is full of. The machine's `position` stands behind the opcode at `start`, and is left
 * behind its arguments.
 */
export function runRareOpcode(machine: Machine, start: number): void {
  const opcode = machine.bytes[start] as number;
  const handler = HANDLERS[opcode];
  if (handler === undefined) throw corrupt(`${opcodeName(opcode)} is not part of any pickle protocol,`, start);
  handler(machine, start);
}

function handlersByOpcode(handlers: Readonly<Record<number, Handler>>): readonly (Handler | undefined)[] {
  return Array.from({ length: 256 }, (_, opcode) => handlers[opcode]);
}

function refuse(machine: Machine, start: number): void {
  const opcode = opcodeName(machine.bytes[start]);
  throw corrupt(`${opcode} refers to something outside the file, which is refused,`, start);
}

function needValues(machine: Machine, count: number, start: number): void {
  if (machine.height - count < machine.fence) throw underflow(machine, start);
}

function push(machine: Machine, token: number): void {
  machine.stack[machine.height] = token;
  machine.height += 1;
}

function checkProtocol(machine: Machine, start: number): void {
  machine.position = argumentEnd(machine, start + 1, 1, start);
  const protocol = machine.bytes[start + 1] as number;
  if (protocol > HIGHEST_PROTOCOL) throw corrupt(`pickle protocol ${protocol} is unknown,`, start);
}

function checkFrame(machine: Machine, start: number): void {
  machine.position = start + 1 + 8;
  argumentEnd(machine, machine.position, readGreatLength(machine, start), start);
}

function pop(machine: Machine, start: number): void {
  if (machine.markCount > 0 && machine.height === machine.fence) {
    popMark(machine, start);
    return;
  }
  needValues(machine, 1, start);
  machine.height -= 1;
}

function popToMark(machine: Machine, start: number): void {
  machine.height = popMark(machine, start);
}

function duplicate(machine: Machine, start: number): void {
  needValues(machine, 1, start);
  push(machine, machine.stack[machine.height - 1] as number);
}

function put(machine: Machine, start: number): void {
  needValues(machine, 1, start);
  storeInMemo(machine, readIndex(machine, start), machine.stack[machine.height - 1] as number, start);
}

function get(machine: Machine, start: number): void {
  push(machine, readMemo(machine, readIndex(machine, start), start));
}

/** Where the line behind the opcode ends; leaves the machine's position behind it. */
function lineEnd(machine: Machine, from: number, start: number): number {
  const end = machine.bytes.indexOf(NEWLINE, from);
  if (end < 0) throw truncated(`the pickle ends within the line of ${opcodeName(machine.bytes[start])}`, start);
  machine.position = end + 1;
  return end;
}

function readIndex(machine: Machine, start: number): number {
  const end = lineEnd(machine, start + 1, start);
  const digits = machine.bytes.toString("latin1", start + 1, Math.min(end, start + 12));
  if (!/^\d{1,10}$/.test(digits)) throw corrupt(`${opcodeName(machine.bytes[start])} has no memo index`, start);
  return Number(digits);
}

function pushLine(machine: Machine, start: number, pattern: RegExp | null): void {
  const end = lineEnd(machine, start + 1, start);
  if (pattern !== null) {
    const length = end - start - 1;
    if (length > MAX_DIGITS || !pattern.test(machine.bytes.toString("latin1", start + 1, end))) {
      throw corrupt(`${opcodeName(machine.bytes[start])} is not followed by a number`, start);
    }
  }
  push(machine, start + 1);
}

function pushString(machine: Machine, start: number): void {
  const { bytes } = machine;
  const end = lineEnd(machine, start + 1, start);
  const quote = bytes[start + 1];
  const quoted = (quote === 0x27 || quote === 0x22) && end - start >= 3 && bytes[end - 1] === quote;
  if (!quoted) throw corrupt("the text of STRING is not between quotes", start);
  push(machine, start + 1);
}

function readSmallLength(machine: Machine, start: number): number {
  argumentEnd(machine, start + 1, 1, start);
  return machine.bytes[start + 1] as number;
}

function readLength(machine: Machine, start: number): number {
  argumentEnd(machine, start + 1, 4, start);
  return machine.bytes.readUInt32LE(start + 1);
}

function readSignedLength(machine: Machine, start: number): number {
  argumentEnd(machine, start + 1, 4, start);
  const length = machine.bytes.readInt32LE(start + 1);
  if (length < 0) throw corrupt(`${opcodeName(machine.bytes[start])} announces ${length} bytes`, start);
  return length;
}

function readGreatLength(machine: Machine, start: number): number {
  argumentEnd(machine, start + 1, 8, start);
  return machine.bytes.readUInt32LE(start + 1) + machine.bytes.readUInt32LE(start + 5) * 2 ** 32;
}

function pushCounted(machine: Machine, start: number, lengthBytes: number, length: number): void {
  machine.position = argumentEnd(machine, start + 1 + lengthBytes, length, start);
  push(machine, start + 1);
}

function pushLong(machine: Machine, start: number): void {
  const length = readSignedLength(machine, start);
  if (length > MAX_LONG_BYTES) throw corrupt(`LONG4 announces a number of ${length} bytes, which is refused,`, start);
  pushCounted(machine, start, 4, length);
}

function pushMarked(machine: Machine, start: number, kind: typeof NODE.list | typeof NODE.dict): void {
  const from = popMark(machine, start);
  const token = addNode(machine, kind, start + 1, 4, start);
  if (kind === NODE.list) addChunk(machine, -token, CHUNK.items, from, machine.height, start);
  else {
    if ((machine.height - from) % 2 !== 0) throw corrupt("DICT finds a key without a value", start);
    addPairs(machine, -token, from, machine.height, start);
  }
  machine.height = from;
  push(machine, token);
}

function pushFrozenSet(machine: Machine, start: number): void {
  const from = popMark(machine, start);
  const token = addTuple(machine, NODE.frozenSet, from, machine.height, start);
  machine.height = from;
  push(machine, token);
}

function addItems(machine: Machine, start: number): void {
  const from = popMark(machine, start);
  if (from <= machine.fence) throw underflow(machine, start);
  const set = growingNode(machine, machine.stack[from - 1] as number, NODE.set, start);
  addChunk(machine, set, CHUNK.items, from, machine.height, start);
  machine.height = from;
}

function setItem(machine: Machine, start: number): void {
  needValues(machine, 3, start);
  machine.height -= 2;
  const dict = growingNode(machine, machine.stack[machine.height - 1] as number, NODE.dict, start);
  addPairs(machine, dict, machine.height, machine.height + 2, start);
}

/** The `module` and `name` lines behind GLOBAL or INST as a Global node. */
function readGlobal(machine: Machine, start: number): number {
  const moduleEnd = lineEnd(machine, start + 1, start);
  const nameEnd = lineEnd(machine, moduleEnd + 1, start);
  if (nameEnd - start > MAX_GLOBAL_NAME) throw corrupt("the name of a global is too long", start);
  const module = machine.bytes.toString("utf8", start + 1, moduleEnd);
  return addGlobal(machine, module, machine.bytes.toString("utf8", moduleEnd + 1, nameEnd), start);
}

function pushStackGlobal(machine: Machine, start: number): void {
  needValues(machine, 2, start);
  const name = readName(machine, machine.stack[machine.height - 1] as number, start);
  const module = readName(machine, machine.stack[machine.height - 2] as number, start);
  machine.height -= 2;
  push(machine, addGlobal(machine, module, name, start));
}

function readName(machine: Machine, token: number, start: number): string {
  const plain = token < 0 && machine.cells[-token] === NODE.shared ? machine.cells[AT.sharedToken - token] : token;
  if (plain !== undefined && plain > 0) {
    const text = readPlainValue(machine.bytes, plain);
    if (typeof text === "string" && text.length <= MAX_GLOBAL_NAME) return text;
  }
  throw corrupt("STACK_GLOBAL finds no names on the stack", start);
}

/** Names are only kept as text: nothing is ever imported, resolved or called. */
function addGlobal(machine: Machine, module: string, name: string, start: number): number {
  const text = `${module}.${name}`;
  let index = machine.globalIndex.get(text);
  if (index === undefined) {
    if (machine.globals.length === MAX_GLOBALS) throw corrupt("there are too many globals", start);
    index = machine.globals.push(text) - 1;
    machine.globalIndex.set(text, index);
  }
  const token = addNode(machine, NODE.global, start + 1, 3, start);
  machine.cells[AT.globalIndex - token] = index;
  return token;
}

/** Replaces a callable and a tuple of arguments on the stack by an object that remembers them. */
function call(machine: Machine, start: number): void {
  needValues(machine, 2, start);
  machine.height -= 2;
  const callable = machine.stack[machine.height] as number;
  push(machine, addCall(machine, callable, machine.stack[machine.height + 1] as number, 0, start));
}

function callWithKeywords(machine: Machine, start: number): void {
  needValues(machine, 3, start);
  machine.height -= 3;
  const [callable, args, keywords] = machine.stack.subarray(machine.height, machine.height + 3) as unknown as number[];
  push(machine, addCall(machine, callable as number, args as number, keywords as number, start));
}

function pushInstance(machine: Machine, start: number): void {
  const callable = readGlobal(machine, start);
  const from = popMark(machine, start);
  const args = addTuple(machine, NODE.tuple, from, machine.height, start);
  machine.height = from;
  push(machine, addCall(machine, callable, args, 0, start));
}

function pushObject(machine: Machine, start: number): void {
  const from = popMark(machine, start);
  if (machine.height <= from) throw underflow(machine, start);
  const callable = machine.stack[from] as number;
  const args = addTuple(machine, NODE.tuple, from + 1, machine.height, start);
  machine.height = from;
  push(machine, addCall(machine, callable, args, 0, start));
}

/** Appends a Call of a class or function to a tuple of arguments; returns its token. */
export function addCall(machine: Machine, callable: number, args: number, keywords: number, start: number): number {
  if (callable > 0 || !(args < 0 && machine.cells[-args] === NODE.tuple)) {
    throw corrupt(`${opcodeName(machine.bytes[start])} finds no class and tuple of arguments`, start);
  }
  const token = addNode(machine, NODE.call, start + 1, 7, start);
  const node = -token;
  machine.cells[node + AT.callable] = callable;
  machine.cells[node + AT.args] = args;
  machine.cells[node + AT.keywords] = keywords;
  return token;
}

function build(machine: Machine, start: number): void {
  needValues(machine, 2, start);
  machine.height -= 1;
  const target = machine.stack[machine.height - 1] as number;
  if (target > 0 || machine.cells[-target] !== NODE.call)
    throw corrupt("BUILD finds no object to give a state to", start);
  addChunk(machine, -target, CHUNK.state, machine.height, machine.height + 1, start);
}
