import { describe, expect, test } from "vitest";
import { AutosubmitReadError } from "../../../src/errors.js";
import type { ConfigValue } from "../../../src/formats/config/config-value.js";
import { parseYaml } from "../../../src/formats/config/yaml.js";
import { show } from "./load-in-memory.js";

function failure(text: string): { code: string; line: number | null; column: number | null; message: string } {
  try {
    parseYaml(text);
  } catch (error) {
    if (error instanceof AutosubmitReadError) {
      return { code: error.code, line: error.line, column: error.column, message: error.message };
    }
    throw error;
  }
  throw new Error("no error");
}

const read = (text: string) => show(parseYaml(text));
const float = (value: number) => ({ float: value });
const tagged = (text: string) => ({ kind: "tagged", text });
const date = (text: string) => ({ kind: "date", text });

describe("the YAML dialect (formats reference §4.3)", () => {
  test.each<[string, unknown]>([
    ["00:05", "00:05"],
    ["10:30", "10:30"],
    ["190:20:30", "190:20:30"],
    ["yes", "yes"],
    ["no", "no"],
    ["on", "on"],
    ["off", "off"],
    ["y", "y"],
    ["true", true],
    ["True", true],
    ["TRUE", true],
    ["tRUE", "tRUE"],
    ["false", false],
    ["007", 7],
    ["089", 89],
    ["0o17", 15],
    ["0o8", "0o8"],
    ["0x1F", 31],
    ["0b11", 3],
    ["1_000", 1000],
    ["+12", 12],
    ["-0", 0],
    ["_1", "_1"],
    ["9007199254740993", 9007199254740993n],
    ["99999999999999999999999", 99999999999999999999999n],
    ["1e3", float(1000)],
    ["1.", float(1)],
    [".5", float(0.5)],
    ["12e", "12e"],
    [".5e3", ".5e3"],
    [".inf", float(Number.POSITIVE_INFINITY)],
    ["-.INF", float(Number.NEGATIVE_INFINITY)],
    [".nan", float(Number.NaN)],
    ["2020-01-01", date("2020-01-01")],
    ["2020-01-01 10:00:00", date("2020-01-01 10:00:00")],
    ["2020-1-2t3:04:05.5", date("2020-01-02T03:04:05.500000")],
    ["2020-01-01T10:00:00Z", date("2020-01-01T10:00:00+00:00")],
    ["2020-01-01 10:00:00 -3", date("2020-01-01 10:00:00-03:00")],
    ["2020-1-1", "2020-1-1"],
    ["~", null],
    ["null", null],
    ["", null],
    ["nULL", "nULL"],
    ["!tag x", tagged("x")],
    ["!!str 123", tagged("123")],
    ["!<tag:yaml.org,2002:str> 12", "12"],
    ["! 12", 12],
    ["!lit |\n  a\n  b\n", tagged("a\nb\n")],
    ['!!int "5"', 5],
    ['!!float "1"', float(1)],
    ["!!binary aGk=", { kind: "bytes", text: "b'hi'" }],
    ["!!set {a, b}", { kind: "set", text: "set(odict_keys(['a', 'b']))" }],
    ["!!omap [a: 1, b: 2]", { a: 1, b: 2 }],
    [
      "!!pairs [a: 1, a: 2]",
      [
        ["a", 1],
        ["a", 2],
      ],
    ],
    ["!foo {a: 1}", { a: 1 }],
    ["!bar [1]", [1]],
    ["<<", tagged("<<")],
    ["=", tagged("=")],
    ["&a true", 1],
    ["&a x", "x"],
    ["|\n  a\n  b", "a\nb"],
    ["|-\n  a\n", "a"],
    [">\n  a\n  b\n", "a b\n"],
    ['"a\\x41\\n"', "aA\n"],
    ["'it''s'", "it's"],
    ["x # comment", "x"],
    ["x#y", "x#y"],
  ])("%j", (text, value) => {
    expect(read(`a: ${text}`)).toEqual({ a: value });
  });

  test("a file may ask for the rules of YAML 1.1", () => {
    expect(read("%YAML 1.1\n---\na: yes\nb: 010\nc: 1:30\nd: 1:30.5")).toEqual({
      a: true,
      b: 8,
      c: 90,
      d: float(90.5),
    });
  });

  test("keys are what Python prints, and keep their order", () => {
    const map = parseYaml("'10': a\n2: b\n~: c\ntrue: d\n1e3: e\n2020-01-01: f\n[x, y]: g\n__proto__: h");
    expect(map instanceof Map && Array.from(map.keys())).toEqual([
      "10",
      "2",
      "None",
      "True",
      "1000.0",
      "2020-01-01",
      "('x', 'y')",
      "__proto__",
    ]);
  });

  test("merges stand after a mapping's own keys, which win; the first of several wins", () => {
    const map = parseYaml("m: &m {a: 1, c: 1}\nx:\n  <<: [*m, {c: 3, d: 4}]\n  b: 2\n  a: 0");
    expect(map instanceof Map && Array.from(map.get("x") as Map<string, ConfigValue>)).toEqual([
      ["b", 2],
      ["a", 0],
      ["c", 1],
      ["d", 4],
    ]);
  });

  test("an alias is the value of its anchor, the latest of that name", () => {
    expect(read("a: &x 1\nb: *x\nc: &x [1]\nd: *x")).toEqual({ a: 1, b: 1, c: [1], d: [1] });
    expect(read("a: &x [&x 7]\nb: *x")).toEqual({ a: [7], b: 7 });
  });

  test("an empty text, a comment and an empty document are null", () => {
    expect([parseYaml(""), parseYaml("# x\n"), parseYaml("---\n")]).toEqual([null, null, null]);
  });
});

