import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Frame, frameReader } from "../src/feed/frames.js";

const whole = (text: string) => frameReader()(text);
const frame = (fields: Partial<Frame>): Frame => ({ id: null, event: "message", data: null, retryMs: null, ...fields });

describe("frames of a stream", () => {
  test.each<[string, Frame[]]>([
    ["id: 7\nevent: job-status\ndata: {}\n\n", [frame({ id: "7", event: "job-status", data: "{}" })]],
    [": beat\nid: 9\n\n", [frame({ id: "9" })]],
    ["retry: 1500\nevent: bye\ndata:x\n\n", [frame({ event: "bye", data: "x", retryMs: 1500 })]],
    ["data: a\ndata:  b\ndata\n\n", [frame({ data: "a\n b\n" })]],
    ["retry: soon\nother: x\n\n", [frame({})]],
    ["\n\n\n", []],
    ["data: cut off", []],
    ["data: cut off\n", []],
  ])("%j", (text, frames) => {
    expect(whole(text)).toEqual(frames);
  });

  test("are the same however the text is cut, and whatever ends its lines", () => {
    const line = fc.stringMatching(/^(id|data|event|retry|): ?[a-z0-9]{0,5}$/);
    fc.assert(
      fc.property(
        fc.array(fc.array(line, { maxLength: 4 }), { maxLength: 5 }),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.array(fc.nat(60)),
        (blocks, end, cuts) => {
          // What ends with a bare carriage return is only known to be over by what follows.
          const text = `${blocks.map((lines) => lines.map((one) => one + end).join("") + end).join("")}:${end}`;
          const read = frameReader();
          const ends = [...cuts, text.length].sort((a, b) => a - b);
          const pieces = ends.map((to, index) => text.slice(index === 0 ? 0 : ends[index - 1], to));
          expect(pieces.flatMap(read)).toEqual(whole(text));
          expect(whole(text)).toEqual(whole(text.replaceAll(end, "\n")));
        },
      ),
    );
  });
});
