import { describe, expect, it } from "vitest";
import { inListOrder, jobPositions } from "../../src/jobs/job-positions.js";

const entry = (name: string, value: number) => ({ name, value });
const nameOf = ({ name }: { name: string }) => name;

describe("inListOrder", () => {
  it("puts what is said of a job where the job is, and null where nothing is said", () => {
    const names = ["a", "b", "c"];
    const ordered = inListOrder(names, jobPositions(names), [entry("c", 3), entry("a", 1), entry("gone", 9)], {
      nameOf,
    });
    expect(ordered.map((found) => found?.value ?? null)).toEqual([1, null, 3]);
  });

  it("tells two jobs of one name the same", () => {
    const names = ["a", "b", "a"];
    const ordered = inListOrder(names, jobPositions(names), [entry("a", 1)], { nameOf });
    expect(ordered.map((found) => found?.value ?? null)).toEqual([1, null, 1]);
  });

  it("takes the later of two entries, or the better one where that is told", () => {
    const entries = [entry("a", 2), entry("a", 1)];
    expect(inListOrder(["a"], jobPositions(["a"]), entries, { nameOf })[0]?.value).toBe(1);
    const better = (one: { value: number }, other: { value: number }) => one.value > other.value;
    expect(inListOrder(["a"], jobPositions(["a"]), entries, { nameOf, better })[0]?.value).toBe(2);
  });
});
