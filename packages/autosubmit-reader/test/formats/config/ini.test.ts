import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AutosubmitReadError } from "../../../src/errors.js";
import { parseIni, sectionOptions } from "../../../src/formats/config/ini.js";
import { interpolate } from "../../../src/formats/config/ini-interpolation.js";

const run = promisify(execFile);
const hasPython = await run("python3", ["--version"]).then(
  () => true,
  () => false,
);

const asObject = (text: string) => {
  const { defaults, sections } = parseIni(text, "x.conf");
  return {
    defaults: Object.fromEntries(defaults),
    sections: Object.fromEntries([...sections].map(([name, options]) => [name, Object.fromEntries(options)])),
  };
};
const lineOfFailure = (text: string) => {
  try {
    parseIni(text, "x.conf");
    return null;
  } catch (error) {
    return error instanceof AutosubmitReadError ? error.line : error;
  }
};

describe("parseIni", () => {
  test("'=' or ':' delimits, whichever comes first; blanks around names and values go", () => {
    expect(asObject("[s]\na = 1\nb: 2 = 3\nc =d:e\nf =\n").sections.s).toEqual({ a: "1", b: "2 = 3", c: "d:e", f: "" });
  });

  test("names keep their case", () => {
    expect(asObject("[S]\nPath = 1\npath = 2").sections).toEqual({ S: { Path: "1", path: "2" } });
  });

  test("whole lines are comments, the rest of a line never is", () => {
    expect(asObject("# c\n[s]\n; c\na = 1 ; 2 # 3\n  # indented\n").sections.s).toEqual({ a: "1 ; 2 # 3" });
  });

  test("deeper indented lines continue a value, also past comments and blank lines", () => {
    expect(asObject("[s]\na = 1\n  2\n\n # c\n  [3]\n\nb = 4\n").sections.s).toEqual({ a: "1\n2\n\n[3]", b: "4" });
    expect(asObject("[s]\n  a = 1\n  b = 2\n    c = 3").sections.s).toEqual({ a: "1", b: "2\nc = 3" });
  });

  test("options of [DEFAULT] stand behind those of every section", () => {
    const document = parseIni("[DEFAULT]\na = 1\nb = 1\n[s]\nb = 2\n[DEFAULT]\nc = 3", "x.conf");
    expect(Object.fromEntries(sectionOptions(document, "s"))).toEqual({ a: "1", b: "2", c: "3" });
    expect(Object.fromEntries(sectionOptions(document, "none"))).toEqual({ a: "1", b: "1", c: "3" });
  });

  test("a byte order mark and any kind of line end are accepted", () => {
    expect(asObject("\uFEFF[s]\r\na = 1\rb = 2\r\n").sections.s).toEqual({ a: "1", b: "2" });
  });

  test.each([
    ["an option before any section", "a = 1", 1],
    ["an option without a delimiter", "[s]\na = 1\nb\n", 3],
    ["an option without a name", "[s]\n= 1\n", 2],
    ["a section twice", "[s]\n[t]\n[s]\n", 3],
    ["an option twice", "[s]\na = 1\na = 2", 3],
    ["an option twice in [DEFAULT]", "[DEFAULT]\na = 1\n[s]\n[DEFAULT]\na = 2", 5],
  ])("%s is an error with its line", (_, text, line) => {
    expect(lineOfFailure(text)).toBe(line);
  });

  test("names of JavaScript's own are names like any other", () => {
    const document = parseIni("[__proto__]\n__proto__ = 1\nconstructor = 2", "x.conf");
    expect([...(document.sections.get("__proto__") ?? [])]).toEqual([
      ["__proto__", "1"],
      ["constructor", "2"],
    ]);
  });

  test("long lines take time in proportion", () => {
    const blanks = " ".repeat(2_000_000);
    expect(lineOfFailure(`[s]\na${blanks}b`)).toBe(2);
    expect(asObject(`[s]\na${blanks}=${blanks}1${blanks}`).sections.s).toEqual({ a: "1" });
  });
});

