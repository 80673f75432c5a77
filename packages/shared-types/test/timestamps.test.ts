import { describe, expect, it } from "vitest";
import { createTimeZone } from "../src/time-zone.js";
import { parseCompactTime, parseTimestamp } from "../src/timestamps.js";

const utc = createTimeZone("UTC");
const madrid = createTimeZone("Europe/Madrid");
const seconds = (iso: string) => Date.parse(iso) / 1000;

describe("parseTimestamp", () => {
  it("reads the three notations of Autosubmit", () => {
    const instant = seconds("2026-06-10T14:35:26Z");
    expect(parseTimestamp("2026-06-10-16:35:26", madrid)).toBe(instant);
    expect(parseTimestamp("2026-06-10 16:35:26", madrid)).toBe(instant);
    expect(parseTimestamp("2026-06-10T16:35:26+0200", utc)).toBe(instant);
    expect(parseTimestamp("2026-06-10T16:35:26+02:00", utc)).toBe(instant);
    expect(parseTimestamp("2026-06-10T10:05:26-0430", utc)).toBe(instant);
    expect(parseTimestamp("2026-06-10T14:35:26Z", madrid)).toBe(instant);
    expect(parseTimestamp("2026-06-10 16:35:26.123456", madrid)).toBe(instant + 0.123);
  });

  it.each([
    "",
    "2026-06-10",
    "2026-02-30-00:00:00",
    "2026-06-10-24:00:00",
    "2026-06-10T16:35:26+2",
    "0000-01-01 00:00:00",
  ])("is null for %j", (text) => {
    expect(parseTimestamp(text, madrid)).toBeNull();
  });
});

describe("parseCompactTime", () => {
  it("reads 14 digits and nothing else", () => {
    expect(parseCompactTime("20260610163526")).toBe(seconds("2026-06-10T16:35:26Z"));
    for (const text of ["2026061016352", "start", "20260230000000", "20260610160060", ""]) {
      expect(parseCompactTime(text)).toBeNull();
    }
  });
});