describe("what Python accepts and js-yaml does not", () => {
  test.each([
    ["LIST: [\n  a,\n  b\n]\nB: 1\n", { LIST: ["a", "b"], B: 1 }],
    ["A:\n  L: {\n  c: 1\n  }\n  M: 2\n", { A: { L: { c: 1 }, M: 2 } }],
    ["A:\n- [a,\nb]\n", { A: [["a", "b"]] }],
    ['A:\n  B: "x\ny"\nC: 1\n', { A: { B: "x y" }, C: 1 }],
    ["A: ''#c\nB: [1]#c\nC: [\"x\"#c\n]\n", { A: "", B: [1], C: ["x"] }],
    ["T: |\n  [a\nL: [\n]\n", { T: "[a\n", L: [] }],
    ["P: it's [a\nL: [ # c ]\n 'b]', \"c\\\"\"\n]\n", { P: "it's [a", L: ["b]", 'c"'] }],
  ])("%j", (text, value) => {
    expect(read(text)).toEqual(value);
  });

  test("positions in such texts are those of the file", () => {
    expect(failure("A: [\nb\n]\nC: {d: 1,\ne: 1, e: 2}\n")).toMatchObject({ line: 5 });
    expect(failure("A: [\nb\n]\nC: [\n%\n]\n")).toMatchObject({ line: 5, column: 1 });
    expect(failure("A: [\n*b\n]\n")).toMatchObject({ line: 2, column: 1 });
  });
});

describe("errors", () => {
  test.each<[string, string, number, number]>([
    ["a duplicate key", "a: 1\nb: 2\na: 3", 3, 1],
    ["duplicate keys of different types", "1: a\ntrue: b", 2, 1],
    ["a duplicate null key", "~: 1\nnull: 2", 2, 1],
    ["a duplicate merge", "a: &m {x: 1}\n<<: *m\n<<: {y: 1}", 3, 1],
    ["a merge of something else", "a: 1\n<<: 1", 2, 5],
    ["an unknown alias", "a: *u", 1, 4],
    ["a cyclic anchor", "a: &b\n  c: *b", 2, 6],
    ["a second document", "a: 1\n---\nb: 2", 3, 1],
    ["a day that no calendar has", "a: 2020-02-30", 1, 4],
    ["an hour that no day has", "a: 2020-01-01 24:00:00", 1, 4],
    ["a number that is none", "a: !!int abc", 1, 4],
    ["a list that is no mapping", "a: !!map [1]", 1, 4],
    ["lists within a key", "? [[a]]\n: 1", 1, 3],
    ["an open bracket", "a: [1, 2", 1, 9],
    ["a mapping within a line", "a: b: c", 1, 5],
    ["a null byte", "a: \0", 1, 4],
    ["a control character", "a: \u0007", 1, 4],
  ])("%s is told with its place", (_what, text, line, column) => {
    expect(failure(text)).toMatchObject({ code: "CONFIG_INVALID", line, column });
  });

  test("a message names the key but never shows the content", () => {
    const { message } = failure('password: "secret-1"\nb: 1\nb: "secret-2"');
    expect(message).toContain('found duplicate key "b"');
    expect(message).not.toContain("secret");
    expect(failure("a: secret: b").message).not.toContain("secret");
  });
});
