import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutBySpectrum } from "../../src/graph-layout/spectral-layout.js";
import { buildJobGraph } from "../../src/jobs/job-graph.js";
import { chain, placeCount, randomDag } from "../support/graphs.js";
import { edges } from "../support/job-records.js";

const alone = (size: number) => new Int32Array(size).fill(-1);

describe("layoutBySpectrum", () => {
  it("draws no two jobs on one place, whatever the graph", () => {
    fc.assert(
      fc.property(randomDag(), (graph) => {
        expect(placeCount(layoutBySpectrum(graph, alone(graph.size)))).toBe(graph.size);
      }),
    );
  });

  it("puts the jobs of a chain in order", () => {
    const { x } = layoutBySpectrum(chain(8), alone(8));
    const steps = Array.from(x.subarray(1), (column, job) => Math.sign(column - (x[job] ?? 0)));
    expect(new Set(steps).size).toBe(1);
  });

  it("draws graphs of several parts, single jobs and no jobs", () => {
    const graph = buildJobGraph(["a", "b", "c", "d", "e"], edges("a > b", "c > d"));
    expect(placeCount(layoutBySpectrum(graph, alone(5)))).toBe(5);
    expect(placeCount(layoutBySpectrum(buildJobGraph(["a", "b"], null), alone(2)))).toBe(2);
    expect(layoutBySpectrum(buildJobGraph([], null), alone(0)).x.length).toBe(0);
  });

  it("sets jobs apart that the graph cannot tell from each other", () => {
    const leaves = Array.from({ length: 200 }, (_, index) => `l${index}`);
    const graph = buildJobGraph(
      ["r", ...leaves],
      leaves.map((leaf) => ({ from: "r", to: leaf })),
    );
    expect(placeCount(layoutBySpectrum(graph, alone(201)))).toBe(201);
  });

  it("gives the same drawing every time", () => {
    const draw = () => layoutBySpectrum(chain(30), alone(30));
    expect(draw()).toEqual(draw());
  });

  it("draws jobs of one wrapper nearer to each other", () => {
    const { x: without } = layoutBySpectrum(chain(6), alone(6));
    const { x: wrapped } = layoutBySpectrum(chain(6), Int32Array.of(-1, -1, 0, 0, -1, -1));
    const gap = (x: Int32Array) => Math.abs((x[2] ?? 0) - (x[3] ?? 0)) / Math.abs((x[0] ?? 0) - (x[5] ?? 0));
    expect(gap(wrapped)).toBeLessThan(gap(without));
  });
});
