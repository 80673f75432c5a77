import { expect, test } from "vitest";
import { findPackedReference, parseGitFile, parseGitReference } from "../../../src/formats/config/git-head.js";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

test.each([
  [`${COMMIT}\n`, { commit: COMMIT }],
  [COMMIT.padEnd(64, "a"), { commit: COMMIT.padEnd(64, "a") }],
  ["ref: refs/heads/main\n", { reference: "refs/heads/main" }],
  ["ref: refs/heads/a/b", { reference: "refs/heads/a/b" }],
  ["ref: refs/heads/../../../etc/passwd", null],
  ["ref: refs//x", null],
  ["ref: /etc/passwd", null],
  ["ref: ../x", null],
  ["xyz", null],
  ["", null],
])("HEAD %j", (text, reference) => {
  expect(parseGitReference(text)).toEqual(reference);
});

test("packed references are found by their whole name", () => {
  const text = `# pack-refs with: peeled\n${COMMIT} refs/heads/main-2\n${"a".repeat(40)} refs/heads/main\n^${COMMIT}\n`;
  expect(findPackedReference(text, "refs/heads/main")).toBe("a".repeat(40));
  expect(findPackedReference(text, "heads/main")).toBeNull();
  expect(findPackedReference(text, "refs/heads/x")).toBeNull();
});

test("a .git file names its folder", () => {
  expect(parseGitFile("gitdir: ../.git/worktrees/w\n")).toBe("../.git/worktrees/w");
  expect(parseGitFile("something else")).toBeNull();
});
