import { describe, expect, test } from "vitest";
import { asGroups, asUsername, isCredential } from "../../src/auth/login-outcome.js";

describe("a user name", () => {
  test.each(["ann", "007", "ann.lee@example.org", "auth0|5f", "DOMAIN_ann-2", "a".repeat(128)])("may be %s", (name) => {
    expect(asUsername(name)).toBe(name);
  });

  test.each(
    [
      [
        "",
        " ann",
        "ann lee",
        "ann\n",
        "ann\r\nroot",
        "ann\0",
        "../ann",
        "-rf",
        "ann/lee",
        "<b>",
        "añn",
        "аnn",
        "ann;id",
      ],
      [null, undefined, 7, true, ["ann"], { toString: () => "ann" }, "a".repeat(129)],
    ].flat(),
  )("may not be %j", (name) => {
    expect(asUsername(name)).toBeNull();
  });
});

describe("groups", () => {
  test("are a list of texts or one text, each once", () => {
    expect(asGroups(["ops", "R&D dept", "ops"])).toEqual(["ops", "R&D dept"]);
    expect(asGroups("ops")).toEqual(["ops"]);
  });

  test("of other kinds, with line breaks or very long are none", () => {
    expect(asGroups([1, null, "a\nb", "a".repeat(201), {}, ""])).toEqual([]);
    expect(asGroups(undefined)).toEqual([]);
    expect(asGroups({ admin: true })).toEqual([]);
  });

  test("are not more than a token can carry", () => {
    expect(asGroups(Array.from({ length: 500 }, (_, n) => `g${n}`))).toHaveLength(200);
  });
});

test("codes and tickets are printable, without spaces, and not endless", () => {
  expect(isCredential("ST-1-abc.def_~%")).toBe(true);
  expect(["", "a b", "a\n", "é", "a".repeat(4_097)].filter(isCredential)).toEqual([]);
});
