import fc from "fast-check";
import { buildJobGraph, type JobGraph } from "../../src/jobs/job-graph.js";

/** Graphs of up to 60 jobs without cycles, listed in an order that does not follow the edges. */
export function randomDag(): fc.Arbitrary<JobGraph> {
  const size = fc.integer({ min: 1, max: 60 });
  return size.chain((count) => {
    const names = Array.from({ length: count }, (_, index) => `j${index}`);
    const place = fc.integer({ min: 0, max: count - 1 });
    const pairs = fc.array(fc.tuple(place, place), { maxLength: 2 * count });
    return fc.tuple(fc.shuffledSubarray(names, { minLength: count }), pairs).map(([shuffled, given]) => {
      const ordered = given.map(([a, b]) => ({ from: `j${Math.min(a, b)}`, to: `j${Math.max(a, b)}` }));
      return buildJobGraph(shuffled, ordered);
    });
  });
}

/** A chain of jobs, each waiting for the one before it. */
export function chain(length: number): JobGraph {
  const names = Array.from({ length }, (_, index) => `j${index}`);
  return buildJobGraph(
    names,
    names.slice(1).map((to, index) => ({ from: `j${index}`, to })),
  );
}

/** Number of places that a drawing uses. */
export function placeCount({ x, y }: { x: Int32Array; y: Int32Array }): number {
  return new Set(Array.from(x, (column, job) => `${column},${y[job]}`)).size;
}
