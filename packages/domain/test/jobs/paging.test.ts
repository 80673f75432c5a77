import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pageOf, type Stretch, stretchAfter } from "../../src/jobs/paging.js";

const key = (item: string) => item;

describe("pageOf", () => {
  it("cuts pages of a size", () => {
    expect(pageOf(["a", "b", "c"], 2, 2)).toEqual({ items: ["c"], page: 2, pageSize: 2, pageCount: 2, itemCount: 3 });
    expect(pageOf(["a"], 5, 2)).toMatchObject({ items: [], page: 5 });
  });

  it("is the whole list without a size", () => {
    for (const size of [null, 0, -1]) {
      expect(pageOf(["a", "b"], 3, size)).toEqual({
        items: ["a", "b"],
        page: 1,
        pageSize: null,
        pageCount: 1,
        itemCount: 2,
      });
    }
  });
});

describe("stretchAfter", () => {
  it("goes through the whole list, each item once", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 })), fc.integer({ min: 1, max: 5 }), (items, limit) => {
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const stretch: Stretch<string> | null = stretchAfter(items, key, { cursor, limit });
          seen.push(...(stretch?.items ?? []));
          cursor = stretch?.nextCursor ?? null;
        } while (cursor !== null);
        expect(seen).toEqual(items);
      }),
    );
  });

  it("goes on where it was when the list changed before it", () => {
    const first = stretchAfter(["a", "b", "c"], key, { cursor: null, limit: 2 });
    const cursor = first?.nextCursor ?? null;
    expect(stretchAfter(["x", "y", "a", "b", "c"], key, { cursor, limit: 2 })?.items).toEqual(["c"]);
    expect(stretchAfter(["b", "c"], key, { cursor, limit: 2 })?.items).toEqual(["c"]);
  });

  it("refuses a cursor whose item is gone, and texts that are no cursor", () => {
    const cursor = stretchAfter(["a", "b", "c"], key, { cursor: null, limit: 1 })?.nextCursor ?? null;
    expect(stretchAfter(["b", "c"], key, { cursor, limit: 1 })).toBeNull();
    for (const text of ["", "!", "99999999999.a", "bm8"])
      expect(stretchAfter(["a"], key, { cursor: text, limit: 1 })).toBeNull();
  });
});
