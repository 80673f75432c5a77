import { describe, expect, test } from "vitest";
import { AutosubmitReadError } from "../../../src/errors.js";
import { type Files, loadInMemory, show } from "./load-in-memory.js";

const load = (files: Files) => show(loadInMemory({ files }).data) as Record<string, unknown>;
const one = (text: string) => load({ "a.yml": text });

describe("placeholders (formats reference §4.5)", () => {
  const VALUES =
    "S: {K: v, N: 12, F: 1.5, T: true, O: false, Z: 0, E: '', M: {a: 1}, EM: {}, L: [1, two], EL: [], D: 2020-01-01}";

  test.each([
    ["%S.K%", "v"],
    ["%s.k%", "v"],
    ["a%S.K%b%S.N%c", "avb12c"],
    ["%S.N%", "12"],
    ["%S.F%", "1.5"],
    ["%S.T%", "True"],
    ["%S.O%", "False"],
    ["%S.Z%", "0"],
    ["%S.M%", "{'A': 1}"],
    ["%S.L%", "[1, 'two']"],
    ["%S.D%", "2020-01-01"],
    ["%S.E%", "%S.E%"],
    ["%S.EM%", "%S.EM%"],
    ["%S.EL%", "%S.EL%"],
    ["%S.X%", "%S.X%"],
    ["%NOPE.X.Y%", "%NOPE.X.Y%"],
    ["%CHUNK%", "%CHUNK%"],
    ["%EXPID%", "%EXPID%"],
    ["100 % of %S.K% and %d", "100 % of v and %d"],
    ["%S.K^^% %S.K%", "V v"],
    ["%ROOTDIR,,%", "%ROOTDIR,,%"],
    ["%%", "%%"],
  ])("%s becomes %s", (text, value) => {
    expect(one(`${VALUES}\nX: "${text}"`).X).toBe(value);
  });

  test("in items of lists, of texts only", () => {
    expect(one('A: x\nL: ["%A%", b, "%A%%A%"]').L).toEqual(["x", "b", "xx"]);
    expect(() => one('A: x\nL: ["%A%", 1]')).toThrow(AutosubmitReadError);
  });

  test("a list of one text with two of them comes out as garbled as in Autosubmit", () => {
    expect(one('A: x\nB: y\nL: ["%A% %B%"]').L).toEqual(["x yAx y y"]);
    expect(one('A: x\nB: y\nL: ["%A% %B%", z]').L).toEqual(["x y", "z"]);
  });

  test("a chain of values is followed, a circle stays", () => {
    expect(one('A: "%B%"\nB: "%C%"\nC: x')).toMatchObject({ A: "x", B: "x" });
    const { A, B } = one('A: "%B%"\nB: "%A%"');
    expect(`${A}${B}`).toMatch(/^(%[AB]%){2}$/);
  });

  test("keys are not filled in", () => {
    expect(one('A: x\nB: {"%A%": 1}').B).toEqual({ "%A%": 1 });
    expect(one('VARS: {D: SIM}\nJOBS: {A: {DEPENDENCIES: "%VARS.D%"}}')).toMatchObject({
      JOBS: { A: { DEPENDENCIES: { "%VARS.D%": {} } } },
    });
  });

  test("early: the value that holds when the file is added", () => {
    expect(load({ "a.yml": 'X: a\nY: "%X%"', "b.yml": "X: b" }).Y).toBe("a");
    expect(load({ "a.yml": 'Y: "%X%"', "b.yml": "X: b" }).Y).toBe("b");
  });

  test("late: the final value, with %^NAME%", () => {
    expect(load({ "a.yml": 'X: a\nY: "%^X%"\nL: ["p%^X%"]', "b.yml": "X: b" })).toMatchObject({ Y: "b", L: ["pb"] });
    expect(one('A: {X: 1}\nB: "%^A.X%"').B).toBe("1");
  });

  test("a path through a text fails, as in Autosubmit", () => {
    expect(() => one('A: text\nB: "%A.X%"')).toThrow("leads through a value that is no mapping");
  });

  test("a value that refers to itself is refused before it fills the memory", () => {
    expect(() => one(`A: "x%A%y%A%"\n`)).toThrow(AutosubmitReadError);
    const doubling = Array.from({ length: 40 }, (_, i) => `A${i}: "%A${i + 1}%%A${i + 1}%"`).join("\n");
    expect(() => one(`${doubling}\nA40: xxxxxxxxxx`)).toThrow(AutosubmitReadError);
  });
});

describe("FOR loops (formats reference §4.6)", () => {
  test("a copy for each name, after the other keys; the original is gone", () => {
    const { data } = loadInMemory({
      files: {
        "a.yml": `
JOBS:
  A:
    FOR: {NAME: [x, Yy], SPLITS: [1, 2], DEPENDENCIES: [{s: {}}, {t: {}}]}
    FILE: "f_%NAME%.sh"
  B: {FILE: b}`,
      },
    });
    expect(show(data.get("JOBS"))).toMatchObject({
      A_X: { FILE: "f_x.sh", NAME: "x", SPLITS: "1", DEPENDENCIES: { S: {} } },
      A_YY: { FILE: "f_Yy.sh", NAME: "Yy", SPLITS: "2", DEPENDENCIES: { T: {} } },
    });
    expect(Array.from((data.get("JOBS") as Map<string, unknown>).keys())).toEqual(["B", "A_X", "A_YY"]);
  });

  test.each<[string, string[]]>([
    ["[a, b]", ["S_A", "S_B"]],
    ['"a, b"', ["S_A", "S_B"]],
    ['"%L%"', ["S_P", "S_Q"]],
    ['"%T%"', ["S_P", "S_Q"]],
    ["[1, 2]", ["S_1", "S_2"]],
    ['[a, "%NOPE%"]', ["S_A"]],
    [`["it's", b]`, [`S_"ITS"`, "S_B"]],
  ])("NAME: %s", (names, keys) => {
    const { TOP } = one(`L: [p, q]\nT: "p, q"\nTOP: {S: {FOR: {NAME: ${names}}}}`);
    expect(Object.keys(TOP as object)).toEqual(keys);
  });

  test("lists within lists are mangled as in Autosubmit", () => {
    expect(one("T: {S: {FOR: {NAME: [a, b], N: [[1,2],[3,4]]}}}").T).toEqual({
      S_A: { NAME: "a", N: "1" },
      S_B: { NAME: "b", N: "2]" },
    });
  });

  test("loops within loops are written out from the inside", () => {
    const text = "T:\n  S:\n    FOR: {NAME: [a, b]}\n    U:\n      FOR: {NAME: [c]}\n      x: 1";
    expect(one(text).T).toEqual({
      S_A: { U_C: { X: 1, NAME: "c" }, NAME: "a" },
      S_B: { U_C: { X: 1, NAME: "c" }, NAME: "b" },
    });
  });

  test.each([
    "FOR: {NAME: [a]}",
    "T: {FOR: text}",
    "T: {FOR: {NAME: []}}",
    "T: {FOR: {NAME: ''}}",
    "T: {FOR: {NAME: ~}}",
    "T: {FOR: {NAME: [a, b], N: [1]}}",
    "T: {FOR: {N: [1]}}",
    "T: {FOR: {NAME: [{a: 1}]}}",
  ])("%s fails, as in Autosubmit", (text) => {
    expect(() => one(text)).toThrow(AutosubmitReadError);
  });
});
