import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SourceCorruptError } from "../../../src/errors.js";
import { configurationJson } from "../../../src/formats/config/plain.js";
import { parsePythonJson } from "../../../src/formats/config/python-json.js";
import { show } from "./load-in-memory.js";

const read = (text: string) => show(parsePythonJson(text, "metadata"));

describe("parsePythonJson", () => {
  test.each<[string, unknown]>([
    ["NaN", { float: Number.NaN }],
    ["[Infinity, -Infinity]", [{ float: Number.POSITIVE_INFINITY }, { float: Number.NEGATIVE_INFINITY }]],
    ["1.0", { float: 1 }],
    ["1e3", { float: 1000 }],
    ["-0", 0],
    ["12345678901234567890", 12345678901234567890n],
    [' {"a" : [ ] , "b":{}} \n', { a: [], b: {} }],
    ['"\\u00e9\\ud83d\\ude00\\n"', "é😀\n"],
    ["null", null],
    ["true", true],
    ['{"a": 1, "a": 2}', { a: 2 }],
  ])("%s", (text, value) => {
    expect(read(text)).toEqual(value);
  });

  test("keeps the order of keys", () => {
    const parsed = parsePythonJson('{"b": 1, "10": 2, "2": 3, "__proto__": 4}', "metadata");
    expect(parsed instanceof Map && Array.from(parsed.keys())).toEqual(["b", "10", "2", "__proto__"]);
  });

  test.each([
    ["", 0],
    ["{", 1],
    ['{"a" 1}', 5],
    ["[1,]", 3],
    ["[1 2]", 3],
    ["nul", 0],
    ["01", 1],
    ['"a', 2],
    ['"a\\', 4],
    ['"\\x"', 0],
    ['"\n"', 0],
    ["1 2", 2],
    ["{1: 2}", 1],
    ["[".repeat(1000), 201],
    ["1".repeat(5000), 0],
  ])("%j fails at character %d", (text, offset) => {
    try {
      parsePythonJson(text, "metadata");
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof SourceCorruptError)) throw error;
      expect(error.offset).toBe(offset);
      expect(error.message).toContain("metadata: ");
    }
  });

  test("reads whatever JSON.stringify writes, and writes it back the same", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const parsed = parsePythonJson(JSON.stringify(value), "x");
        expect(JSON.parse(configurationJson(parsed))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("no text makes it throw anything else", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      "\\",
      "a",
      "1",
      "-",
      ".",
      "e",
      " ",
      "NaN",
      "null",
      "\u0000",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        try {
          parsePythonJson(parts.join(""), "x");
        } catch (error) {
          expect(error).toBeInstanceOf(SourceCorruptError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
