import { randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { inPieces } from "../../src/routes/in-pieces.js";

test("a small body is sent as it is", () => {
  const body = randomBytes(1000);
  expect(inPieces(body)).toBe(body);
});

test("a large body is sent whole, and others get their turn meanwhile", async () => {
  const body = randomBytes(5_000_001);
  const sent = inPieces(body);
  if (Buffer.isBuffer(sent)) throw new Error("in one piece");
  let turns = 0;
  let done = false;
  const count = () => {
    turns += 1;
    if (!done) setImmediate(count);
  };
  setImmediate(count);
  const received = await buffer(sent);
  done = true;
  expect(received.equals(body)).toBe(true);
  expect(turns).toBeGreaterThanOrEqual(9);
});
