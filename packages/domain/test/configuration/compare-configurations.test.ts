import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ConfigMap, ConfigValue } from "autosubmit-reader";
import { describe, expect, test } from "vitest";
import { compareConfigurations } from "../../src/configuration/compare-configurations.js";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function configValue(json: Json): ConfigValue {
  if (Array.isArray(json)) return json.map(configValue);
  if (typeof json === "number" && !Number.isInteger(json)) return { kind: "float", value: json };
  return typeof json === "object" && json !== null ? configMap(json) : json;
}

function configMap(json: { [key: string]: Json }): ConfigMap {
  return new Map(Object.entries(json).map(([key, value]) => [key, configValue(value)]));
}

describe("compareConfigurations", () => {
  test.each<[string, { [key: string]: Json }, { [key: string]: Json }, string[]]>([
    ["equal configurations do not differ", { A: { B: 1 } }, { A: { B: 1 } }, []],
    [
      "a changed value is named with the mappings above it",
      { A: { B: { C: 1 } } },
      { A: { B: { C: 2 } } },
      ["A", "A.B", "A.B.C"],
    ],
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
    expect(compareConfigurations(configMap(files), configMap(run)).sort()).toEqual([...differences].sort());
  });

  test.each<[string, ConfigValue, ConfigValue, boolean]>([
    ["1.0 equals 1", { kind: "float", value: 1 }, 1, true],
    ["1.0 and the text 1 differ", { kind: "float", value: 1 }, "1", false],
    ["big numbers compare by value", 2n ** 64n, 2n ** 64n, true],
    ["a big number and its text are equal", 2n ** 64n, "18446744073709551616", true],
    ["NaN equals nothing", { kind: "float", value: Number.NaN }, { kind: "float", value: Number.NaN }, false],
  ])("%s", (_rule, files, run, isEqual) => {
    expect(compareConfigurations(new Map([["A", files]]), new Map([["A", run]]))).toEqual(isEqual ? [] : ["A"]);
  });
});

const GOLDEN = resolve(import.meta.dirname, "../../../../../shared/conformance/golden");

describe.skipIf(!existsSync(GOLDEN))("compareConfigurations and the reference", () => {
  const workspaces = existsSync(GOLDEN) ? readdirSync(GOLDEN) : [];

  test.each(workspaces)("%s: the same differences between the same configurations", (workspace) => {
    const cases = JSON.parse(readFileSync(join(GOLDEN, workspace, "v3.cconfig.json"), "utf8"));
    for (const { path, body } of cases) {
      if (body.differences === undefined) continue;
      const found = compareConfigurations(
        configMap(body.configuration_filesystem),
        configMap(body.configuration_current_run),
      );
      expect({ path, differences: found.sort() }).toEqual({ path, differences: body.differences.sort() });
    }
  });
});
