import { describe, expect, test } from "vitest";
import { KeptMemory, takeKeptMemory } from "../src/kept-memory.js";

const MIB = 2 ** 20;

describe("kept memory", () => {
  test("is lent again once it was given back, to whoever needs no more", () => {
    const memory = new KeptMemory();
    const first = memory.borrow(2 * MIB);
    memory.giveBack(first);
    expect(memory.borrow(MIB)).toBe(first);
  });

  test("is never lent twice at a time", () => {
    const memory = new KeptMemory();
    memory.giveBack(memory.borrow(MIB));
    const [one, other] = [memory.borrow(MIB), memory.borrow(MIB)];
    expect(one).not.toBe(other);
  });

  test("is new where what is kept is too small, and the larger piece is kept", () => {
    const memory = new KeptMemory();
    const small = memory.borrow(MIB);
    const large = memory.borrow(3 * MIB);
    expect(large.byteLength).toBe(3 * MIB);
    memory.giveBack(large);
    memory.giveBack(small);
    expect(memory.borrow(MIB)).toBe(large);
  });

  test("leaves small pieces to the allocator", () => {
    const memory = new KeptMemory();
    const lent = memory.borrow(1000);
    memory.giveBack(lent);
    expect(memory.borrow(1000)).not.toBe(lent);
  });

  test("is taken as a whole by who needs the room more", () => {
    takeKeptMemory();
    const memory = new KeptMemory();
    const lent = memory.borrow(1_000_000);
    expect(takeKeptMemory()).toEqual([]);
    memory.giveBack(lent);
    const taken = takeKeptMemory();
    expect([taken.length, taken[0] === lent, takeKeptMemory().length]).toEqual([1, true, 0]);
    expect(memory.borrow(1_000_000)).not.toBe(lent);
  });
});
