import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Type } from "typebox";
import { afterAll, describe, expect, test } from "vitest";
import { ConfigurationError } from "../../src/config/configuration-error.js";
import { parseSettingsFile, readSection, readSettingsFile } from "../../src/config/settings-file.js";

const folder = mkdtempSync(join(tmpdir(), "settings-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const Section = Type.Object({ PORTS: Type.Array(Type.Integer()) }, { additionalProperties: false });

describe("the settings file", () => {
  test("gives its sections as plain data", () => {
    const path = join(folder, "settings.yaml");
    writeFileSync(path, "PLACES:\n  PORTS: [22, 2222]\nOTHER: 1\n");
    const file = readSettingsFile(path, true);
    expect(readSection(file, "PLACES", Section)).toEqual({ PORTS: [22, 2222] });
    expect(readSection(file, "ABSENT", Section)).toBeNull();
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

  test.each([
    ["PLACES: { PORTS: [22, ssh] }", "s.yaml: PLACES.PORTS.1 must be integer"],
    ["PLACES: { PORT: 22 }", "s.yaml: PLACES.PORT is unknown"],
    ["PLACES: 22", "s.yaml: PLACES must be object"],
    ["A: 1\nA: 2", "s.yaml: "],
    ["A: !!js/function 'x'", "s.yaml: "],
  ])("%j is refused with its place", (text, problem) => {
    const read = () => readSection(parseSettingsFile("s.yaml", text), "PLACES", Section);
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(problem);
  });

  test("means what it means to the reference implementation: YAML 1.1", () => {
    const { sections } = parseSettingsFile("s.yaml", "A: yes\nB: off\nC: 0o17\nD: {a: &a {k: 1}, b: {<<: *a}}");
    expect(sections).toEqual({ A: true, B: false, C: "0o17", D: { a: { k: 1 }, b: { k: 1 } } });
  });
});
