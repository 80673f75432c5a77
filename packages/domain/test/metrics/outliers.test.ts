import { describe, expect, it } from "vitest";
import { separateOutliers } from "../../src/metrics/outliers.js";

const separate = (...runTimes: number[]) => {
  const { considered, excluded } = separateOutliers(runTimes.map((runSeconds) => ({ runSeconds })));
  return {
    considered: considered.map((job) => job.runSeconds),
    excluded: excluded.map(({ job, reason, score }) => [
      job.runSeconds,
      reason,
      score === null ? null : score.toFixed(3),
    ]),
  };
};

describe("separateOutliers", () => {
  it("scores by the median absolute deviation", () => {
    // median 3600, deviations 100 0 0 100 32400, their median 100: 32400 / (1.4826 × 100)
    expect(separate(3500, 3600, 36_000, 3600, 3700)).toEqual({
      considered: [3500, 3600, 3600, 3700],
      excluded: [[36_000, "outlier", "218.535"]],
    });
  });

  it("scores by the mean absolute deviation where the median deviation is 0", () => {
    // Twenty times 10, once 1000: mean 1200/21, mean deviation 2 × (20/21) × (990/21) = 89.7959, 990 / (1.2533 × 89.7959)
    const { considered, excluded } = separate(...Array.from({ length: 20 }, () => 10), 1000);
    expect(considered).toHaveLength(20);
    expect(excluded).toEqual([[1000, "outlier", "8.797"]]);
  });

  it("keeps a score of exactly 7", () => {
    const unit = 1.4826 * 10;
    expect(separate(100, 110, 90, 90, 100 + 7 * unit).excluded).toEqual([]);
    expect(separate(100, 110, 90, 90, 100 + 7.01 * unit).excluded).toHaveLength(1);
  });

  it("leaves out zero and negative run times, which do not shift the scores", () => {
    expect(separate(0, 10, -5, 12).excluded).toEqual([
      [0, "no-run-time", null],
      [-5, "no-run-time", null],
    ]);
    expect(separate(0, 0, 0, 0, 10, 12).considered).toEqual([10, 12]);
  });

  it.each([[[]], [[5]], [[5, 5, 5]], [[0, 5]]])("tells nothing apart in %j", (runTimes) => {
    expect(separate(...runTimes).considered).toEqual(runTimes.filter((seconds) => seconds > 0));
  });
});
