import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutInLayers, spreadApart } from "../../src/graph-layout/layered-layout.js";
import { buildJobGraph, childrenOf } from "../../src/jobs/job-graph.js";
import { chain, placeCount, randomDag } from "../support/graphs.js";
import { edges } from "../support/job-records.js";

const alone = (size: number) => new Int32Array(size).fill(-1);

describe("layoutInLayers", () => {
  it("draws no two jobs on one place, and every edge downwards", () => {
    fc.assert(
      fc.property(randomDag(), fc.boolean(), (graph, isWrapped) => {
        const groups = isWrapped ? Int32Array.from({ length: graph.size }, (_, job) => job % 3) : alone(graph.size);
        const positions = layoutInLayers(graph, groups);
        expect(placeCount(positions)).toBe(graph.size);
        for (let job = 0; job < graph.size; job += 1)
          for (const child of childrenOf(graph, job)) expect(positions.y[child]).toBeGreaterThan(positions.y[job] ?? 0);
      }),
    );
  });

  it("draws a chain as a straight line", () => {
    const { x, y } = layoutInLayers(chain(5), alone(5));
    expect(new Set(x).size).toBe(1);
    expect([...y]).toEqual([150, 300, 450, 600, 750]);
  });

  it("does not cross edges that need not cross", () => {
    const graph = buildJobGraph(["a", "b", "y", "x"], edges("a > x", "b > y"));
    const { x } = layoutInLayers(graph, alone(4));
    expect(Math.sign((x[0] ?? 0) - (x[1] ?? 0))).toBe(Math.sign((x[3] ?? 0) - (x[2] ?? 0)));
  });

  it("keeps jobs of one wrapper side by side", () => {
    const graph = buildJobGraph(["r", "a", "b", "c", "d"], edges("r > a", "r > b", "r > c", "r > d"));
    const { x } = layoutInLayers(graph, Int32Array.of(-1, 0, 1, 0, 1));
    const order = [1, 2, 3, 4].sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0)).map((job) => (job - 1) % 2);
    expect(order.join("")).toMatch(/^(0011|1100)$/);
  });

  it("draws graphs with cycles, and the empty graph", () => {
    const graph = buildJobGraph(["a", "b"], edges("a > b", "b > a"));
    expect(placeCount(layoutInLayers(graph, alone(2)))).toBe(2);
    expect(layoutInLayers(buildJobGraph([], null), alone(0)).x.length).toBe(0);
  });
});

describe("spreadApart", () => {
  it("leaves places alone that are far enough apart", () => {
    expect([...spreadApart(Float64Array.of(0, 1, 5))]).toEqual([0, 1, 5]);
  });

  it("shares out what overlaps around its middle", () => {
    expect([...spreadApart(Float64Array.of(0, 0, 0))]).toEqual([-1, 0, 1]);
    expect([...spreadApart(Float64Array.of(3, 0))]).toEqual([1, 2]);
  });

  it("keeps the order and a distance of 1", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -100, max: 100, noNaN: true })), (wanted) => {
        const places = spreadApart(Float64Array.from(wanted));
        for (let place = 1; place < places.length; place += 1)
          expect((places[place] ?? 0) - (places[place - 1] ?? 0)).toBeGreaterThan(1 - 1e-9);
      }),
    );
  });
});
