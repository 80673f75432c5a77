import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layerJobs } from "../../src/graph-layout/layers.js";
import { buildJobGraph, childrenOf } from "../../src/jobs/job-graph.js";
import { randomDag } from "../support/graphs.js";
import { edges } from "../support/job-records.js";

describe("layerJobs", () => {
  it("is one more than the highest parent's", () => {
    const graph = buildJobGraph(["d", "c", "b", "a"], edges("a > b", "b > c", "a > c", "c > d"));
    expect([...layerJobs(graph)]).toEqual([4, 3, 2, 1]);
  });

  it("puts jobs without any edge on the first layer", () => {
    expect([...layerJobs(buildJobGraph(["a", "b"], null))]).toEqual([1, 1]);
  });

  it("ends on cycles, and gives what lies behind them higher layers", () => {
    const layers = layerJobs(buildJobGraph(["a", "b", "c"], edges("a > b", "b > a", "b > c")));
    expect([...layers]).toEqual([1, 2, 3]);
  });

  it("leads every edge of a graph without cycles downwards", () => {
    fc.assert(
      fc.property(randomDag(), (graph) => {
        const layers = layerJobs(graph);
        for (let job = 0; job < graph.size; job += 1)
          for (const child of childrenOf(graph, job)) expect(layers[child]).toBeGreaterThan(layers[job] ?? 0);
      }),
    );
  });
});
