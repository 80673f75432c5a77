import { describe, expect, test } from "vitest";
import { entityTag, findEntityTag, singleContentTag } from "../../src/routes/entity-tags.js";

const CONTENT = '"a-0_b"';

describe("entity tags", () => {
  test("differ by coding", () => {
    expect(["identity" as const, "br" as const, "gzip" as const].map((coding) => entityTag(CONTENT, coding))).toEqual([
      '"a-0_b"',
      '"a-0_b.br"',
      '"a-0_b.gzip"',
    ]);
  });

  test.each([
    [undefined, null],
    ["", null],
    ['"other"', null],
    ["a-0_b", null],
    ['"a-0_b"', '"a-0_b"'],
    ['W/"a-0_b.br"', '"a-0_b.br"'],
    ['"x", "a-0_b.gzip" , "y"', '"a-0_b.gzip"'],
    ["*", '"a-0_b.br"'],
  ])("If-None-Match: %s names %s", (header, found) => expect(findEntityTag(header, CONTENT, "br")).toBe(found));

  test.each([
    [undefined, undefined],
    ['"a-0_b"', CONTENT],
    ['W/"a-0_b.br" ', CONTENT],
    ['"a", "b"', undefined],
    ["*", undefined],
  ])("%s is the content %s, if it is one", (header, tag) => expect(singleContentTag(header)).toBe(tag));
});
