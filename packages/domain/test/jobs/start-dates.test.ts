import { describe, expect, it } from "vitest";
import { compactDate, datePrecision } from "../../src/jobs/start-dates.js";

describe("datePrecision", () => {
  it.each([
    [["1990-01-01T00:00:00"], "day"],
    [["1990-01-01T01:00:00"], "day"],
    [["1990-01-01T00:00:00", "1990-01-01T06:00:00"], "hour"],
    [["1990-01-01T06:30:00", "1990-01-01T06:00:00"], "minute"],
    [[], "day"],
  ])("of %j is %s", (dates, expected) => {
    expect(datePrecision(dates)).toBe(expected);
  });
});

describe("compactDate", () => {
  it("shows what the precision asks for", () => {
    expect(compactDate("1990-01-02T06:30:00", "day")).toBe("19900102");
    expect(compactDate("1990-01-02T06:30:00", "hour")).toBe("1990010206");
    expect(compactDate("1990-01-02 06:30:00", "minute")).toBe("199001020630");
  });

  it("leaves a text that is no date as it is", () => {
    expect(compactDate("<b>", "day")).toBe("<b>");
  });
});
