import type { DictProjection, KeyRanks } from "./projection.js";

/**
 * What a pickle builds, written down as plain integers instead of objects.
 *
 * A *token* stands for a value. A positive token is the position just behind the opcode of a number, text, bytes, `True`,
 * `False` or `None`: such a value is decoded from the file when somebody asks for it. A negative token is the negated
 * index in `cells` of a *node*: everything else. Since a pickle program has no loops, every opcode runs at most once, so
 * a token is also the value's identity; shared and cyclic values are simply tokens that occur several times. 0 is no token.
 *
 * Nodes (each begins with its kind and the position behind its opcode):
 *
 *     Tuple, FrozenSet      kind, position, count, item…
 *     List, Dict, Set       kind, position, first chunk, last chunk
 *     Call                  kind, position, first chunk, last chunk, callable, arguments, keyword arguments or 0
 *     Global                kind, position, index in `globals`
 *     Shared                kind, token of the value, rank of the text as a dict key (see projection.ts) or 0
 *
 * What is put into a list, dict, set or object later hangs off it as chunks: `chunk kind, next chunk or 0, count, token…`.
 * A Shared node stands for a text or number that is used through the memo, so that it is decoded once, not at each use.
 */
export interface PickleTape {
  readonly bytes: Buffer;
  readonly cells: Int32Array;
  /** `module.name` of every global that is named; none was looked up. */
  readonly globals: readonly string[];
  readonly keyRanks: KeyRanks | null;
  readonly root: number;
}

export const NODE = { tuple: 1, frozenSet: 2, list: 3, dict: 4, set: 5, call: 6, global: 7, shared: 8 } as const;
export const CHUNK = { items: 1, pairs: 2, state: 3 } as const;

const GROWING: ReadonlySet<number> = new Set([NODE.list, NODE.dict, NODE.set, NODE.call]);

/** Indices of the fields of nodes and chunks, relative to their beginning. */
export const AT = {
  position: 1,
  count: 2,
  items: 3,
  firstChunk: 2,
  lastChunk: 3,
  callable: 4,
  args: 5,
  keywords: 6,
  globalIndex: 2,
  sharedToken: 1,
  sharedRank: 2,
  nextChunk: 1,
} as const;

/** The kind of a node, or 0 for a plain value. Stands for what a Shared node stands for: also 0. */
export function nodeKind(tape: PickleTape, token: number): number {
  if (token >= 0) return 0;
  const kind = tape.cells[-token] as number;
  return kind === NODE.shared ? 0 : kind;
}

/** `module.name` of a class or function that the file names; `?` for any other value. */
export function globalName(tape: PickleTape, token: number): string {
  if (nodeKind(tape, token) !== NODE.global) return "?";
  return tape.globals[tape.cells[AT.globalIndex - token] as number] ?? "?";
}

/** Calls `visit` for each item of a tuple, list, set or object, in order. */
export function forEachItem(tape: PickleTape, token: number, visit: (item: number) => void): void {
  const { cells } = tape;
  const kind = nodeKind(tape, token);
  if (kind === NODE.tuple || kind === NODE.frozenSet) {
    const end = AT.items - token + (cells[AT.count - token] as number);
    for (let index = AT.items - token; index < end; index += 1) visit(cells[index] as number);
    return;
  }
  for (let chunk = firstChunk(tape, token, CHUNK.items); chunk !== 0; chunk = nextChunk(tape, chunk, CHUNK.items)) {
    const end = chunkEnd(tape, chunk);
    for (let index = chunk + AT.items; index < end; index += 1) visit(cells[index] as number);
  }
}

/** The tokens of the first items of a tuple, list, set or object. */
export function firstItems(tape: PickleTape, token: number, most: number): number[] {
  const items: number[] = [];
  forEachItem(tape, token, (item) => {
    if (items.length < most) items.push(item);
  });
  return items;
}

/** Calls `visit` for each entry of a dict or object, in order; a key may come twice, the later value then holds. */
export function forEachPair(tape: PickleTape, token: number, visit: (key: number, value: number) => void): void {
  const { cells } = tape;
  for (let chunk = firstChunk(tape, token, CHUNK.pairs); chunk !== 0; chunk = nextChunk(tape, chunk, CHUNK.pairs)) {
    const end = chunkEnd(tape, chunk);
    for (let index = chunk + AT.items; index < end; index += 2) {
      visit(cells[index] as number, cells[index + 1] as number);
    }
  }
}

/** Calls `visit` for each state that BUILD gave to an object; nearly always one, or none. */
export function forEachState(tape: PickleTape, token: number, visit: (state: number) => void): void {
  for (let chunk = firstChunk(tape, token, CHUNK.state); chunk !== 0; chunk = nextChunk(tape, chunk, CHUNK.state)) {
    visit(tape.cells[chunk + AT.items] as number);
  }
}

/** The first chunk of a kind that hangs off a node, or 0. */
export function firstChunk(tape: PickleTape, token: number, kind: number): number {
  if (!GROWING.has(nodeKind(tape, token))) return 0;
  return ofKind(tape, tape.cells[AT.firstChunk - token] as number, kind);
}

/** The next chunk of that kind of the same node, or 0. */
export function nextChunk(tape: PickleTape, chunk: number, kind: number): number {
  return ofKind(tape, tape.cells[chunk + AT.nextChunk] as number, kind);
}

/** Where the tokens of a chunk end in `cells`; they begin at `AT.items`. */
export function chunkEnd(tape: PickleTape, chunk: number): number {
  return chunk + AT.items + (tape.cells[chunk + AT.count] as number);
}

function ofKind(tape: PickleTape, from: number, kind: number): number {
  let chunk = from;
  while (chunk !== 0 && tape.cells[chunk] !== kind) chunk = tape.cells[chunk + AT.nextChunk] as number;
  return chunk;
}

/** How a scan may be bounded and narrowed. */
export interface ScanOptions {
  /** Larger input is refused with `SOURCE_TOO_LARGE`; 1 GiB unless told. */
  maxBytes?: number;
  /** Leaves out what is not needed of the dicts that are recognised. */
  projection?: DictProjection;
  /** Whether dicts are expected to be like the ones before (repeated-dicts.ts), which changes nothing but the time; yes unless told. */
  expectsRepeats?: boolean;
}
