import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createTimeZone,
  durationText,
  epochToLocal,
  isoInstant,
  isoTime,
  localToEpoch,
  parseCompactTime,
  parseTimestamp,
} from "../src/times.js";

const utc = createTimeZone("UTC");
const madrid = createTimeZone("Europe/Madrid");
const seconds = (iso: string) => Date.parse(iso) / 1000;

describe("isoTime", () => {
  it("shows the offset at the instant, on both sides of a change", () => {
    expect(isoTime(seconds("2024-03-31T00:59:59Z"), madrid)).toBe("2024-03-31T01:59:59+01:00");
    expect(isoTime(seconds("2024-03-31T01:00:00Z"), madrid)).toBe("2024-03-31T03:00:00+02:00");
    expect(isoTime(seconds("2024-10-27T00:59:59Z"), madrid)).toBe("2024-10-27T02:59:59+02:00");
    expect(isoTime(seconds("2024-10-27T01:00:00Z"), madrid)).toBe("2024-10-27T02:00:00+01:00");
  });

  it("writes UTC as an offset", () => {
    expect(isoTime(seconds("2024-01-12T15:39:06Z"), utc)).toBe("2024-01-12T15:39:06+00:00");
  });

  it.each([
    ["America/St_Johns", "2024-01-12T12:09:06-03:30"],
    ["Asia/Kathmandu", "2024-01-12T21:24:06+05:45"],
    ["Pacific/Kiritimati", "2024-01-13T05:39:06+14:00"],
  ])("knows the offset of %s", (name, expected) => {
    expect(isoTime(seconds("2024-01-12T15:39:06Z"), createTimeZone(name))).toBe(expected);
  });

  it("finds a change that is not on the hour of UTC", () => {
    const lordHowe = createTimeZone("Australia/Lord_Howe");
    expect(isoTime(seconds("2024-04-06T14:59:59Z"), lordHowe)).toBe("2024-04-07T01:59:59+11:00");
    expect(isoTime(seconds("2024-04-06T15:00:00Z"), lordHowe)).toBe("2024-04-07T01:30:00+10:30");
  });

  it.each([null, 0, -5, Number.NaN, Number.POSITIVE_INFINITY, 1e15])("is null for %s", (value) => {
    expect(isoTime(value, madrid)).toBeNull();
  });

  it("drops fractions of a second", () => {
    expect(isoTime(1.9, utc)).toBe("1970-01-01T00:00:01+00:00");
  });

  it("agrees with the runtime's own clock everywhere, to the second", () => {
    const inZone = new Intl.DateTimeFormat("sv-SE", {
      timeZone: "Europe/Madrid",
      dateStyle: "short",
      timeStyle: "medium",
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (instant) => {
        const text = isoInstant(instant, madrid);
        expect(text?.slice(0, 19).replace("T", " ")).toBe(inZone.format(instant * 1000));
        expect(seconds(text ?? "")).toBe(instant);
      }),
    );
  });

  it("refuses a zone that does not exist", () => {
    expect(() => createTimeZone("Mars/Olympus")).toThrow(RangeError);
  });
});

describe("parseTimestamp", () => {
  it("reads the three notations of Autosubmit", () => {
    const instant = seconds("2026-06-10T14:35:26Z");
    expect(parseTimestamp("2026-06-10-16:35:26", madrid)).toBe(instant);
    expect(parseTimestamp("2026-06-10 16:35:26", madrid)).toBe(instant);
    expect(parseTimestamp("2026-06-10T16:35:26+0200", utc)).toBe(instant);
    expect(parseTimestamp("2026-06-10T16:35:26+02:00", utc)).toBe(instant);
    expect(parseTimestamp("2026-06-10T10:05:26-0430", utc)).toBe(instant);
    expect(parseTimestamp("2026-06-10T14:35:26Z", madrid)).toBe(instant);
    expect(parseTimestamp("2026-06-10 16:35:26.123456", madrid)).toBe(instant);
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

describe("localToEpoch", () => {
  const reading = (text: string) => seconds(`${text}Z`);

  it("takes the first of two occurrences", () => {
    expect(localToEpoch(reading("2024-10-27T02:30:00"), madrid)).toBe(seconds("2024-10-27T00:30:00Z"));
  });

  it("counts a reading that never occurs from the offset before the change", () => {
    expect(localToEpoch(reading("2024-03-31T02:30:00"), madrid)).toBe(seconds("2024-03-31T01:30:00Z"));
  });

  it("takes back what epochToLocal gives, save in a repeated hour", () => {
    for (const zone of [utc, madrid, createTimeZone("Australia/Lord_Howe")]) {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (instant) => {
          const back = localToEpoch(epochToLocal(instant, zone), zone);
          expect([0, 1800, 3600]).toContain(instant - back);
        }),
      );
    }
  });
});

describe("durationText", () => {
  it.each([
    [0, "0:00:00"],
    [5, "0:00:05"],
    [3_725, "1:02:05"],
    [86_399, "23:59:59"],
    [86_400, "1 day, 0:00:00"],
    [200_000, "2 days, 7:33:20"],
    [-5, "-1 day, 23:59:55"],
  ])("%d seconds are %s", (value, expected) => {
    expect(durationText(value)).toBe(expected);
  });
});
