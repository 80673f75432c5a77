import { describe, expect, it } from "vitest";
import { indexWrappers, wrapperId } from "../../src/jobs/wrappers.js";

const rows = (...pairs: [string, string][]) => ({
  preview: false,
  rows: pairs.map(([package_name, job_name]) => ({ package_name, job_name })),
});

describe("indexWrappers", () => {
  it("lets the last row of a job hold", () => {
    const { byJob, byName } = indexWrappers(rows(["w1", "a"], ["w1", "b"], ["w2", "a"]));
    expect(byJob.get("a")?.name).toBe("w2");
    expect([...byName].map(([name, wrapper]) => [name, wrapper.jobNames])).toEqual([
      ["w2", ["a"]],
      ["w1", ["b"]],
    ]);
  });

  it("alternates the shapes by the place of the wrapper's last job", () => {
    const { byName } = indexWrappers(rows(["w1", "a"], ["w1", "b"], ["w2", "c"]));
    expect(byName.get("w1")?.shape).toBe("hexagon");
    expect(byName.get("w2")?.shape).toBe("square");
  });

  it("leaves rows without a wrapper's name out", () => {
    expect(indexWrappers(rows([" ", "a"])).byJob.size).toBe(0);
    expect(indexWrappers(null).byName.size).toBe(0);
  });
});

describe("wrapperId", () => {
  it.each([
    ["a6zj_ASThread_17128472368642_1_4", "17128472368642"],
    ["aa6f_ASThread_SIM_17810117114353_1_8", "17810117114353"],
    ["aa6f_ASThread_SIM_DN_17810117114353_1_8", "17810117114353"],
    ["w", null],
  ])("of %s is %s", (name, expected) => {
    expect(wrapperId(name)).toBe(expected);
  });
});
