import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AutosubmitReadError, SourceCorruptError } from "../../../src/errors.js";
import { loadIniConfiguration } from "../../../src/formats/config/ini-configuration.js";
import { configurationJson, plainConfiguration } from "../../../src/formats/config/plain.js";
import { parseYaml } from "../../../src/formats/config/yaml.js";
import { indentContinuations } from "../../../src/formats/config/yaml-continuations.js";
import { type Files, loadInMemory, runInMemory } from "./load-in-memory.js";

/** Seconds of the processor, all threads together, so that other work on the machine does not count. */
const PATIENCE = 15;

/** Runs something that may fail only with the reader's own errors, and only within that time. */
function survives(run: () => unknown): "read" | "refused" {
  const start = process.cpuUsage();
  try {
    run();
    return "read";
  } catch (error) {
    expect(error).toBeInstanceOf(AutosubmitReadError);
    return "refused";
  } finally {
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(PATIENCE);
  }
}

const range = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");
const M = 2 ** 20;

describe("YAML texts made to do harm", () => {
  test.each<[string, string, "read" | "refused"]>([
    ["a line of 10 MB", `a: ${"x".repeat(10 * M)}`, "read"],
    ["a quoted line of 10 MB", `a: "${"x".repeat(10 * M)}"`, "read"],
    ["10 MB of escapes", `a: "${"\\x41".repeat(2 * M)}"`, "read"],
    ["10 MB of digits", `a: ${"1".repeat(10 * M)}`, "read"],
    ["10 MB of digits as a number", `a: !!float ${"1".repeat(10 * M)}x`, "refused"],
    ["10 MB of blanks in a date", `a: !!timestamp "2020-01-01${" ".repeat(10 * M)}x"`, "refused"],
    ["5 MB of quotes between brackets", `a: [\n${"'".repeat(5 * M)}`, "refused"],
    ["5 MB of brackets", "[".repeat(5 * M), "refused"],
    ["5 MB of dashes", "- ".repeat(5 * M), "refused"],
    ["300 brackets", `${"[".repeat(300)}${"]".repeat(300)}`, "refused"],
    ["150 brackets", `${"[".repeat(150)}${"]".repeat(150)}`, "read"],
    ["mappings as keys of mappings", `${"{? ".repeat(150)}a${"}".repeat(150)}`, "refused"],
    ["a million lines and more", "- a\n".repeat(1_100_000), "refused"],
    ["300,000 keys", range(300_000, (i) => `k${i}: 1`), "read"],
    [
      "a billion laughs",
      `a: &a0 [x,x,x,x,x,x,x,x,x]\n${range(30, (i) => `a${i}: &a${i + 1} [${Array(9).fill(`*a${i}`)}]`)}`,
      "refused",
    ],
    ["depth through aliases", `a: &a0 [x]\n${range(3000, (i) => `a${i}: &a${i + 1} [*a${i}]`)}`, "refused"],
    [
      "depth through merges",
      `a: &a0 {k: 1}\n${range(3000, (i) => `a${i}: &a${i + 1} {<<: *a${i}, k${i}: 1}`)}`,
      "refused",
    ],
    [
      "a mapping merged 100,000 times",
      `a: &a {${range(1000, (i) => `k${i}: 1`).replaceAll("\n", ",")}}\nb: {<<: [${Array(100_000).fill("*a")}]}`,
      "refused",
    ],
    ["a cyclic anchor", "a: &a [*a]", "refused"],
    ["cyclic anchors", "a: &a {b: &b {c: *a}}", "refused"],
    ["null bytes", "a: \0\0", "refused"],
    ["lone surrogates", "a: \ud800", "refused"],
    ["a million byte order marks", `${"\ufeff".repeat(M)}a: 1`, "read"],
    ["a huge tag directive", `%TAG !e! ${"x".repeat(5 * M)}\n---\na: 1`, "read"],
    ["names of the prototype", "__proto__: {x: 1}\nconstructor: {prototype: 2}\n<<: {__proto__: 3}", "read"],
  ])("%s", (_what, text, outcome) => {
    expect(survives(() => parseYaml(text))).toBe(outcome);
  });

  test("keys of the prototype stay keys", () => {
    const { data } = loadInMemory({ files: { "a.yml": "__proto__: {x: 1}\njobs: {__proto__: {y: 2}}" } });
    expect(configurationJson(data)).toContain('"__PROTO__":{"X":1}');
    expect(configurationJson(data)).toContain('"JOBS":{"__PROTO__":{"Y":2,');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe("configurations made to do harm", () => {
  const load = (files: Files) => survives(() => loadInMemory({ files }));

  test.each<[string, string]>([
    ["placeholders that double 40 times", `${range(40, (i) => `A${i}: "%A${i + 1}%%A${i + 1}%"`)}\nA40: xxxxxxxx`],
    ["a value that contains itself", 'A: "x%A%%A%"'],
    ["a list of one that eats itself", 'A: ["%A% %B%"]\nB: "%%%%%%%%"'],
    ["a section that contains itself", 'S: {A: "%S%", B: "%S%"}'],
    [
      "loops within loops within loops",
      `T:\n${range(8, (i) => `${"  ".repeat(i + 1)}S${i}:\n${"  ".repeat(i + 2)}FOR: {NAME: [${Array.from({ length: 10 }, (_, j) => `n${j}`)}]}`)}`,
    ],
    [
      "a loop of 100,000",
      `T: {S: {FOR: {NAME: "${"a,".repeat(100_000)}b"}, ${range(100, (i) => `k${i}: 1`).replaceAll("\n", ", ")}}}`,
    ],
  ])("%s", (_what, text) => {
    expect(load({ "a.yml": text })).toBe("refused");
  });

  test("3,000 values in a circle come to rest", () => {
    expect(load({ "a.yml": range(3000, (i) => `A${i}: "%A${(i + 1) % 3000}%"`) })).toBe("read");
  });

  test("a folder of many files costs no more than its limit", () => {
    const own = Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`/f/${i}.yml`, `A${i}: {x: "%B${i}%"}\n`]));
    expect(["read", "refused"]).toContain(load({ "a.yml": "DEFAULT: {CUSTOM_CONFIG: /f}", ...own }));
  });

  test("a configuration of 2 MB is far from the limits", () => {
    const job = (i: number) => `  JOB_${i}:
    FILE: templates/job_${i}.sh
    DEPENDENCIES: {JOB_${i}-1: {STATUS: COMPLETED}, SETUP: {}}
    WALLCLOCK: 00:30
    PROCESSORS: ${i}
    PARAMS: ["%ROOTDIR%/x", b, "%CHUNK%"]
    NOTE: "%DEFAULT.EXPID% on %HPCARCH% for %CHUNK%"`;
    const text = `JOBS:\n${range(8500, job)}`;
    expect(text.length).toBeGreaterThan(1.9e6);
    const start = process.cpuUsage();
    expect(load({ "a.yml": text, "minimal.yml": "DEFAULT: {EXPID: a000, HPCARCH: mn5}" })).toBe("read");
    // Well under a second on a machine of its own.
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(4);
  });

  test("files that include ever longer names of each other end", () => {
    const files = {
      "a.yml": 'DEFAULT: {CUSTOM_CONFIG: "/f"}',
      "/f/a.yml": 'DEFAULT: {CUSTOM_CONFIG: "/f/../f/./a.yml,/f"}',
    };
    expect(load(files)).toBe("read");
  });
});

describe("texts found by chance", () => {
  const pieces = [
    ..."[]{},:-?|>&*!%#'\"\\@`~=<\n\t ".split(""),
    ...[
      "\n  ",
      "a",
      "a: ",
      "- ",
      "<<: ",
      "&a ",
      "*a",
      "!t ",
      "!!int ",
      "%A%",
      "FOR:",
      "NAME: ",
      "null",
      "1",
      "2020-01-01",
      "---\n",
    ],
    ...["\0", "\ufeff", "\u2028", "é", "__proto__: "],
  ];
  const yamlish = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(""));

  test("parse or are refused, with a place in the text", () => {
    fc.assert(
      fc.property(yamlish, (text) => {
        try {
          parseYaml(text);
        } catch (error) {
          if (!(error instanceof AutosubmitReadError)) throw error;
          expect(error.code).toBe("CONFIG_INVALID");
          const lines = text.split(/\r\n|[\r\n]/);
          expect(error.line ?? 1).toBeLessThanOrEqual(lines.length + 1);
          expect(error.line ?? 1).toBeGreaterThan(0);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test("indenting continuations keeps the lines and everything but blanks", () => {
    fc.assert(
      fc.property(yamlish, (text) => {
        const indented = indentContinuations(text).text;
        expect(indented.split("\n").length).toBe(text.split("\n").length);
        expect(indented.replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      }),
      { numRuns: 1000 },
    );
  });

  const word = fc.constantFrom("a", "b", "A", "%A%", "%^B%", "%S.X%", "x%b%y", "1", "", "text with blanks", "[p, q]");
  const tree: fc.Memo<unknown> = fc.memo((depth) => {
    const leaf = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null), fc.double());
    if (depth <= 1) return leaf;
    const key = fc.constantFrom(
      "a",
      "b",
      "S",
      "JOBS",
      "FOR",
      "NAME",
      "DEFAULT",
      "WRAPPERS",
      "FILE",
      "x.y",
      "DEPENDENCIES",
    );
    return fc.oneof(
      leaf,
      fc.array(tree(depth - 1), { maxLength: 3 }),
      fc.dictionary(key, tree(depth - 1), { maxKeys: 4 }),
    );
  });

  test("load or are refused, and what is loaded is valid JSON", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("JOBS", "S", "A", "B", "DEFAULT", "PLATFORMS"), tree(4)), (content) => {
        const text = JSON.stringify(content);
        try {
          const { data } = loadInMemory({ files: { "a.yml": text, "minimal.yml": "S: {X: 1}\nA: v" } });
          JSON.parse(configurationJson(plainConfiguration(data, "null")));
        } catch (error) {
          expect(error).toBeInstanceOf(AutosubmitReadError);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("INI texts load or are refused", () => {
    const lines = fc.constantFrom(
      "[a]",
      "[DEFAULT]",
      "x = 1",
      "x: %(y)s",
      "y = %(x)s",
      "  more",
      "%",
      "=",
      "[",
      "#",
      "\0",
      "é",
      "__proto__ = 1",
    );
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 12 }), (parts) => {
        const text = parts.join("\n");
        const names = ["autosubmit", "platforms", "jobs", "expdef"];
        const files = Object.fromEntries(names.map((name) => [`/c/${name}_a000.conf`, text]));
        try {
          JSON.parse(configurationJson(runInMemory(loadIniConfiguration("a000", "/c"), files)));
        } catch (error) {
          if (!(error instanceof SourceCorruptError)) expect(error).toBeInstanceOf(AutosubmitReadError);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("an INI value of 10 MB, and options that refer to each other without end", () => {
    const files = (text: string) =>
      Object.fromEntries(["autosubmit", "platforms", "jobs", "expdef"].map((name) => [`/c/${name}_a000.conf`, text]));
    const load = (text: string) => survives(() => runInMemory(loadIniConfiguration("a000", "/c"), files(text)));
    expect(load(`[a]\nx = ${"%".repeat(10 * M)}`)).toBe("read");
    expect(load(`[a]\n${range(30, (i) => `x${i} = %(x${i + 1})s%(x${i + 1})s`)}\nx30 = y`)).toBe("read");
  });
});
