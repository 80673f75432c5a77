import { describe, expect, it } from "vitest";
import { type LanczosLimits, largestEigenvectors, type SymmetricOperator } from "../../src/graph-layout/lanczos.js";
import { largestTridiagonalEigenpair } from "../../src/graph-layout/tridiagonal.js";

const LIMITS: LanczosLimits = { basisNumbers: 1_000_000, multiplications: 100_000_000, tolerance: () => 1e-10 };

/** Multiplication with a matrix that is 0 but for these entries, which are mirrored. */
function sparse(entries: readonly [number, number, number][]): SymmetricOperator {
  return (vector, result) => {
    result.fill(0);
    for (const [row, column, value] of entries) {
      result[row] = (result[row] ?? 0) + value * (vector[column] ?? 0);
      if (row !== column) result[column] = (result[column] ?? 0) + value * (vector[row] ?? 0);
    }
  };
}

describe("largestTridiagonalEigenpair", () => {
  it.each([1, 2, 5, 50])("knows the path of %d nodes: 2 cos(π / (n + 1))", (size) => {
    const { value, vector } = largestTridiagonalEigenpair(new Float64Array(size), new Float64Array(size - 1).fill(1));
    expect(value).toBeCloseTo(2 * Math.cos(Math.PI / (size + 1)), 12);
    const expected = Array.from({ length: size }, (_, node) => Math.sin(((node + 1) * Math.PI) / (size + 1)));
    const length = Math.hypot(...expected);
    vector.forEach((entry, node) => {
      expect(Math.abs(entry)).toBeCloseTo((expected[node] ?? 0) / length, 9);
    });
  });

  it("takes matrices that fall apart", () => {
    const { value, vector } = largestTridiagonalEigenpair(Float64Array.of(1, 3, 2), Float64Array.of(0, 0));
    expect(value).toBeCloseTo(3, 12);
    expect([...vector].map(Math.abs)).toEqual([expect.closeTo(0, 9), expect.closeTo(1, 9), expect.closeTo(0, 9)]);
  });
});

describe("largestEigenvectors", () => {
  it("finds the eigenvalues of a path, largest first", () => {
    const size = 300;
    const path = sparse(
      Array.from({ length: size - 1 }, (_, node) => [node, node + 1, 1] as const).map(([a, b, v]) => [a, b, v]),
    );
    const found = largestEigenvectors(path, size, 3, [], LIMITS);
    found.forEach(({ value }, place) => {
      expect(value).toBeCloseTo(2 * Math.cos(((place + 1) * Math.PI) / (size + 1)), 9);
    });
  });

  it("finds a repeated eigenvalue as often as it occurs", () => {
    const diagonal = sparse([0, 1, 2, 3, 4, 5].map((node) => [node, node, node < 3 ? 7 : node]));
    const values = largestEigenvectors(diagonal, 6, 4, [], LIMITS).map(({ value }) => value);
    expect(values).toEqual([7, 7, 7, 5].map((value) => expect.closeTo(value, 9)));
  });

  it("leaves out what is locked, and gives unit vectors that are orthogonal to each other", () => {
    const diagonal = sparse([5, 4, 3].map((value, node) => [node, node, value]));
    const [first, second] = largestEigenvectors(diagonal, 3, 2, [Float64Array.of(1, 0, 0)], LIMITS);
    expect(first?.value).toBeCloseTo(4, 9);
    expect(second?.value).toBeCloseTo(3, 9);
    const dot = Array.from(first?.vector ?? [], (entry, index) => entry * (second?.vector[index] ?? 0));
    expect(dot.reduce((sum, product) => sum + product, 0)).toBeCloseTo(0, 9);
  });

  it("has no more vectors than the space", () => {
    expect(largestEigenvectors(sparse([[0, 0, 1]]), 2, 5, [], LIMITS)).toHaveLength(2);
  });

  it("stops when its work is done, converged or not", () => {
    const size = 5_000;
    const path = sparse(Array.from({ length: size - 1 }, (_, node) => [node, node + 1, 1]));
    const limits = { basisNumbers: 20 * size, multiplications: 10_000_000, tolerance: () => 1e-14 };
    expect(largestEigenvectors(path, size, 2, [], limits)).toHaveLength(2);
  });

  it("gives the same vectors every time", () => {
    const path = sparse(Array.from({ length: 49 }, (_, node) => [node, node + 1, 1]));
    const once = largestEigenvectors(path, 50, 2, [], LIMITS);
    expect(largestEigenvectors(path, 50, 2, [], LIMITS)).toEqual(once);
  });
});
