import type { JobDataRecord } from "autosubmit-reader";
import { describe, expect, it } from "vitest";
import { readHistoryAttempt } from "../../src/history/history-attempt.js";
import { buildJobHistory, type JobHistoryInput } from "../../src/history/job-history.js";
import { experimentRun, jobDataRow } from "../support/history-rows.js";

const START = 1_767_225_600;
const build = (rows: JobDataRecord[], changes: Partial<JobHistoryInput> = {}) =>
  buildJobHistory({ rows, runs: [experimentRun()], completed: [], currentStatus: null, now: START + 600, ...changes });

describe("buildJobHistory", () => {
  it("computes the speed of an attempt from its run", () => {
    const post = readHistoryAttempt(
      jobDataRow({ id: 2, job_name: "post", section: "POST", submit: START, start: START + 100, finish: START + 600 }),
    );
    const [entry] = build([jobDataRow()], { completed: [post] });
    expect(entry?.sypd).toBe(12);
    // 0.5 × 86400 / (60 + 3600 + 600)
    expect(entry?.asypd).toBeCloseTo(10.140845, 6);
  });

  it("has no speed without a run, a chunk, or completion", () => {
    const rows = [{ run_id: 7 }, { run_id: null }, { chunk: 0 }, { status: "FAILED" }].map((change, id) =>
      jobDataRow({ ...change, id }),
    );
    for (const entry of build(rows)) expect([entry.sypd, entry.asypd]).toEqual([null, null]);
  });

  it("sorts the newest attempt first, by counter, then id", () => {
    const rows = [
      jobDataRow({ id: 5, counter: 1 }),
      jobDataRow({ id: 6, counter: 1 }),
      jobDataRow({ id: 3, counter: 4 }),
    ];
    expect(build(rows).map(({ row }) => row.id)).toEqual([3, 6, 5]);
  });

  it("lets a running attempt run until now, without a finish", () => {
    const [entry] = build([jobDataRow({ status: "RUNNING", finish: 0 })]);
    expect(entry).toMatchObject({ status: "RUNNING", finishAt: 0, runSeconds: 600 });
  });

  it("takes the status of an open FAILED row from a job list that has it in flight", () => {
    const open = jobDataRow({ status: "FAILED", finish: 0 });
    expect(build([open], { currentStatus: "RUNNING" })[0]).toMatchObject({ status: "RUNNING", runSeconds: 600 });
    expect(build([open], { currentStatus: "QUEUING" })[0]).toMatchObject({ status: "QUEUING", runSeconds: 0 });
    expect(build([open], { currentStatus: "FAILED" })[0]).toMatchObject({ status: "FAILED", runSeconds: 0 });
    expect(build([open])[0]).toMatchObject({ status: "FAILED", runSeconds: 0 });
  });

  it("does not let an attempt run on that the job list no longer has running, or that is not the last", () => {
    const running = jobDataRow({ status: "RUNNING", finish: 0 });
    expect(build([running], { currentStatus: "COMPLETED" })[0]?.runSeconds).toBe(0);
    expect(build([{ ...running, last: 0 }])[0]?.runSeconds).toBe(0);
  });

  it("takes off the queue time inside a wrapper", () => {
    const wrapped = { rowtype: 1_700_000_000, submit: START };
    const first = jobDataRow({ ...wrapped, id: 1, job_name: "first", start: START + 100, finish: START + 3700 });
    const second = jobDataRow({ ...wrapped, id: 2, job_name: "second", start: START + 3710, finish: START + 7310 });
    const [entry] = build([second], { completed: [first, second].map(readHistoryAttempt) });
    expect(entry?.queueSeconds).toBe(10);
  });

  it("reads loose types", () => {
    const [entry] = build([
      jobDataRow({ ncpus: "16:32", energy: 1234.5678, chunk: null, section: null, member: null }),
    ]);
    expect(entry).toMatchObject({ processors: 72, energyJoules: 1234.57, sypd: null });
  });
});
