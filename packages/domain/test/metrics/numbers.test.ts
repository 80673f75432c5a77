import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { divideSumOfHundredths, mean, median, roundHalfEven, sumExactly } from "../../src/metrics/numbers.js";

describe("roundHalfEven", () => {
  it.each([
    [0.125, 2, 0.12],
    [0.375, 2, 0.38],
    [2.5, 0, 2],
    [3.5, 0, 4],
    [-0.125, 2, -0.12],
    [-2.5, 0, -2],
    [2.675, 2, 2.67],
    [1.005, 2, 1],
    [0.00005, 4, 0.0001],
    [0.03125, 4, 0.0312],
    [54.95652173913044, 2, 54.96],
    [1e22, 2, 1e22],
    [123456789.5, 0, 123456790],
  ])("rounds %d to %i decimals as Python does: %d", (value, digits, expected) => {
    expect(roundHalfEven(value, digits)).toBe(expected);
  });

  it("leaves non-finite values alone", () => {
    expect(roundHalfEven(Number.POSITIVE_INFINITY, 2)).toBe(Number.POSITIVE_INFINITY);
    expect(roundHalfEven(Number.NaN, 2)).toBeNaN();
  });
});

describe("sumExactly", () => {
  it("keeps what naive addition loses", () => {
    expect(sumExactly([0.1, 0.2, 0.3, -0.6])).toBeCloseTo(2.7755575615628914e-17, 30);
    expect(sumExactly([1e16, 1, -1e16])).toBe(1);
    expect(sumExactly(Array.from({ length: 10 }, () => 0.1))).toBe(1);
    expect(sumExactly([])).toBe(0);
  });

  it("does not depend on the order", () => {
    const numbers = fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true }), { maxLength: 40 });
    fc.assert(
      fc.property(numbers, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (values, keys) => {
        const shuffled = values.map((value) => ({ value, key: keys.next().value })).sort((a, b) => a.key - b.key);
        expect(sumExactly(shuffled.map((item) => item.value))).toBe(sumExactly(values));
      }),
    );
  });
});

describe("divideSumOfHundredths", () => {
  it.each([
    // 8.87 / 8 = 1.10875 and 8.73 / 8 = 1.09125 are halves: to the even neighbour
    [[1.78, 1.67, 1.9, 0.19, 2, 0.87, 0.15, 0.31], 8, 1.1088],
    [[8.73], 8, 1.0912],
    [[31.11, 32, 32.89, 32], 4, 32],
    [[0.01], 3, 0.0033],
    [[0.02], 3, 0.0067],
    [[-8.73], 8, -1.0912],
    [[-0.02], 3, -0.0067],
    [[1e13, 0.01], 1, 1e13 + 0.01],
    [[], 2, 0],
  ])("%j / %i is %d", (figures, count, expected) => {
    expect(divideSumOfHundredths(figures, count)).toBe(expected);
    expect(divideSumOfHundredths(figures.toReversed(), count)).toBe(expected);
  });
});

describe("mean and median", () => {
  it("are null of nothing", () => {
    expect(mean([])).toBeNull();
    expect(median([])).toBeNull();
  });

  it("take the middle, or the mean of the two middle values", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 6])).toBe(5.5);
    expect(mean([1, 2, 6])).toBe(3);
  });
});
