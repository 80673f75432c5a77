import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { encodePickle, type PickleProtocol, pyGlobal, pyNew, pyReduce, pyTuple } from "@autosubmit-api/fixtures";
import { describe, expect, test } from "vitest";
import { AutosubmitReadError } from "../../../src/errors.js";
import { parseJobListPickle } from "../../../src/formats/pickle/job-list.js";
import { unpickle } from "../../../src/formats/pickle/unpickle.js";

const WORKSPACES = resolve(import.meta.dirname, "../../../../../../shared/conformance/workspaces");
const MUTATIONS = 20_000;
/** A mutation of a large file takes long to read and finds what one of a small file finds. */
const LARGEST = 64 * 1024;
/** Far above what any of them takes, to allow for a busy machine. */
const SLOWEST_MS = 2000;
const MOST_GROWTH_BYTES = 500 * 2 ** 20;

/** A generator of whole numbers below `limit`, always the same ones. */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** Small job lists and values in every protocol, so that the test means something without the conformance suite. */
function builtPickles(): Buffer[] {
  const date = pyReduce(pyGlobal("datetime", "datetime"), [new Uint8Array([7, 208, 1, 1, 0, 0, 0, 0, 0, 0])]);
  const tuple = pyTuple("a000_SIM", 12, 5, 3, "SIM", date, "fc0", 1, "a.out", "a.err", "b.out", "b.err", "none");
  const state = { _name: "a000_SIM", id: 2 ** 40, _status: 5, _section: "SIM", date, _split: -1, x: [1.5, null, true] };
  const lists = [0, 1, 2, 3, 4, 5].map((protocol) => encodePickle([tuple, tuple, tuple], protocol as PickleProtocol));
  const dicts = [2, 4, 5].map((protocol) =>
    encodePickle({ a000_SIM: state, a000_POST: state }, protocol as PickleProtocol),
  );
  const job = pyNew(pyGlobal("autosubmit.job.job", "Job"), [], state);
  const graph = { _node: { a000_SIM: { job } }, _adj: { a000_SIM: { a000_POST: {} } }, more: new Set([1, 2]) };
  const digraph = encodePickle(pyNew(pyGlobal("networkx.classes.digraph", "DiGraph"), [], graph), 5);
  return [...lists, ...dicts, digraph];
}

function conformancePickles(): Buffer[] {
  if (!existsSync(WORKSPACES)) return [];
  return ["reference", "synthetic"]
    .flatMap((workspace) =>
      readdirSync(join(WORKSPACES, workspace)).map((expid) =>
        join(WORKSPACES, workspace, expid, "pkl", `job_list_${expid}.pkl`),
      ),
    )
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path));
}

/** One to four changes: a byte replaced, a bit flipped, a piece removed, repeated or overwritten, the end cut off. */
function mutate(original: Buffer, random: (limit: number) => number): Buffer {
  let bytes = Buffer.from(original);
  for (let change = random(4); change >= 0 && bytes.length > 0; change -= 1) {
    const at = random(bytes.length);
    const piece = bytes.subarray(at, at + 1 + random(32));
    switch (random(7)) {
      case 0:
        bytes[at] = random(256);
        break;
      case 1:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
        break;
      case 2:
        bytes.fill(random(2) * 0xff, at, Math.min(at + 4, bytes.length));
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + piece.length)]);
        break;
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
        break;
      case 5:
        bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(random(bytes.length))]);
        break;
      default:
        bytes = bytes.subarray(0, at);
    }
  }
  return bytes;
}

/** Nothing, when the bytes are read or refused as they should be; otherwise what went wrong. */
function complaint(read: () => unknown): string | null {
  try {
    read();
    return null;
  } catch (error) {
    return error instanceof AutosubmitReadError ? null : `foreign exception: ${error}`;
  }
}

describe("mutated pickles", () => {
  test(`${MUTATIONS} of them: read or refused, quickly, in bounded memory`, { timeout: 180_000 }, () => {
    const originals = [...builtPickles(), ...conformancePickles().filter(({ length }) => length <= LARGEST)];
    const random = randomNumbers(20260601);
    const before = process.memoryUsage.rss();
    for (let round = 0; round < MUTATIONS; round += 1) {
      const mutation = mutate(originals[round % originals.length] ?? Buffer.alloc(0), random);
      const started = performance.now();
      const complaints = [complaint(() => unpickle(mutation)), complaint(() => parseJobListPickle(mutation))];
      const milliseconds = performance.now() - started;
      expect({ round, complaints }).toEqual({ round, complaints: [null, null] });
      if (milliseconds > SLOWEST_MS) throw new Error(`mutation ${round} took ${milliseconds} ms`);
    }
    expect(process.memoryUsage.rss() - before).toBeLessThan(MOST_GROWTH_BYTES);
  });

  test.skipIf(!existsSync(WORKSPACES))("50 of each large job list", { timeout: 180_000 }, () => {
    const random = randomNumbers(4);
    for (const original of conformancePickles().filter(({ length }) => length > LARGEST)) {
      for (let round = 0; round < 50; round += 1) {
        const mutation = mutate(original, random);
        expect({ round, complaint: complaint(() => parseJobListPickle(mutation)) }).toEqual({ round, complaint: null });
        expect({ round, complaint: complaint(() => unpickle(mutation)) }).toEqual({ round, complaint: null });
      }
    }
  });

  test("every byte of a small job list, replaced by every opcode", () => {
    const original = builtPickles()[5] ?? Buffer.alloc(0);
    for (let at = 0; at < original.length; at += 1) {
      for (let opcode = 0; opcode < 256; opcode += 1) {
        const mutation = Buffer.from(original);
        mutation[at] = opcode;
        const complaints = [complaint(() => unpickle(mutation)), complaint(() => parseJobListPickle(mutation))];
        if (complaints.some((found) => found !== null)) throw new Error(`byte ${at} as ${opcode}: ${complaints}`);
      }
    }
  });
});
