import { expect, test } from "vitest";
import { graceAfterAsking } from "../../src/runners/stop-run.js";

test.each([
  ["what asking left of the time", 60_000, 2_000, 58_000],
  ["ten seconds when asking took all of it", 60_000, 60_000, 10_000],
  ["never more than was configured", 4_000, 4_000, 4_000],
])("a run that was asked to stop gets %s", (_, stopTimeoutMs, askedMs, expected) => {
  expect(graceAfterAsking(stopTimeoutMs, askedMs)).toBe(expected);
});
