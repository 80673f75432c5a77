import { JOB_STATUS_CODES } from "@autosubmit-api/shared-types";
import { describe, expect, it } from "vitest";
import { buildRunTree, jobsInFlight, type RunAttempt } from "../../src/jobs/run-tree.js";
import { experimentRun, jobDataRow } from "../support/history-rows.js";

const NOW = 1_767_312_000;
const tree = (attempts: readonly RunAttempt[], currentStatuses = new Map<string, number>()) =>
  buildRunTree({ run: experimentRun({ chunk_unit: "month", chunk_size: 12 }), attempts, currentStatuses }, NOW);

describe("buildRunTree", () => {
  it("marks later attempts of a job with a plus each, by counter", () => {
    const attempts = [3, 1, 2].map((counter) => jobDataRow({ id: counter, counter, job_name: "a_SIM" }));
    expect(tree(attempts).jobs.map((job) => [job.key, job.attempt.counter])).toEqual([
      ["a_SIM", 1],
      ["a_SIM+", 2],
      ["a_SIM++", 3],
    ]);
  });

  it("groups by date and section; every section has a folder at every date", () => {
    const { dates, undated } = tree([
      jobDataRow({ id: 1, job_name: "1", date: "1990-01-01 00:00:00", section: "SIM", chunk: 2 }),
      jobDataRow({ id: 2, job_name: "2", date: "1990-01-01 00:00:00", section: "SIM", chunk: 1 }),
      jobDataRow({ id: 3, job_name: "3", date: "2000-01-01 00:00:00", section: "POST" }),
      jobDataRow({ id: 4, job_name: "4", date: "", section: "SETUP" }),
    ]);
    // Rows with the same counter are taken from the highest id down.
    expect(dates.map((date) => [date.date, date.sections.map((section) => [section.key, section.jobs])])).toEqual([
      [
        "20000101",
        [
          ["SETUP", []],
          ["POST", [1]],
          ["SIM", []],
        ],
      ],
      [
        "19900101",
        [
          ["SETUP", []],
          ["POST", []],
          ["SIM", [2, 3]],
        ],
      ],
    ]);
    expect(undated).toEqual([0]);
  });

  it("lets an unfinished earlier attempt end where it stopped", () => {
    const [job] = tree([jobDataRow({ last: 0, status: "FAILED", submit: 100, start: 0, finish: 0 })]).jobs;
    expect(job).toMatchObject({ startAt: 100, finishAt: 100, queueSeconds: 0, runSeconds: 0 });
  });

  it("lets the last attempt wait or run until now", () => {
    const [waiting] = tree([jobDataRow({ status: "SUBMITTED", submit: NOW - 50, start: 0, finish: 0 })]).jobs;
    expect(waiting).toMatchObject({ queueSeconds: 50, runSeconds: 0, startAt: 0 });
    const [running] = tree([jobDataRow({ status: "RUNNING", submit: NOW - 50, start: NOW - 40, finish: 0 })]).jobs;
    expect(running).toMatchObject({ queueSeconds: 10, runSeconds: 40, finishAt: 0 });
  });

  it("shows an attempt in flight as the job list has it", () => {
    const row = jobDataRow({ job_name: "a_SIM", status: "FAILED", start: NOW - 40, finish: 0 });
    expect(jobsInFlight([row, jobDataRow({ job_name: "b" })])).toEqual(["a_SIM"]);
    const [shown] = tree([row], new Map([["a_SIM", JOB_STATUS_CODES.RUNNING]])).jobs;
    expect(shown).toMatchObject({ statusName: "RUNNING", runSeconds: 40 });
    expect(tree([row], new Map([["a_SIM", JOB_STATUS_CODES.WAITING]])).jobs[0]?.statusName).toBe("FAILED");
    expect(tree([row]).jobs[0]?.statusName).toBe("FAILED");
  });

  it("takes the time of the wrapper's earlier jobs off the queue time, and keeps the total", () => {
    const code = 177_787_440_099;
    const { jobs, wrappers } = tree([
      jobDataRow({ job_name: "1", counter: 1, rowtype: code, submit: 1000, start: 1100, finish: 1500 }),
      jobDataRow({ job_name: "2", counter: 2, rowtype: code, submit: 1000, start: 1530, finish: 2000 }),
    ]);
    expect(jobs.map((job) => [job.totalQueueSeconds, job.queueSeconds, job.wrapperCode])).toEqual([
      [100, 100, code],
      [530, 30, code],
    ]);
    expect(wrappers.map((folder) => [folder.key, folder.jobs])).toEqual([[code, [0, 1]]]);
  });

  it("computes speeds with the run's chunks", () => {
    const [job] = tree([jobDataRow({ submit: 1000, start: 1100, finish: 1100 + 43_200, chunk: 1 })]).jobs;
    expect(job?.sypd).toBe(2);
    expect(job?.asypd).toBeCloseTo(86_400 / 43_300, 12);
  });

  it("is empty for a run without rows", () => {
    expect(tree([])).toMatchObject({ jobs: [], dates: [], undated: [], wrappers: [] });
  });

  it("keeps a status that Autosubmit does not define as text", () => {
    expect(tree([jobDataRow({ status: "ODD" })]).jobs[0]).toMatchObject({ statusName: "ODD", status: -2 });
  });
});
