import { describe, expect, test } from "vitest";
import { answerHoldsForMs } from "../../src/render/answer-validity.js";

describe("an answer whose sources stay", () => {
  test.each([
    ["holds", false, undefined, 5_000, Number.POSITIVE_INFINITY],
    [
      "holds, also of a view that may depend on the time, when it does not",
      true,
      false,
      5_000,
      Number.POSITIVE_INFINITY,
    ],
    ["does not hold when its view depends on the time", true, undefined, 5_000, 0],
    ["does not hold when its view depends on the time and it does too", true, true, 5_000, 0],
    ["holds for a second when the clock changes it", false, true, 20, 1_000],
    ["holds for twenty times the time it took, when that was long", false, true, 500, 10_000],
    ["holds for 30 s at most", false, true, 60_000, 30_000],
  ])("%s", (_rule, timeDependent, changesWithTime, durationMs, holdsForMs) => {
    expect(answerHoldsForMs({ timeDependent }, changesWithTime, durationMs)).toBe(holdsForMs);
  });
});
