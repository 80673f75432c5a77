import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTotalStats } from "../../../src/formats/logs/total-stats.js";

const S = "20260610163039";
const A = "20260610163040";
const F = "20260610163044";

describe("parseTotalStats", () => {
  it.each([
    [S, { submit: S, start: null, finish: null, status: null }],
    [`${S} ${A}`, { submit: S, start: A, finish: null, status: null }],
    [`${S} ${A} ${F}`, { submit: S, start: A, finish: F, status: null }],
    [`${S} ${A} ${F} COMPLETED`, { submit: S, start: A, finish: F, status: "COMPLETED" }],
    [`${S} start end status`, { submit: S, start: null, finish: null, status: null }],
    [`${S} ${A} end status`, { submit: S, start: A, finish: null, status: null }],
    ["submit start end status", { submit: null, start: null, finish: null, status: null }],
    ["foo bar", { submit: "foo", start: "bar", finish: null, status: null }],
    [`${S} ${A} ${F} ${F}`, { submit: S, start: A, finish: F, status: null }],
  ])("reads %j", (line, expected) => {
    expect(parseTotalStats(line)).toEqual([expected]);
  });

  it("lists attempts in the order of the lines, without blank ones", () => {
    const text = `${S} ${A} ${F} FAILED\n\n${S} ${A} ${F} COMPLETED\r\n${S}\n`;
    expect(parseTotalStats(text).map((attempt) => attempt.status)).toEqual(["FAILED", "COMPLETED", null]);
  });

  it("has no attempts in an empty file", () => {
    expect(parseTotalStats("")).toEqual([]);
    expect(parseTotalStats(" \n\n")).toEqual([]);
  });

  it("reads anything without failing, one attempt a line at most", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseTotalStats(text).length).toBeLessThanOrEqual(text.split("\n").length);
      }),
    );
  });
});
