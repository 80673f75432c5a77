import { expect, test } from "vitest";
import { freeMemory } from "../../src/render/free-memory.js";

test("a buffer whose memory was given back is empty, and that may be said twice", () => {
  const buffer = new ArrayBuffer(10_000_000);
  const view = new Uint8Array(buffer);
  freeMemory(buffer);
  freeMemory(buffer);
  expect([buffer.byteLength, view.byteLength]).toEqual([0, 0]);
});