describe("interpolate", () => {
  const document = parseIni(
    "[DEFAULT]\nroot = /data\n[s]\nplain = 100%%\nhere = %(root)s/x\ndeep = <%(here)s>\nbare = 5% of\nunknown = %(no)s\nloop = %(loop)s\nopen = %(root",
    "x.conf",
  );
  const value = (option: string, mode: "strict" | "lenient" = "strict") =>
    interpolate(document, { section: "s", option, path: "x.conf" }, mode);

  test("references and doubled percent signs are replaced, also inside each other", () => {
    expect(["plain", "here", "deep", "root"].map((option) => value(option))).toEqual([
      "100%",
      "/data/x",
      "</data/x>",
      "/data",
    ]);
  });

  test("an option or section that is not there is null", () => {
    expect(value("none")).toBeNull();
    expect(interpolate(document, { section: "none", option: "root", path: "x.conf" }, "strict")).toBeNull();
    expect(interpolate(document, { section: "DEFAULT", option: "root", path: "x.conf" }, "strict")).toBe("/data");
  });

  test.each([
    ["bare", 7],
    ["unknown", 8],
    ["loop", 9],
    ["open", 10],
  ])("trouble in %s is an error with option and line, or the text as it stands", (option, line) => {
    expect(() => value(option)).toThrow(
      expect.objectContaining({
        code: "SOURCE_CORRUPT",
        line,
        message: expect.stringContaining(`option ${option} of [s]`),
      }),
    );
    expect(value(option, "lenient")).toBe(document.sections.get("s")?.get(option));
  });

  test("values made to multiply are cut off", () => {
    const levels = Array.from({ length: 9 }, (_, level) => `a${level + 1} = ${`%(a${level})s`.repeat(50)}`);
    for (const leaf of ["", "0123456789"]) {
      const bomb = parseIni(`[s]\na0 = ${leaf}\n${levels.join("\n")}`, "x.conf");
      expect(() => interpolate(bomb, { section: "s", option: "a9", path: "x.conf" }, "strict")).toThrow(
        AutosubmitReadError,
      );
    }
  });
});

// Prints, for every file: the raw and the interpolated options, or null where Python refuses.
const PYTHON = `
import configparser, json, sys
def look(path):
    parser = configparser.ConfigParser()
    parser.optionxform = str
    try:
        with open(path, encoding="utf-8") as file:
            parser.read_file(file)
    except configparser.Error:
        return None
    def value(section, option):
        try:
            return parser.get(section, option)
        except configparser.Error:
            return None
    return {
        "raw": [[name, [list(item) for item in parser._sections[name].items()]] for name in parser._sections],
        "values": [[name, [[option, value(name, option)] for option in parser.options(name)]] for name in parser.sections()],
    }
print(json.dumps([look(path) for path in sys.argv[1:]]))
`;

describe.skipIf(!hasPython)("the same as Python's configparser", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "autosubmit-reader-ini-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function look(text: string) {
    let document: ReturnType<typeof parseIni>;
    try {
      document = parseIni(text, "x.conf");
    } catch (error) {
      if (error instanceof AutosubmitReadError) return null;
      throw error;
    }
    const value = (section: string, option: string) => {
      try {
        return interpolate(document, { section, option, path: "x.conf" }, "strict");
      } catch (error) {
        if (error instanceof AutosubmitReadError) return null;
        throw error;
      }
    };
    return {
      raw: [...document.sections].map(([name, options]) => [name, [...options]]),
      values: [...document.sections.keys()].map((name) => [
        name,
        [...sectionOptions(document, name).keys()].map((option) => [option, value(name, option)]),
      ]),
    };
  }

  test("for 1500 texts made of everything that matters", async () => {
    const piece = fc.constantFrom(
      ..."[ ] = : # ; % %% %(a)s %(b)s %( a b DEFAULT s [s] [t] [DEFAULT] \n \n \n \r\n \t".split(" "),
      " ",
      "  ",
      "\n  ",
      "\x1c",
      "\u0085",
      "\u00a0",
      "\u2028",
      "é",
    );
    const line = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
      fc
        .tuple(
          fc.constantFrom("", " ", "    "),
          fc.constantFrom("a", "b", "c d"),
          fc.constantFrom("=", " : "),
          fc.constantFrom("1", "%(a)s x", "100%%", ""),
        )
        .map((parts) => parts.join("")),
      fc.constantFrom("[s]", "[t] x", "[DEFAULT]", "[a]b]", "", "# c", "  ; c", "  more"),
    );
    const texts = fc.sample(fc.tuple(fc.constantFrom("[s]\n", ""), fc.array(line, { maxLength: 9 })), {
      numRuns: 1500,
      seed: 7,
    });
    const files = texts.map(([head, lines], index) => {
      const path = join(folder, `${index}.conf`);
      const text = head + lines.join("\n");
      writeFileSync(path, text);
      return { path, text };
    });
    const { stdout } = await run("python3", ["-c", PYTHON, ...files.map((file) => file.path)], { maxBuffer: 2 ** 26 });
    const expected: unknown[] = JSON.parse(stdout);
    const accepted = expected.filter((outcome) => outcome !== null);
    expect(accepted.length).toBeGreaterThan(300);
    for (const [index, file] of files.entries())
      expect({ text: file.text, is: look(file.text) }).toEqual({ text: file.text, is: expected[index] });
  });
});
