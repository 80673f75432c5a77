import { describe, expect, it } from "vitest";
import { lastAttempts } from "../../src/jobs/last-attempts.js";
import { jobDataRow } from "../support/history-rows.js";

const idOf = (rows: Parameters<typeof jobDataRow>[0][]) =>
  lastAttempts(rows.map((row) => jobDataRow({ job_name: "a", ...row }))).get("a")?.id;

describe("lastAttempts", () => {
  it("takes the row marked last", () => {
    expect(
      idOf([
        { id: 1, counter: 9, last: 0 },
        { id: 2, counter: 1, last: 1 },
      ]),
    ).toBe(2);
  });

  it("takes the highest counter of two marked rows, then the highest id", () => {
    expect(
      idOf([
        { id: 1, counter: 2 },
        { id: 2, counter: 1 },
      ]),
    ).toBe(1);
    expect(
      idOf([
        { id: 2, counter: 1 },
        { id: 1, counter: 1 },
      ]),
    ).toBe(2);
  });

  it("takes the highest counter when no row is marked", () => {
    expect(
      idOf([
        { id: 5, counter: 1, last: 0 },
        { id: 4, counter: 2, last: 0 },
      ]),
    ).toBe(4);
  });

  it("counts packed rows and wrapper codes, but not base rows", () => {
    expect(idOf([{ id: 1, rowtype: 1 }])).toBe(1);
    expect(idOf([{ id: 1, rowtype: 177_787_440_099 }])).toBe(1);
    expect(idOf([{ id: 1, rowtype: 0 }])).toBeUndefined();
  });
});
