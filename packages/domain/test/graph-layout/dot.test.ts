import { describe, expect, it } from "vitest";
import { dotSource, readDotPositions } from "../../src/graph-layout/dot.js";
import { buildJobGraph } from "../../src/jobs/job-graph.js";
import { edges } from "../support/job-records.js";

describe("dotSource", () => {
  it("names jobs by number, with boxes as wide as the names", () => {
    const names = ["a", "a_long_name_of_a_job"];
    expect(dotSource(buildJobGraph(names, edges("a > a_long_name_of_a_job")), names)).toBe(
      [
        "digraph {",
        'node [shape=box, fixedsize=true, label=""]',
        "0 [width=0.75]",
        "1 [width=2.00]",
        "0 -> 1",
        "}",
      ].join("\n"),
    );
  });

  it("holds no text of an experiment", () => {
    const names = ['"]; evil [label="'];
    expect(dotSource(buildJobGraph(names, null), names)).not.toContain("evil");
  });
});

describe("readDotPositions", () => {
  it("reads places in drawing units, downwards", () => {
    const plain =
      'graph 1 2 3\nnode 0 1.5 2.5 0.75 0.5 "" solid box black lightgrey\nnode 1 1.5 1.25 0.75 0.5 x\nedge 0 1 4\nstop\n';
    const positions = readDotPositions(plain, 2);
    expect([...(positions?.x ?? [])]).toEqual([135, 135]);
    expect([...(positions?.y ?? [])]).toEqual([-225, -112]);
  });

  it("is null when a job is missing", () => {
    expect(readDotPositions("node 0 1 1 1 1 x\n", 2)).toBeNull();
  });
});
