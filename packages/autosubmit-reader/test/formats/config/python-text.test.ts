import { describe, expect, test } from "vitest";
import type { ConfigValue } from "../../../src/formats/config/config-value.js";
import { pythonInt } from "../../../src/formats/config/python-int.js";
import { joinPath, purePath } from "../../../src/formats/config/python-path.js";
import { pythonFloat, pythonRepr, pythonStr, pythonStrip } from "../../../src/formats/config/python-text.js";

describe("what Python prints", () => {
  test.each<[ConfigValue, string]>([
    [12, "12"],
    [2n ** 70n, "1180591620717411303424"],
    [true, "True"],
    [null, "None"],
    ["it's", "it's"],
    [[1, "two", null, ["x"]], "[1, 'two', None, ['x']]"],
    [
      new Map<string, ConfigValue>([
        ["A", 1],
        ["B", new Map()],
      ]),
      "{'A': 1, 'B': {}}",
    ],
    [{ kind: "date", text: "2020-01-01" }, "2020-01-01"],
  ])("str(%s)", (value, text) => {
    expect(pythonStr(value)).toBe(text);
  });

  test.each([
    ["a", "'a'"],
    ["it's", `"it's"`],
    [`it's "x"`, `'it\\'s "x"'`],
    ["a\\b\n\t\r", "'a\\\\b\\n\\t\\r'"],
    ["\u0000\u007f\u00a0", "'\\x00\\x7f\\xa0'"],
    ["é 😀", "'é 😀'"],
    ["\u2028\u{e0001}", "'\\u2028\\U000e0001'"],
  ])("repr(%j)", (text, repr) => {
    expect(pythonRepr(text)).toBe(repr);
  });

  test.each([
    [1, "1.0"],
    [-0, "-0.0"],
    [0.1, "0.1"],
    [1e15, "1000000000000000.0"],
    [1e16, "1e+16"],
    [1.5e300, "1.5e+300"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [1.25e-7, "1.25e-07"],
    [123456789.125, "123456789.125"],
    [Number.NaN, "nan"],
    [Number.NEGATIVE_INFINITY, "-inf"],
  ])("the float %d", (value, text) => {
    expect(pythonFloat(value)).toBe(text);
  });
});

test.each<[ConfigValue | undefined, number | null]>([
  ["12", 12],
  [" -1_0 ", -10],
  ["1.5", null],
  ["", null],
  [{ kind: "float", value: 2.9 }, 2],
  [{ kind: "float", value: Number.NaN }, null],
  [true, 1],
  [5n, 5],
  [null, null],
  [undefined, null],
  [[1], null],
])("int(%s)", (value, number) => {
  expect(pythonInt(value)).toBe(number);
});

test.each([
  ["[[a]]", "[]", "a"],
  [" a b ", " ", "a b"],
  ["''", "' ", ""],
])("%j without %j around it", (text, characters, stripped) => {
  expect(pythonStrip(text, characters)).toBe(stripped);
});

test("paths are joined and cleaned as in Python", () => {
  expect(joinPath("/a", "b", "")).toBe("/a/b/");
  expect(joinPath("/a", "/b", "c")).toBe("/b/c");
  expect(["/a//b/./c/", "//a", "///a", "", ".", "a/../b", "/"].map(purePath)).toEqual([
    "/a/b/c",
    "//a",
    "/a",
    ".",
    ".",
    "a/../b",
    "/",
  ]);
});
