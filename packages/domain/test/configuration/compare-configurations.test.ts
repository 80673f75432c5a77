import { describe, expect, test } from "vitest";
import { compareConfigurations, type JsonMap } from "../../src/configuration/compare-configurations.js";

describe("compareConfigurations", () => {
  test.each<[string, JsonMap, JsonMap, string[]]>([
    ["equal configurations do not differ", { A: { B: 1 } }, { A: { B: 1 } }, []],
    ["a changed value is named with the mappings above it", { A: { B: { C: 1 } } }, { A: { B: { C: 2 } } }, ["A", "A.B", "A.B.C"]],
    ["a new key is a change", { A: { B: 1, C: 2 } }, { A: { B: 1 } }, ["A", "A.C"]],
    ["a key that only the run had is not", { A: 1 }, { A: 1, B: 2 }, []],
    ["null and an absent key are equal", { A: null }, {}, []],
    ["a text and a whole number are compared as texts", { A: "4", B: 4, C: "04" }, { A: 4, B: "4", C: 4 }, ["C"]],
    ["truth values are whole numbers for Python", { A: true, B: "True", C: "true" }, { A: 1, B: true, C: true }, ["C"]],
    ["a text and a fraction always differ", { A: "1.5" }, { A: 1.5 }, ["A"]],
    ["a mapping in place of a value is one change", { A: { B: 1 } }, { A: "x" }, ["A"]],
    ["lists are compared item by item", { A: [1, { B: 2 }], C: [1] }, { A: [1, { B: 2 }], C: [1, 2] }, ["C"]],
    ["the order of keys does not matter", { A: [{ B: 1, C: 2 }] }, { A: [{ C: 2, B: 1 }] }, []],
    ["inherited properties are no keys", { constructor: 1 }, {}, ["constructor"]],
  ])("%s", (_rule, files, run, differences) => {
    expect(compareConfigurations(files, run).sort()).toEqual([...differences].sort());
  });
});
