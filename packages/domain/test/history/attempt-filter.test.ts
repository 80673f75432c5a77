import { describe, expect, it } from "vitest";
import { type AttemptFilter, isOpenAttempt, matchesAttempt } from "../../src/history/attempt-filter.js";
import { jobDataRow } from "../support/history-rows.js";

const EVERYTHING: AttemptFilter = {
  sections: null,
  statuses: null,
  runIds: null,
  submittedFrom: null,
  submittedBefore: null,
};
const row = jobDataRow({ submit: 1000 });

describe("matchesAttempt", () => {
  it.each([
    ["everything", {}, true],
    ["its section", { sections: new Set(["POST", "SIM"]) }, true],
    ["another section", { sections: new Set(["POST"]) }, false],
    ["its status", { statuses: new Set(["COMPLETED"]) }, true],
    ["another status", { statuses: new Set(["FAILED"]) }, false],
    ["its run", { runIds: new Set([1]) }, true],
    ["another run", { runIds: new Set([2]) }, false],
    ["from its submission on", { submittedFrom: 1000 }, true],
    ["from later on", { submittedFrom: 1001 }, false],
    ["before its submission", { submittedBefore: 1000 }, false],
    ["before later", { submittedBefore: 1001 }, true],
    ["its section in another run", { sections: new Set(["SIM"]), runIds: new Set([2]) }, false],
  ])("asked for %s", (_, filter, expected) => {
    expect(matchesAttempt(row, { ...EVERYTHING, ...filter })).toBe(expected);
  });

  it("finds swapped sections, and leaves out what a restriction cannot be checked for", () => {
    const swapped = jobDataRow({ section: "fc0", member: "SIM" });
    expect(matchesAttempt(swapped, { ...EVERYTHING, sections: new Set(["SIM"]) })).toBe(true);
    expect(matchesAttempt(jobDataRow({ run_id: null }), { ...EVERYTHING, runIds: new Set([1]) })).toBe(false);
    expect(matchesAttempt(jobDataRow({ submit: 0 }), { ...EVERYTHING, submittedBefore: 5 })).toBe(false);
  });
});

describe("isOpenAttempt", () => {
  it.each([
    [{ finish: 0 }, false],
    [{ finish: 0, status: "RUNNING" }, true],
    [{ finish: 0, status: "FAILED" }, true],
    [{ finish: 0, status: "FAILED", last: 0 }, false],
    [{ finish: 0, status: "WAITING", submit: 0 }, false],
    [{ status: "FAILED" }, false],
  ])("of %j is %s", (changes, expected) => {
    expect(isOpenAttempt(jobDataRow(changes))).toBe(expected);
  });
});
