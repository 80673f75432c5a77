import { describe, expect, it } from "vitest";
import { packBoxes } from "../../src/graph-layout/pack-boxes.js";
import { storedPositions } from "../../src/graph-layout/positions.js";

describe("storedPositions", () => {
  const stored = [
    { job_name: "b", x: 1, y: 2 },
    { job_name: "a", x: 3, y: 4 },
    { job_name: "gone", x: 5, y: 6 },
  ];

  it("is the stored drawing in list order when it covers the list", () => {
    expect(storedPositions(["a", "b"], stored)).toEqual({ x: Int32Array.of(3, 1), y: Int32Array.of(4, 2) });
  });

  it("is null when a job has no place", () => {
    expect(storedPositions(["a", "new"], stored)).toBeNull();
    expect(storedPositions(["a"], [])).toBeNull();
    expect(storedPositions(["a"], [{ job_name: "a", x: Number.NaN, y: 0 }])).toBeNull();
  });
});

describe("packBoxes", () => {
  it("lets no two boxes overlap", () => {
    const boxes = [5, 3, 8, 1, 1, 9, 2].map((side) => ({ width: side, height: side / 2 }));
    const placed = packBoxes(boxes).map((corner, index) => ({
      ...corner,
      ...(boxes[index] ?? { width: 0, height: 0 }),
    }));
    for (const [index, a] of placed.entries())
      for (const b of placed.slice(index + 1))
        expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(
          true,
        );
  });
});
