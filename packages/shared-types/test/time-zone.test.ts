import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTimeZone, epochToLocal, localToEpoch } from "../src/time-zone.js";

const utc = createTimeZone("UTC");
const madrid = createTimeZone("Europe/Madrid");
const seconds = (iso: string) => Date.parse(iso) / 1000;

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
