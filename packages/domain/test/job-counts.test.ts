import { JOB_STATUS_CODES } from "@autosubmit-api/shared-types";
import { expect, test } from "vitest";
import { countJobsByStatus } from "../src/job-counts.js";

test("every status has a number, in the order of the codes", () => {
  expect(Object.entries(countJobsByStatus([]))).toEqual(Object.keys(JOB_STATUS_CODES).map((name) => [name, 0]));
});

test("jobs are counted under the name of their status", () => {
  const counts = countJobsByStatus([{ status: 5 }, { status: 5 }, { status: -1 }, { status: 0 }]);
  expect(counts).toMatchObject({ COMPLETED: 2, FAILED: 1, WAITING: 1, RUNNING: 0 });
});

test("a code that Autosubmit does not define counts as UNKNOWN", () => {
  expect(countJobsByStatus([{ status: 42 }, { status: -2 }]).UNKNOWN).toBe(2);
});
