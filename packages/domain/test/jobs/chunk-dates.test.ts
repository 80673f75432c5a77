import { describe, expect, it } from "vitest";
import { chunkDays } from "../../src/jobs/chunk-dates.js";

const days = (date: string, chunk: number | null, chunkUnit: string, chunkSize: number) => {
  const found = chunkDays(date, chunk, { chunkUnit, chunkSize });
  return found && [found.first, found.last].map(({ year, month, day }) => `${year}-${month}-${day}`);
};

describe("chunkDays", () => {
  it.each<[string, number | null, string, number, string[] | null]>([
    ["1990-01-01T00:00:00", 1, "month", 4, ["1990-1-1", "1990-5-1"]],
    ["1990-01-01T00:00:00", 3, "month", 4, ["1990-9-1", "1991-1-1"]],
    ["1990-01-31T00:00:00", 1, "month", 1, ["1990-1-31", "1990-2-28"]],
    ["2024-01-31T00:00:00", 1, "month", 1, ["2024-1-31", "2024-2-29"]],
    ["2024-02-29T00:00:00", 1, "year", 1, ["2024-2-29", "2025-2-28"]],
    ["2024-02-28T00:00:00", 2, "day", 2, ["2024-3-1", "2024-3-3"]],
    ["1990-01-01T00:00:00", 3, "hour", 12, ["1990-1-2", "1990-1-2"]],
    ["1990-01-01T00:00:00", 1, "NA", 12, ["1990-1-1", "1990-1-1"]],
    ["1990-01-01T00:00:00", null, "month", 4, ["1990-1-1", "1990-1-1"]],
    ["0050-01-01T00:00:00", 1, "day", 31, ["50-1-1", "50-2-1"]],
    ["9999-12-01T00:00:00", 1, "month", 1, null],
    ["no date", 1, "month", 1, null],
  ])("of %s, chunk %s of %s %s", (date, chunk, unit, size, expected) => {
    expect(days(date, chunk, unit, size)).toEqual(expected);
  });

  it("is null for a job without a date", () => {
    expect(chunkDays(null, 1, { chunkUnit: "month", chunkSize: 1 })).toBeNull();
  });
});
