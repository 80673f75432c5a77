import { describe, expect, it } from "vitest";
import { freshWrappers } from "../../src/jobs/fresh-wrappers.js";
import { jobDataRow } from "../support/history-rows.js";
import { CLOCK, experimentJobs, job } from "../support/job-records.js";

const WEEK = 7 * 86_400;
const wrappers = { preview: false, rows: ["a", "b"].map((job_name) => ({ package_name: "w", job_name })) };

function freshOf(statusOfB: "RUNNING" | "COMPLETED" | "WAITING", submittedSecondsAgo: number | null) {
  const submit = submittedSecondsAgo === null ? 0 : CLOCK.now - submittedSecondsAgo;
  const attempts = [jobDataRow({ job_name: "a", status: "COMPLETED", submit, start: submit, finish: submit })];
  const jobs = [job("a", { status: "COMPLETED" }), job("b", { status: statusOfB })];
  return [...freshWrappers(experimentJobs(jobs, { wrappers, attempts }), CLOCK.now)];
}

describe("freshWrappers", () => {
  it.each([
    ["a job is at work and the wrapper is young", "RUNNING", 60, ["w"]],
    ["a job waits and the wrapper is young", "WAITING", 60, ["w"]],
    ["all jobs are at rest, which a new run may change", "COMPLETED", 60, ["w"]],
    ["the wrapper is days old", "RUNNING", WEEK - 60, ["w"]],
    ["the wrapper is older than a week", "RUNNING", WEEK + 60, []],
    ["no submission is known", "RUNNING", null, []],
  ] as const)("when %s: %s, %s s ago", (_, status, ago, expected) => {
    expect(freshOf(status, ago)).toEqual(expected);
  });
});
