import { describe, expect, test } from "vitest";
import { parseAutosubmitTimestamp } from "../../src/formats/timestamps.js";

const instant = (text: string, zone?: string) => parseAutosubmitTimestamp(text, zone)?.toISOString() ?? null;

describe("parseAutosubmitTimestamp", () => {
  test.each([
    ["2024-04-12-13:00:40", "2024-04-12T11:00:40.000Z"],
    ["2024-01-08 14:52:35", "2024-01-08T13:52:35.000Z"],
    ["2026-06-10 16:30:31.123456", "2026-06-10T14:30:31.123Z"],
    ["2026-06-10T16:35:26", "2026-06-10T14:35:26.000Z"],
  ])("%s is local time of the given zone", (text, expected) => {
    expect(instant(text, "Europe/Madrid")).toBe(expected);
  });

  test.each([
    ["2026-06-10T16:35:26+0200", "2026-06-10T14:35:26.000Z"],
    ["2024-04-12-13:00:40+02:00", "2024-04-12T11:00:40.000Z"],
    ["2025-03-12T16:39:10-03:30", "2025-03-12T20:09:10.000Z"],
    ["2024-10-01T00:00:00Z", "2024-10-01T00:00:00.000Z"],
  ])("%s has its own offset, whatever the zone", (text, expected) => {
    expect(instant(text, "Asia/Tokyo")).toBe(expected);
  });

  test("a reading that occurs twice is its first occurrence", () => {
    expect(instant("2025-10-26-01:59:59", "Europe/Madrid")).toBe("2025-10-25T23:59:59.000Z");
    expect(instant("2025-10-26-02:30:00", "Europe/Madrid")).toBe("2025-10-26T00:30:00.000Z");
    expect(instant("2025-10-26-03:00:00", "Europe/Madrid")).toBe("2025-10-26T02:00:00.000Z");
  });

  test("a reading that never occurs counts from the offset before the change", () => {
    expect(instant("2025-03-30-02:30:00", "Europe/Madrid")).toBe("2025-03-30T01:30:00.000Z");
    expect(instant("2025-03-30-03:00:00", "Europe/Madrid")).toBe("2025-03-30T01:00:00.000Z");
  });

  test("without a zone the process's own is taken", () => {
    expect(parseAutosubmitTimestamp("2024-01-08 14:52:35")).toEqual(new Date(2024, 0, 8, 14, 52, 35));
  });

  test.each([
    "",
    "NA",
    "2024-02-30 00:00:00",
    "2024-13-01 00:00:00",
    "2024-01-01 24:00:00",
    "2024-01-01",
    "1712912440",
  ])("%j is no timestamp", (text) => {
    expect(instant(text, "Europe/Madrid")).toBeNull();
  });

  test("an unknown zone is a RangeError", () => {
    expect(() => parseAutosubmitTimestamp("2024-01-08 14:52:35", "Atlantis/Capital")).toThrow(RangeError);
  });
});
