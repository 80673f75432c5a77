import { describe, expect, it } from "vitest";
import { groupByDateAndMember } from "../../src/graph-layout/date-member-groups.js";
import { experimentJobs, job } from "../support/job-records.js";

const date = "1990-01-01T00:00:00";

describe("groupByDateAndMember", () => {
  it("lies in the middle of its jobs and shows the status that matters most", () => {
    const { jobs } = experimentJobs([
      job("1", { date, member: "fc0", status: "COMPLETED" }),
      job("2", { date, member: "fc0", status: "RUNNING" }),
      job("3", { date, member: null }),
      job("4"),
    ]);
    const positions = { x: Int32Array.of(0, 100, 9, 9), y: Int32Array.of(0, 51, 9, 9) };
    expect(groupByDateAndMember(jobs, positions)).toEqual([
      { date: "19900101", member: "fc0", statusName: "RUNNING", x: 50, y: 25 },
    ]);
  });

  it("moves groups apart that are too near, the lower one further down", () => {
    const { jobs } = experimentJobs(["fc0", "fc1"].map((member) => job(member, { date, member })));
    const groups = groupByDateAndMember(jobs, { x: Int32Array.of(0, 100), y: Int32Array.of(0, 50) });
    expect(groups.map(({ member, y }) => [member, y])).toEqual([
      ["fc1", 250],
      ["fc0", 0],
    ]);
  });

  it("has no groups without dates or members", () => {
    expect(
      groupByDateAndMember(experimentJobs([job("a")]).jobs, { x: new Int32Array(1), y: new Int32Array(1) }),
    ).toEqual([]);
  });
});
