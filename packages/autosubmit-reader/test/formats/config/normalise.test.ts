import { describe, expect, test } from "vitest";
import { AutosubmitReadError } from "../../../src/errors.js";
import { createLoadContext } from "../../../src/formats/config/load-context.js";
import { normaliseConfiguration } from "../../../src/formats/config/normalise.js";
import { parseYaml } from "../../../src/formats/config/yaml.js";
import { show } from "./load-in-memory.js";

function normalise(text: string, strict = false): unknown {
  const parsed = parseYaml(text);
  if (!(parsed instanceof Map)) throw new Error("a mapping is expected");
  normaliseConfiguration(parsed, strict, createLoadContext());
  return show(parsed);
}

const job = (text: string, strict = false) => normalise(`jobs: {a: {${text}}}`, strict);
const wrapper = (text: string, strict = false) => normalise(`wrappers: {w: {${text}}}`, strict);

describe("keys (formats reference §4.4)", () => {
  test("are upper case, at any depth and in mappings within lists, but not in lists within lists", () => {
    expect(normalise("a: {b: {c: x}}\nl: [{d: 1}, e, [{f: 1}]]\n2: x\n~: y\ntrue: z")).toEqual({
      A: { B: { C: "x" } },
      L: [{ D: 1 }, "e", [{ f: 1 }]],
      "2": "x",
      NONE: "y",
      TRUE: "z",
    });
  });

  test("the later of two that become one wins", () => {
    expect(normalise("a: 1\nA: 2")).toEqual({ A: 2 });
  });
});

test("HPCARCH is upper case, other values are not touched", () => {
  expect(normalise("default: {hpcarch: mn5}\njobs: {a: {platform: mn5}}")).toEqual({
    DEFAULT: { HPCARCH: "MN5" },
    JOBS: { A: { PLATFORM: "mn5" } },
  });
});

describe("JOBS", () => {
  test.each<[string, unknown]>([
    ["DEPENDENCIES: sim ini-1", { SIM: {}, "INI-1": {} }],
    ['DEPENDENCIES: "a  b"', { A: {}, "": {}, B: {} }],
    ['DEPENDENCIES: ""', { "": {} }],
    ["DEPENDENCIES: [a]", {}],
    ["DEPENDENCIES: ~", {}],
    ["DEPENDENCIES: {a: {status: running}}", { A: { STATUS: "RUNNING", ANY_FINAL_STATUS_IS_VALID: true } }],
    ["DEPENDENCIES: {a: {status: failed}}", { A: { STATUS: "FAILED", ANY_FINAL_STATUS_IS_VALID: false } }],
    ['DEPENDENCIES: {a: {status: "failed?"}}', { A: { STATUS: "FAILED", ANY_FINAL_STATUS_IS_VALID: true } }],
    ["DEPENDENCIES: {a: {status: ''}}", { A: { STATUS: "" } }],
    ["DEPENDENCIES: {a: ~}", { A: null }],
    [
      "DEPENDENCIES: {a: {status: 'x?', ANY_FINAL_STATUS_IS_VALID: true}}",
      { A: { STATUS: "X?", ANY_FINAL_STATUS_IS_VALID: true } },
    ],
  ])("%s", (text, dependencies) => {
    expect(job(text)).toEqual({ JOBS: { A: { DEPENDENCIES: dependencies } } });
  });

  test.each<[string, Record<string, unknown>]>([
    ["FILE: a.sh", { FILE: "a.sh" }],
    ['FILE: "a.sh, b.sh,c.sh"', { FILE: "a.sh", ADDITIONAL_FILES: ["b.sh", "c.sh"] }],
    ['FILE: "a.sh b.sh"', { FILE: "a.sh", ADDITIONAL_FILES: ["b.sh"] }],
    ["FILE: [a.sh, ' b.sh ']", { FILE: "a.sh", ADDITIONAL_FILES: ["b.sh"] }],
    ["WALLCLOCK: 00:05", { WALLCLOCK: "00:05" }],
    ["WALLCLOCK: '1:02:03'", { WALLCLOCK: "1:02" }],
    ["WALLCLOCK: '100:02:03'", { WALLCLOCK: "100:02:03" }],
    ["WALLCLOCK: ~", { WALLCLOCK: null }],
    ["NOTIFY_ON: 'failed, completed'", { NOTIFY_ON: ["FAILED", "COMPLETED"] }],
    ["NOTIFY_ON: 'failed  completed'", { NOTIFY_ON: ["FAILED", "COMPLETED"] }],
    ["NOTIFY_ON: [failed, ' x ']", { NOTIFY_ON: ["FAILED", "X"] }],
    ["CUSTOM_DIRECTIVES: ['#SBATCH -A x', '#SBATCH -B']", { CUSTOM_DIRECTIVES: "['#SBATCH -A x', '#SBATCH -B']" }],
    ["CUSTOM_DIRECTIVES: text", { CUSTOM_DIRECTIVES: "text" }],
    [`CUSTOM_DIRECTIVES: ["it's", 1, ~, true]`, { CUSTOM_DIRECTIVES: `["it's", 1, None, True]` }],
  ])("%s", (text, settings) => {
    expect(job(text)).toEqual({ JOBS: { A: settings } });
  });

  test("the strict form adds what is missing", () => {
    expect(job("x: 1", true)).toEqual({ JOBS: { A: { X: 1, DEPENDENCIES: {}, FILE: "", ADDITIONAL_FILES: [] } } });
  });
});

