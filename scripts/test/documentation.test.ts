import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const documents = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(join(root, file)));

/** What each program says of itself, by its name. */
const helpOf: Record<string, string> = {
  "autosubmit-api": readFileSync(join(root, "apps/api/src/command-line-help.ts"), "utf8"),
  "autosubmit-reader": readFileSync(join(root, "packages/autosubmit-reader/src/cli/run-cli.ts"), "utf8"),
};

/** GitHub's anchor of a heading. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(" ", "-");

const headingsOf = (text: string) => [...text.matchAll(/^#{1,6}\s+(.*)$/gm)].map((match) => anchor(match[1] ?? ""));

describe.each(documents)("%s", (file) => {
  const text = readFileSync(join(root, file), "utf8");
  const links = [...text.matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");

  test("links only to files and headings that exist", () => {
    const broken = links.filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [path = "", heading] = link.split("#");
      const target = path === "" ? join(root, file) : join(root, dirname(file), path);
      if (!existsSync(target)) return true;
      return heading !== undefined && heading !== "" && !headingsOf(readFileSync(target, "utf8")).includes(heading);
    });
    expect(broken).toEqual([]);
  });

  test("names only npm scripts that exist", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    const named = [...text.matchAll(/\bnpm run ([a-z:-]+)/g)].map((match) => match[1] ?? "");
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test("names only paths of the repository that exist", () => {
    const named = [
      ...text.matchAll(/`((?:apps|packages|docs|deploy|scripts|bench|fixtures|conformance|tools|patches)\/[\w./-]+)`/g),
    ];
    const stale = named.map((match) => (match[1] ?? "").replace(/\/$/, ""));
    // What a build leaves is not there in a fresh clone.
    expect(stale.filter((path) => !/\b(dist|node_modules)\b/.test(path) && !isThere(file, path))).toEqual([]);
  });

  test("names only commands and scripts that exist", () => {
    const commands = [...text.matchAll(/\b(autosubmit-(?:api|reader)) ([a-z][a-z-]+)(?=[\s`|]|$)/gm)]
      .filter(([line]) => isCommandLine(text, line))
      .map(([, program = "", command = ""]) => [program, command] as const);
    expect(commands.filter(([program, command]) => !helpOf[program]?.includes(command))).toEqual([]);
    const scripts = [...text.matchAll(/\bnode ((?:scripts|bench|fixtures)\/[\w./-]+)/g)].map((match) => match[1] ?? "");
    expect(scripts.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

/** Paths are those of the repository, or of the package whose document names them. */
function isThere(file: string, path: string): boolean {
  return existsSync(join(root, path)) || existsSync(join(root, dirname(file), path));
}

/** Whether it is written as something to type: between backticks or in a block of code, not in a sentence. */
function isCommandLine(text: string, command: string): boolean {
  return (
    text.includes(`\`${command}`) || text.split("```").some((part, index) => index % 2 === 1 && part.includes(command))
  );
}
