import { describe, expect, test } from "vitest";
import type { ConfigMap, ConfigValue } from "../../../src/formats/config/config-value.js";
import { comparableConfiguration, configurationAnswer } from "../../../src/formats/config/configuration-answers.js";
import { configurationJson, containsNones, plainConfiguration } from "../../../src/formats/config/plain.js";
import { parseYaml } from "../../../src/formats/config/yaml.js";
import { show } from "./load-in-memory.js";

function yaml(text: string): ConfigMap {
  const parsed = parseYaml(text);
  if (!(parsed instanceof Map)) throw new Error("a mapping is expected");
  return parsed;
}

describe("plain configurations (formats reference §4.7)", () => {
  const data = yaml(
    "a: !t x\nb: 2020-01-01\nc: !!set {x}\nd: !!binary aGk=\ne: .nan\nf: -.inf\ng: [1.5, !t y]\nh: {i: ~}",
  );

  test("tags are their texts, what JSON has no word for is null", () => {
    const common = { a: "x", c: null, d: null, e: null, f: null, g: [{ float: 1.5 }, "y"], h: { i: null } };
    expect(show(plainConfiguration(data, "null"))).toEqual({ ...common, b: null });
    expect(show(plainConfiguration(data, "text"))).toEqual({ ...common, b: "2020-01-01" });
  });

  test("contains_nones looks at the top level only, before dates become null", () => {
    expect(containsNones(data)).toBe(false);
    expect(containsNones(new Map([["a", null]]))).toBe(true);
    expect(containsNones(new Map())).toBe(true);
    expect(configurationAnswer(data).get("contains_nones")).toBe(false);
  });
});

describe("configurationJson", () => {
  test("keeps the order of all keys and every digit", () => {
    const json = configurationJson(
      yaml("'10': 1\n'2': 1.0\nb: 1e16\nc: 99999999999999999999\n__proto__: [~, true]\nd: \"é\\n\""),
    );
    expect(json).toBe('{"10":1,"2":1.0,"b":1e+16,"c":99999999999999999999,"__proto__":[null,true],"d":"é\\n"}');
    expect(() => JSON.parse(json)).not.toThrow();
  });

  test("is valid JSON for everything", () => {
    const values: ConfigValue[] = [
      { kind: "float", value: Number.NaN },
      { kind: "float", value: Number.NEGATIVE_INFINITY },
      { kind: "float", value: -0 },
      { kind: "float", value: 1e-7 },
      { kind: "date", text: "x" },
    ];
    expect(configurationJson(values)).toBe("[null,null,-0.0,1e-07,null]");
    expect(JSON.parse(configurationJson(values))).toEqual([null, null, -0, 1e-7, null]);
  });
});

describe("the sides of v3's comparison", () => {
  test("INI: only the five keys, without the repeated EXPID", () => {
    const data = yaml(
      "conf: {a: {EXPID: x}}\nEXP: {}\nexp: {experiment: {EXPID: x}, git: {EXPID: x, B: 1}, c: text}\nother: 1",
    );
    expect(show(comparableConfiguration(data, "ini"))).toEqual({
      conf: { a: { EXPID: "x" } },
      EXP: {},
      exp: { experiment: { EXPID: "x" }, git: { B: 1 }, c: "text" },
      contains_nones: false,
    });
  });

  test("YAML: everything; no configuration is only contains_nones", () => {
    expect(show(comparableConfiguration(yaml("A: 2020-01-01\nB: ~"), "yaml"))).toEqual({
      A: "2020-01-01",
      B: null,
      contains_nones: true,
    });
    expect(show(comparableConfiguration(null, "yaml"))).toEqual({ contains_nones: true });
  });

  test("the configuration given is not changed", () => {
    const data = yaml("exp: {git: {EXPID: x}}");
    comparableConfiguration(data, "ini");
    expect(show(data)).toEqual({ exp: { git: { EXPID: "x" } } });
  });
});
