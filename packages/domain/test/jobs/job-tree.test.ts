import { JOB_STATUS_NAMES, type JobStatusName } from "@autosubmit-api/shared-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countJobsByStatus } from "../../src/job-counts.js";
import { buildJobTree, type JobTree } from "../../src/jobs/job-tree.js";
import { experimentJobs, job } from "../support/job-records.js";

const D1 = "1990-01-01T00:00:00";
const D2 = "2000-01-01T00:00:00";
const at = (
  name: string,
  date: string | null,
  member: string | null,
  section: string,
  status: JobStatusName = "WAITING",
) => job(name, { date, member, section, status });

/** Every position in the tree, wrappers apart. */
const positions = (tree: JobTree) => [
  ...tree.undated,
  ...tree.dates.flatMap((date) =>
    date.members.flatMap((member) => [...member.singles, ...member.sections.flatMap((section) => section.jobs)]),
  ),
];

describe("buildJobTree", () => {
  it("sorts jobs by date, member and section, in the order of the list", () => {
    const tree = buildJobTree(
      experimentJobs([
        at("s", null, null, "SETUP"),
        at("b1", D2, "fc1", "SIM"),
        at("b2", D2, "fc1", "SIM"),
        at("b3", D2, "fc1", "INI"),
        at("a1", D1, "fc0", "SIM"),
        at("a2", D1, null, "PREP"),
      ]),
    );
    expect(tree.undated).toEqual([0]);
    expect(tree.dates.map((date) => [date.date, date.members.map((member) => member.member)])).toEqual([
      ["20000101", ["fc1"]],
      ["19900101", ["fc0", null]],
    ]);
    expect(tree.dates[0]?.members[0]?.sections).toEqual([{ section: "SIM", jobs: [1, 2], isExpanded: false }]);
    expect(tree.dates[0]?.members[0]?.singles).toEqual([3]);
  });

  it("puts jobs that need attention in front, the latest first, and opens their section", () => {
    const tree = buildJobTree(
      experimentJobs([
        at("1", D1, "fc0", "SIM", "COMPLETED"),
        at("2", D1, "fc0", "SIM", "FAILED"),
        at("3", D1, "fc0", "SIM", "RUNNING"),
        at("4", D1, "fc0", "SIM", "WAITING"),
      ]),
    );
    expect(tree.dates[0]?.members[0]?.sections[0]).toEqual({ section: "SIM", jobs: [2, 1, 0, 3], isExpanded: true });
  });

  it("tells when all jobs of a date have one of the quiet statuses", () => {
    const uniform = (status: JobStatusName) =>
      buildJobTree(experimentJobs([at("1", D1, "a", "S", status), at("2", D1, "b", "S", status)])).dates[0]
        ?.uniformStatus;
    expect(uniform("COMPLETED")).toBe("COMPLETED");
    expect(uniform("WAITING")).toBe("WAITING");
    expect(uniform("SUSPENDED")).toBe("SUSPENDED");
    expect(uniform("FAILED")).toBeNull();
  });

  it("closes quiet dates when there are more than five", () => {
    const years = ["1990", "1991", "1992", "1993", "1994", "1995"];
    const list = years.map((year, index) =>
      at(year, `${year}-01-01T00:00:00`, "fc0", "S", index === 0 ? "RUNNING" : "WAITING"),
    );
    const expanded = (jobs: typeof list) => buildJobTree(experimentJobs(jobs)).dates.map((date) => date.isExpanded);
    expect(expanded(list)).toEqual([true, false, false, false, false, false]);
    expect(expanded(list.slice(1))).toEqual([true, true, true, true, true]);
  });

  it("lists wrappers by name with their listed jobs by chunk", () => {
    const rows = ["w2:b", "w1:d", "w1:c", "w3:gone"].map((text) => {
      const [package_name = "", job_name = ""] = text.split(":");
      return { package_name, job_name };
    });
    const list = [job("b"), job("c", { chunk: 1, status: "HELD" }), job("d", { chunk: 2, status: "COMPLETED" })];
    const { wrappers } = buildJobTree(experimentJobs(list, { wrappers: { preview: false, rows } }));
    expect(wrappers.map((folder) => [folder.wrapper.name, folder.jobs])).toEqual([
      ["w1", [1, 2]],
      ["w2", [0]],
      ["w3", []],
    ]);
    expect(wrappers[0]?.tally).toEqual({ completed: 1, running: 0, queuing: 0, failed: 0, held: 1, total: 2 });
  });

  it("holds every job exactly once, and its counts are the list's", () => {
    const status = fc.constantFrom(...JOB_STATUS_NAMES);
    const record = fc.record({
      date: fc.constantFrom(null, D1, D2),
      member: fc.constantFrom(null, "fc0", "fc1"),
      section: fc.constantFrom("SIM", "POST", ""),
      status,
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 40 }), (records) => {
        const list = records.map((changes, index) => job(`a000_${index}`, changes));
        const tree = buildJobTree(experimentJobs(list));
        expect(positions(tree).sort((a, b) => a - b)).toEqual([...list.keys()]);
        const members = tree.dates.flatMap((date) => date.members);
        const counts = countJobsByStatus(list.filter((entry) => entry.date !== null));
        expect(members.reduce((sum, member) => sum + member.tally.running, 0)).toBe(counts.RUNNING);
        expect(members.reduce((sum, member) => sum + member.tally.failed, 0)).toBe(counts.FAILED);
      }),
    );
  });
});