describe("WRAPPERS", () => {
  test.each<[string, unknown]>([
    ["sim post", ["SIM", "POST"]],
    ["'sim, post'", ["SIM", "POST"]],
    ["sim&post", ["SIM", "POST"]],
    ["[sim, ' post ']", ["SIM", "POST"]],
    ['"[SIM POST]"', ["SIMPOST"]],
    [`"['SIM', 'POST']"`, ["SIM", "POST"]],
    ["'[sim&post]'", ["SIM", "POST"]],
  ])("JOBS_IN_WRAPPER: %s", (jobs, names) => {
    expect(wrapper(`TYPE: Vertical, JOBS_IN_WRAPPER: ${jobs}`)).toEqual({
      WRAPPERS: { W: { TYPE: "vertical", JOBS_IN_WRAPPER: names } },
    });
  });

  test("values beside the wrappers are left alone", () => {
    expect(normalise("WRAPPERS: {POLICY: flexible, MAX_WRAPPED: 5}")).toEqual({
      WRAPPERS: { POLICY: "flexible", MAX_WRAPPED: 5 },
    });
  });
});

describe("what Autosubmit fails on", () => {
  test.each([
    ["JOBS: ~", false],
    ["JOBS: {A: ~}", false],
    ["JOBS: {A: text}", false],
    ["JOBS: {A: {FILE: ~}}", false],
    ["JOBS: {A: {FILE: []}}", false],
    ["JOBS: {A: {FILE: [1]}}", false],
    ["JOBS: {A: {WALLCLOCK: 5}}", false],
    ["JOBS: {A: {NOTIFY_ON: 5}}", false],
    ["JOBS: {A: {DEPENDENCIES: {B: {STATUS: 5}}}}", false],
    ["WRAPPERS: ~", false],
    ["WRAPPERS: {W: {TYPE: vertical}}", false],
    ["WRAPPERS: {W: {JOBS_IN_WRAPPER: ~}}", false],
    ["WRAPPERS: {W: {JOBS_IN_WRAPPER: 5}}", false],
    ["WRAPPERS: {W: {JOBS_IN_WRAPPER: SIM}}", true],
    ["WRAPPERS: {W: {TYPE: vertical, JOBS_IN_WRAPPER: []}}", true],
    ["WRAPPERS: {W: {TYPE: vertical, JOBS_IN_WRAPPER: [1]}}", true],
    ["WRAPPERS: {W: {TYPE: vertical, JOBS_IN_WRAPPER: 'a,,b'}}", true],
    ["DEFAULT: {HPCARCH: 5}", false],
  ])("%s", (text, strict) => {
    expect(() => normalise(text, strict)).toThrow(AutosubmitReadError);
  });
});
