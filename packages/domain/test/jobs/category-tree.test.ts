import { describe, expect, it } from "vitest";
import { buildCategoryTree } from "../../src/jobs/category-tree.js";
import { job } from "../support/job-records.js";

describe("buildCategoryTree", () => {
  it("counts by date, member, section and status", () => {
    const date = "1990-01-01T00:00:00";
    const tree = buildCategoryTree([
      job("a_SETUP"),
      job("a_1_SIM", { date, member: "fc0", status: "COMPLETED" }),
      job("a_2_SIM", { date, member: "fc0", status: "COMPLETED" }),
      job("a_3_SIM", { date, member: "fc0", status: "FAILED" }),
      job("a_PREP", { date }),
    ]);
    const plain = (value: unknown): unknown =>
      value instanceof Map ? Object.fromEntries(Array.from(value, ([key, inner]) => [key, plain(inner)])) : value;
    expect(plain(tree)).toEqual({
      NA: { NA: { SETUP: { WAITING: 1 } } },
      "1990-01-01": { fc0: { SIM: { COMPLETED: 2, FAILED: 1 } }, NA: { PREP: { WAITING: 1 } } },
    });
  });
});
