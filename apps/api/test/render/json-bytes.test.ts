import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lazyList, lazyMap } from "../../src/presenters/lazy-list.js";
import { jsonBytes } from "../../src/render/json-bytes.js";

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe("jsonBytes", () => {
  test("is what JSON.stringify says, with lazy lists and without", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), (items, other) => {
        const plain = { first: other, items, last: [] };
        const lazy = { first: other, items: lazyMap(items, (item) => item), last: lazyList(0, () => null) };
        expect(textOf(jsonBytes(plain))).toBe(JSON.stringify(plain));
        expect(textOf(jsonBytes(lazy))).toBe(JSON.stringify(plain));
        expect(JSON.stringify(lazy)).toBe(JSON.stringify(plain));
      }),
    );
  });

  test("makes no item twice", () => {
    let made = 0;
    const list = lazyList(3, (index) => {
      made += 1;
      return index;
    });
    expect(textOf(jsonBytes({ list }))).toBe('{"list":[0,1,2]}');
    expect(made).toBe(3);
  });

  test("grows for lists of any length, with wide characters and items of uneven size", () => {
    const items = Array.from({ length: 20_000 }, (_, index) => "ü€😀".repeat(index % 50));
    const body = { before: "x".repeat(200_000), list: lazyMap(items, (item) => item) };
    expect(textOf(jsonBytes(body))).toBe(JSON.stringify({ before: body.before, list: items }));
  });

  test("large items are made one at a time, among small ones too", () => {
    let [making, most] = [0, 0];
    const list = lazyList(2_000, (index) => ({
      toJSON: () => {
        making -= 1;
        return index < 1_000 ? index : "x".repeat(100_000);
      },
    }));
    const counted = lazyList(list.length, (index) => {
      making += 1;
      if (index > 1_100) most = Math.max(most, making);
      return list.itemAt(index);
    });
    jsonBytes({ list: counted });
    expect(most).toBe(1);
  });

  test("leaves out what is undefined and writes null for what JSON cannot say", () => {
    const body = { list: lazyMap([Number.NaN], (item) => item), none: undefined, number: Number.POSITIVE_INFINITY };
    expect(textOf(jsonBytes(body))).toBe('{"list":[null],"number":null}');
  });

  test("has a buffer of its own, without much to spare", () => {
    for (const body of [{ a: 1 }, { list: lazyMap(Array.from({ length: 50_000 }, String), (item) => item) }]) {
      const bytes = jsonBytes(body);
      expect(bytes.byteOffset).toBe(0);
      expect(bytes.buffer.byteLength).toBeLessThan(bytes.length / 0.8);
      structuredClone(bytes, { transfer: [bytes.buffer as ArrayBuffer] });
    }
  });

  test.each([null, "text", 5, [1, 2]])("writes %j, which is no object, as it is", (body) => {
    expect(textOf(jsonBytes(body))).toBe(JSON.stringify(body));
  });
});
