import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError, parseSettingsFile, readSettingsFile } from "@autosubmit-api/settings";
import { afterAll, describe, expect, test } from "vitest";
import { readPublicKeys } from "../../src/runners/ssh-public-keys.js";
import { faultFolder } from "../support/faults.js";

const root = faultFolder("settings");
afterAll(() => rmSync(root, { recursive: true }));

describe("a settings file that is", () => {
  test.each<[string, (path: string) => void]>([
    ["a pipe that nobody writes", (path) => void execFileSync("mkfifo", [path])],
    ["a link to an endless device", (path) => symlinkSync("/dev/zero", path)],
    ["a folder", (path) => void mkdirSync(path)],
    ["a link to itself", (path) => symlinkSync(path, path)],
    ["a gigabyte", (path) => execFileSync("truncate", ["-s", "1G", path])],
    ["no text", (path) => writeFileSync(path, Buffer.from([0, 1, 2, 0xff, 0xfe]))],
  ])("%s is refused in one line", async (what, make) => {
    const path = join(root, what);
    make(path);
    expect(() => readSettingsFile(path, true)).toThrow(ConfigurationError);
    expect((await readPublicKeys([path])).keys).toEqual([]);
  });
});

describe("settings made to do harm", () => {
  test.each([
    ["names of the prototype", "__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\n"],
    ["a merge of itself", "a: &a\n  <<: *a\n"],
    ["brackets", "[".repeat(100_000)],
    [
      "doubling anchors",
      `a0: &a0 [x]\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join("\n")}`,
    ],
    ["a tag that makes functions", 'a: !!js/function "function () { polluted = 1 }"'],
    ["a tag of Python", 'a: !!python/object/apply:os.system ["touch x"]'],
  ])("%s are read as data, or refused", (_what, text) => {
    try {
      parseSettingsFile("settings.yaml", text);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigurationError);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
