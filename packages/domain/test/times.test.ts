import { createTimeZone } from "@autosubmit-api/shared-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { durationText, isoInstant, isoTime } from "../src/times.js";

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
