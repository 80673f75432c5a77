import fc from "fast-check";
import { expect, test } from "vitest";
import { bodyBytes } from "../../src/render/body-bytes.js";

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const lazyText = (pieces: readonly string[]) => ({
  pieceCount: pieces.length,
  pieceAt: (index: number) => pieces[index] ?? "",
});

test("a text is its pieces, one after the other", () => {
  const pieces = fc.array(fc.string({ unit: "grapheme", maxLength: 400 }), { maxLength: 300 });
  fc.assert(fc.property(pieces, (texts) => textOf(bodyBytes(lazyText(texts))) === texts.join("")));
});

test("a text outgrows its buffer, however unlike its beginning it goes on", () => {
  const pieces = ["", ...Array.from({ length: 2_000 }, (_, index) => "ü".repeat(index))];
  expect(textOf(bodyBytes(lazyText(pieces)))).toBe(pieces.join(""));
});

test("anything else is JSON", () => {
  expect(textOf(bodyBytes({ a: [1, "b"] }))).toBe('{"a":[1,"b"]}');
  expect(textOf(bodyBytes({ pieces: [] }))).toBe('{"pieces":[]}');
});

test("the buffer can be transferred and holds nothing else", () => {
  const bytes = bodyBytes(lazyText(["abc"]));
  expect([bytes.byteOffset, bytes.buffer.byteLength]).toEqual([0, 3]);
});
