import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildJobGraph, childCount, childrenOf, parentCount, parentsOf } from "../../src/jobs/job-graph.js";
import { edges } from "../support/job-records.js";

describe("buildJobGraph", () => {
  it("lists children and parents by place, in the order of the edges", () => {
    const graph = buildJobGraph(["a", "b", "c"], edges("a > c", "a > b", "b > c"));
    expect([...childrenOf(graph, 0)]).toEqual([2, 1]);
    expect([...parentsOf(graph, 2)]).toEqual([0, 1]);
    expect([...childrenOf(graph, 2)]).toEqual([]);
  });

  it("drops self edges, repeated edges and edges from jobs that are not in the list", () => {
    const graph = buildJobGraph(["a", "b"], edges("a > a", "a > b", "a > b", "x > b"));
    expect([...childrenOf(graph, 0)]).toEqual([1]);
    expect(parentCount(graph, 1)).toBe(1);
  });

  it("keeps the names of children that are not in the list", () => {
    const graph = buildJobGraph(["a"], edges("a > x", "a > x", "a > y"));
    expect([...(graph.outsideChildren.get(0) ?? [])]).toEqual(["x", "y"]);
    expect(childCount(graph, 0)).toBe(2);
  });

  it("has no edges when the structure is not known", () => {
    const graph = buildJobGraph(["a", "b"], null);
    expect([childCount(graph, 0), parentCount(graph, 1)]).toEqual([0, 0]);
  });

  it("tells the same of every edge from both ends", () => {
    const name = fc.constantFrom("a", "b", "c", "d", "e");
    fc.assert(
      fc.property(fc.array(fc.record({ from: name, to: name })), (given) => {
        const graph = buildJobGraph(["a", "b", "c", "d", "e"], given);
        for (let parent = 0; parent < 5; parent += 1)
          for (let child = 0; child < 5; child += 1)
            expect(childrenOf(graph, parent).includes(child)).toBe(parentsOf(graph, child).includes(parent));
        expect(graph.children.length).toBe(
          new Set(given.filter((e) => e.from !== e.to).map((e) => e.from + e.to)).size,
        );
      }),
    );
  });
});
