import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  ConfigurationError,
  parseSettingsFile,
  readSettingsFile,
  settingsFilePath,
  settingsSection,
} from "../src/index.js";

const folder = mkdtempSync(join(tmpdir(), "settings-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the settings file", () => {
  test("is where AS_API_CONFIG_FILE says, or in the home folder", () => {
    expect(settingsFilePath({ HOME: "/home/ann" })).toBe("/home/ann/.autosubmit_api.yaml");
    expect(settingsFilePath({ HOME: "/home/ann", AS_API_CONFIG_FILE: "~/as.yaml" })).toBe("/home/ann/as.yaml");
    expect(settingsFilePath({ HOME: "/home/ann", AS_API_CONFIG_FILE: "/etc/~as.yaml" })).toBe("/etc/~as.yaml");
  });

  test("gives its sections as plain data", () => {
    const path = join(folder, "settings.yaml");
    writeFileSync(path, "PLACES:\n  PORTS: [22, 2222]\nOTHER: 1\n");
    expect(readSettingsFile(path, true)).toEqual({ path, sections: { PLACES: { PORTS: [22, 2222] }, OTHER: 1 } });
  });

  test("need not exist unless it was named", () => {
    const path = join(folder, "absent.yaml");
    expect(readSettingsFile(path, false)).toEqual({ path, sections: {} });
    expect(() => readSettingsFile(path, true)).toThrow(`AS_API_CONFIG_FILE: ${path} cannot be read (ENOENT)`);
    expect(() => readSettingsFile(folder, false)).toThrow(`${folder} is not a regular file`);
  });

  test.each(["", "\n", "# nothing\n", "---\n"])("may be empty: %j", (text) => {
    expect(parseSettingsFile("s.yaml", text).sections).toEqual({});
  });

  test.each(["A: 1\nA: 2", "A: !!js/function 'x'", "A: ["])("%j is refused with the name of the file", (text) => {
    expect(() => parseSettingsFile("s.yaml", text)).toThrow(ConfigurationError);
    expect(() => parseSettingsFile("s.yaml", text)).toThrow("s.yaml: ");
  });

  test("means what it means to the reference implementation: YAML 1.1", () => {
    const { sections } = parseSettingsFile("s.yaml", "A: yes\nB: off\nC: 0o17\nD: {a: &a {k: 1}, b: {<<: *a}}");
    expect(sections).toEqual({ A: true, B: false, C: "0o17", D: { a: { k: 1 }, b: { k: 1 } } });
  });
});

describe("a section", () => {
  const section = (text: string) => settingsSection(parseSettingsFile("s.yaml", text), "PLACES");

  test("that is absent or empty has nothing", () => {
    for (const text of ["", "PLACES:", "OTHER: 1"]) {
      expect(section(text).names()).toEqual([]);
      expect(section(text).section("INNER").text("NAME")).toBeNull();
    }
  });

  test("gives its values by kind", () => {
    const values = section(
      "PLACES: {OPEN: yes, NAME: ' a ', KIND: Cas, KINDS: [cas, OIDC], HOURS: 1.5, PORT: 22, ONE: x}",
    );
    expect(values.boolean("OPEN")).toBe(true);
    expect(values.text("NAME")).toBe("a");
    expect(values.word("KIND", ["cas", "oidc"])).toBe("cas");
    expect(values.words("KINDS", ["cas", "oidc"])).toEqual(["cas", "oidc"]);
    expect(values.words("KIND", ["cas", "oidc"])).toEqual(["cas"]);
    expect(values.positive("HOURS", "hours")).toBe(1.5);
    expect(values.number("PORT", { minimum: 1, maximum: 65_535, whole: true })).toBe(22);
    expect(values.texts("ONE")).toEqual(["x"]);
    expect(values.has("constructor")).toBe(false);
  });

  test.each<[string, (places: ReturnType<typeof section>) => unknown, string]>([
    ["{OPEN: maybe}", (places) => places.boolean("OPEN"), 'PLACES.OPEN must be true or false, not "maybe"'],
    ["{KIND: x}", (places) => places.word("KIND", ["cas", "oidc"]), 'PLACES.KIND must be one of cas, oidc, not "x"'],
    ["{KINDS: [cas, 1]}", (places) => places.words("KINDS", ["cas"]), "PLACES.KINDS.1 must be one of cas, not 1"],
    [
      "{HOURS: 0}",
      (places) => places.positive("HOURS", "hours"),
      "PLACES.HOURS must be a number of hours greater than 0",
    ],
    [
      "{PORT: 2.5}",
      (places) => places.number("PORT", { minimum: 1, maximum: 9, whole: true }),
      "a whole number from 1 to 9",
    ],
    ["{A: {B: 1}}", (places) => places.section("A").allow(["C"]), "PLACES.A.B is unknown; known here: C"],
    ["22", (places) => places, "PLACES must be a mapping of keys to values, not 22"],
  ])("%s is refused with file and key", (text, use, message) => {
    const read = () => use(section(`PLACES: ${text}`));
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow("s.yaml: ");
    expect(read).toThrow(message);
  });
});
