import { isDeepStrictEqual } from "node:util";
import { encodePickle, pyGlobal, pyReduce, pyTuple } from "@autosubmit-api/fixtures";
import { describe, expect, test } from "vitest";
import { AutosubmitReadError } from "../../../src/errors.js";
import { scanPickle } from "../../../src/formats/pickle/scan.js";
import { createValueReader, type PickleValue, readValue } from "../../../src/formats/pickle/values.js";

type EncodedValue = Parameters<typeof encodePickle>[0];

const PROJECTION = { marker: "_section", keys: ["_section", "_status", "_chunk", "_local_logs", "date"] };
const MUTATIONS = 6_000;

/** A value, or how it was refused. */
function read(pickle: Buffer, expectsRepeats: boolean): PickleValue | { refused: string; offset: number | null } {
  try {
    const tape = scanPickle(pickle, { projection: PROJECTION, expectsRepeats });
    return readValue(createValueReader(tape), tape.root);
  } catch (error) {
    if (!(error instanceof AutosubmitReadError)) throw error;
    return { refused: error.message, offset: error.offset };
  }
}

function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % limit;
  };
}

/** Jobs with values of every kind that job lists hold, some of which differ from job to job in kind and length. */
function jobs(count: number) {
  const random = randomNumbers(count);
  const date = pyReduce(pyGlobal("datetime", "datetime"), [new Uint8Array([7, 208, 1, 1, 0, 0, 0, 0, 0, 0])]);
  const queue = "a_queue";
  const pick = <Value>(...values: Value[]) => values[random(values.length)] as Value;
  const job = (index: number) => ({
    first: false,
    _section: pick("SIM", "POST", "CLEAN"),
    _queue: queue,
    long: "x".repeat(random(4) === 0 ? 300 : 30),
    wide: pick(1, 300, 70_000, 2 ** 40, -1, 0.5),
    _status: random(10),
    same: null,
    also: 7,
    _chunk: pick(null, 1, 300),
    empty: [],
    none: {},
    filled: random(5) === 0 ? [index, queue, [index]] : [],
    edges: random(5) === 0 ? { [`job_${index}`]: 1, _section: 3 } : {},
    date: pick(date, null),
    path: pyReduce(pyGlobal("pathlib", "PosixPath"), ["/", "work", queue, `LOG_${random(3)}`]),
    _local_logs: pyTuple(pick(`job_${index}.out`, ""), pick(`job_${index}.err`, "")),
    tuple: pyTuple(),
    pair: pyTuple(queue, queue),
    last: true,
    ...(random(6) === 0 ? { extra: queue } : {}),
  });
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`job_${index}`, job(index)]));
}

describe("dicts that repeat", () => {
  test.each([2, 4, 5] as const)("are the same values as if each were run by itself, protocol %i", (protocol) => {
    for (const count of [1, 2, 3, 50, 1500]) {
      const pickle = encodePickle(jobs(count) as EncodedValue, protocol);
      expect(read(pickle, true)).toEqual(read(pickle, false));
    }
  });

  test("are told from dicts that only begin like them", () => {
    const alike = { a: 1, _section: "SIM", b: null, c: "text" };
    const value = [alike, alike, { ...alike, d: 1 }, { a: 1, _section: "SIM" }, { a: 1, b: 2 }, alike, [{ a: alike }]];
    const pickle = encodePickle(structuredClone(value), 5);
    expect(read(pickle, true)).toEqual(read(pickle, false));
  });

  test(`${MUTATIONS} damaged lists are read alike, or refused with the same words`, { timeout: 120_000 }, () => {
    const random = randomNumbers(7);
    const whole = encodePickle(jobs(12) as EncodedValue, 5);
    for (let mutation = 0; mutation < MUTATIONS; mutation += 1) {
      let bytes = Buffer.from(whole);
      for (let change = random(3); change >= 0; change -= 1) {
        const at = random(bytes.length);
        const piece = bytes.subarray(at, at + random(40));
        const kind = random(5);
        if (kind === 0) bytes[at] = random(256);
        else if (kind === 1) bytes[at] = bytes[random(bytes.length)] ?? 0;
        else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + piece.length)]);
        else if (kind === 3) bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
        else bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(random(bytes.length))]);
      }
      const [guessed, run] = [read(bytes, true), read(bytes, false)];
      if (!isDeepStrictEqual(guessed, run)) expect(guessed, `mutation ${mutation}`).toEqual(run);
    }
  });
});
