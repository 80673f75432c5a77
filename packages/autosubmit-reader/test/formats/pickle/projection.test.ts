import { encodePickle } from "@autosubmit-api/fixtures";
import { describe, expect, test } from "vitest";
import { AutosubmitReadError } from "../../../src/errors.js";
import { scanPickle } from "../../../src/formats/pickle/scan.js";
import { createValueReader, type PickleValue, readValue } from "../../../src/formats/pickle/values.js";
import { bytes, text } from "./pickle-bytes.js";

const PROJECTION = { marker: "marker", keys: ["marker", "kept", "also kept"] };

function readProjected(pickle: Buffer): PickleValue {
  const tape = scanPickle(pickle, { projection: PROJECTION });
  return readValue(createValueReader(tape), tape.root);
}

const shared = ["shared", { kept: 1, dropped: 2 }];
const marked = (index: number) => ({
  dropped: shared,
  marker: index,
  kept: shared,
  20000101: null,
  more: { marker: 0, x: 1 },
});

describe("a projection", () => {
  test("keeps the listed keys of dicts that have the marker, and all of the others", () => {
    const value = { first: marked(1), second: marked(2), unmarked: { kept: 1, dropped: 2 } };
    expect(readProjected(encodePickle(value, 5))).toEqual(
      new Map<string, unknown>([
        [
          "first",
          new Map<string, unknown>([
            ["marker", 1],
            [
              "kept",
              [
                "shared",
                new Map([
                  ["kept", 1],
                  ["dropped", 2],
                ]),
              ],
            ],
          ]),
        ],
        [
          "second",
          new Map<string, unknown>([
            ["marker", 2],
            [
              "kept",
              [
                "shared",
                new Map([
                  ["kept", 1],
                  ["dropped", 2],
                ]),
              ],
            ],
          ]),
        ],
        [
          "unmarked",
          new Map([
            ["kept", 1],
            ["dropped", 2],
          ]),
        ],
      ]),
    );
  });

  test("a value that was first met under a dropped key is there under a kept one", () => {
    const pickle = bytes("}(", text("dropped"), "](K\x07e", 0x94, text("marker"), "N", text("kept"), "h\x00u.");
    expect(readProjected(pickle)).toEqual(
      new Map<string, unknown>([
        ["marker", null],
        ["kept", [7]],
      ]),
    );
  });

  test("keys of other kinds are dropped like any that is not listed", () => {
    const pickle = bytes("}(", text("marker"), "N", "K\x01", "N", ")N", "NN", "u.");
    expect(readProjected(pickle)).toEqual(new Map([["marker", null]]));
  });

  test("refuses what is refused without it, with the same words", () => {
    const whole = encodePickle({ first: marked(1), second: marked(2) }, 4);
    for (let at = 0; at < whole.length; at += 1) {
      for (const opcode of [0x00, 0x2e, 0x30, 0x31, 0x28, 0x75, 0x65, 0x68, 0x94, 0xff]) {
        const broken = Buffer.from(whole);
        broken[at] = opcode;
        expect(refusal(() => scanPickle(broken, { projection: PROJECTION }))).toBe(refusal(() => scanPickle(broken)));
      }
    }
  });
});

function refusal(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof AutosubmitReadError) return error.message;
    throw error;
  }
}
