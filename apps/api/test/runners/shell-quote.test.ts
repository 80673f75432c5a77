import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shellQuote, shellQuoteAll, UnquotableWordError } from "../../src/runners/shell-quote.js";
import { INJECTIONS } from "./injection-corpus.js";

const SHELLS = ["/bin/sh", "/bin/bash", "/bin/dash", "/usr/bin/zsh", "/bin/busybox"].filter(existsSync);

/** What a shell hands to a program for `words`: each ended by NUL, so that nothing can be mistaken for an end. */
function dump(shell: string, words: readonly string[], locale: string): string[] {
  const script = `exec printf '%s\\0' ${shellQuoteAll(words)}`;
  const argv = shell.endsWith("busybox") ? ["sh", "-c", script] : ["-c", script];
  const { stdout, status } = spawnSync(shell, argv, { env: { PATH: "/usr/bin:/bin", LC_ALL: locale } });
  expect(status).toBe(0);
  return stdout.toString("utf8").split("\0").slice(0, -1);
}

const anyWord = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom("'", '"', "\\", "$", "`", "\n", "\r", "!", "(", ")", ";", " ", "~", "*", "#", "%"),
  }),
  fc.constantFrom(...INJECTIONS.map(({ text }) => text).filter((text) => text.length < 10_000)),
);

describe.each(SHELLS)("%s", (shell) => {
  test.each(["C", "C.UTF-8"])("hands over every word as it was (locale %s)", (locale) => {
    fc.assert(
      fc.property(fc.array(anyWord, { minLength: 1, maxLength: 30 }), (words) => {
        const quotable = words.filter((word) => !word.includes("\0") && !/\p{Surrogate}/u.test(word));
        fc.pre(quotable.length > 0);
        expect(dump(shell, quotable, locale)).toEqual(quotable);
      }),
      { numRuns: 100 },
    );
  });

  test("hands over a word of 120,000 characters", () => {
    const long = "a'b$(c)\n".repeat(15_000).slice(0, 60_000);
    expect(dump(shell, [long], "C")).toEqual([long]);
  });
});

test.each([
  ["", "''"],
  ["a000", "'a000'"],
  ["it's", `'it'\\''s'`],
  ["-rf", "'-rf'"],
  ["a\nb", "'a\nb'"],
])("%j becomes %s", (word, quoted) => {
  expect(shellQuote(word)).toBe(quoted);
});

test.each(["\0", "a\0b", "\ud800", "a\udc00b"])("refuses %j", (word) => {
  expect(() => shellQuote(word)).toThrow(UnquotableWordError);
});
