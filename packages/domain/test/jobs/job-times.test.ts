import { createTimeZone, JOB_STATUS_CODES, type JobStatusName } from "@autosubmit-api/shared-types";
import { parseTotalStats } from "autosubmit-reader";
import { describe, expect, it } from "vitest";
import { jobTimes, needsTotalStats } from "../../src/jobs/job-times.js";
import { jobDataRow } from "../support/history-rows.js";

const zone = createTimeZone("UTC");
const at = (iso: string) => Date.parse(`${iso}Z`) / 1000;
const S = at("2026-06-10T16:30:39");
const A = at("2026-06-10T16:30:40");
const F = at("2026-06-10T16:30:44");
const NOW = at("2026-06-10T17:00:00");
const [s, a, f] = ["20260610163039", "20260610163040", "20260610163044"];

const fromFile = (status: JobStatusName, line: string) => {
  const totalStats = parseTotalStats(line).at(-1) ?? null;
  return jobTimes({ status: JOB_STATUS_CODES[status], attempt: null, totalStats }, { now: NOW, zone });
};
const fromHistory = (status: JobStatusName, row: Parameters<typeof jobDataRow>[0]) =>
  jobTimes({ status: JOB_STATUS_CODES[status], attempt: jobDataRow(row), totalStats: null }, { now: NOW, zone });

describe("jobTimes from _TOTAL_STATS", () => {
  it.each<[JobStatusName, string, (number | null)[], number, number, boolean]>([
    ["RUNNING", `${s}`, [S, S, null], 0, NOW - S, false],
    ["RUNNING", `${s} ${a}`, [S, A, null], 1, NOW - A, false],
    ["RUNNING", `${s} ${a} ${f}`, [S, A, null], 1, NOW - A, false],
    ["RUNNING", `${s} ${a} ${f} COMPLETED`, [S, A, null], 1, NOW - A, true],
    ["RUNNING", `${s} ${a} end status`, [S, A, null], 1, NOW - A, false],
    ["QUEUING", `${s}`, [S, null, null], NOW - S, 0, false],
    ["QUEUING", `${s} start end status`, [S, null, null], NOW - S, 0, false],
    ["SUBMITTED", `${s} ${a}`, [S, null, null], NOW - S, 0, false],
    ["SUBMITTED", `${s} ${a} ${f} FAILED`, [S, null, null], NOW - S, 0, true],
    ["FAILED", `${s}`, [S, S, S], 0, 0, false],
    ["FAILED", `${s} ${a}`, [S, A, A], 1, 0, false],
    ["FAILED", `${s} ${a} ${f}`, [S, A, F], 1, 4, false],
    ["FAILED", `${s} ${a} ${f} FAILED`, [S, A, F], 1, 4, false],
    ["FAILED", `${s} ${a} ${f} COMPLETED`, [S, A, F], 1, 4, true],
    ["FAILED", "foo bar", [null, null, null], 0, 0, false],
    ["COMPLETED", `${s} ${a} ${f} COMPLETED`, [null, null, null], 0, 0, false],
    ["WAITING", `${s} ${a} ${f} COMPLETED`, [null, null, null], 0, 0, false],
  ])("%s with %j", (status, line, [submitAt, startAt, finishAt], queueSeconds, runSeconds, isSuspicious) => {
    expect(fromFile(status, line)).toMatchObject({
      submitAt,
      startAt,
      finishAt,
      queueSeconds,
      runSeconds,
      isSuspicious,
    });
  });

  it("knows nothing without a file", () => {
    expect(fromFile("RUNNING", "")).toMatchObject({ submitAt: null, startAt: null, runSeconds: 0, source: "none" });
  });

  it("reads the times on the site's clock", () => {
    const input = { status: JOB_STATUS_CODES.FAILED, attempt: null, totalStats: parseTotalStats(s)[0] ?? null };
    expect(jobTimes(input, { now: NOW, zone: createTimeZone("Europe/Madrid") }).submitAt).toBe(S - 7200);
  });

  it("takes the distance of times that are in the wrong order", () => {
    expect(fromFile("FAILED", `${a} ${s} ${f} FAILED`)).toMatchObject({ queueSeconds: 1, runSeconds: 5 });
  });
});

describe("jobTimes from the history", () => {
  it("takes the row's times when it has the list's status", () => {
    expect(fromHistory("COMPLETED", { submit: S, start: A, finish: F })).toEqual({
      submitAt: S,
      startAt: A,
      finishAt: F,
      queueSeconds: 1,
      runSeconds: 4,
      source: "history",
      isSuspicious: false,
    });
  });

  it("lets a running job run until now", () => {
    const times = fromHistory("RUNNING", { status: "RUNNING", submit: S, start: A, finish: 0 });
    expect(times).toMatchObject({ startAt: A, finishAt: null, runSeconds: NOW - A });
  });

  it("has durations but no times for a suspended job", () => {
    const times = fromHistory("SUSPENDED", { status: "SUSPENDED", submit: S, start: A, finish: F });
    expect(times).toMatchObject({ submitAt: null, startAt: null, finishAt: null, queueSeconds: 1, runSeconds: 4 });
  });

  it("knows nothing when the row has another status and the job is not in flight", () => {
    expect(fromHistory("WAITING", { status: "COMPLETED" })).toMatchObject({ source: "none", runSeconds: 0 });
  });

  it("takes a FAILED row without a finish as in flight (4.1.17)", () => {
    const running = fromHistory("RUNNING", { status: "FAILED", submit: S, start: A, finish: 0 });
    expect(running).toMatchObject({ submitAt: S, startAt: A, finishAt: null, queueSeconds: 1, runSeconds: NOW - A });
    const queuing = fromHistory("QUEUING", { status: "FAILED", submit: S, start: 0, finish: 0 });
    expect(queuing).toMatchObject({ submitAt: S, startAt: null, queueSeconds: NOW - S, runSeconds: 0 });
  });

  it("does not take a failed attempt for the one that is in flight", () => {
    expect(fromHistory("RUNNING", { status: "FAILED", submit: S, start: A, finish: F }).source).toBe("none");
  });
});

describe("needsTotalStats", () => {
  it("is for submitted jobs that the history does not tell of", () => {
    expect(needsTotalStats(JOB_STATUS_CODES.RUNNING, null)).toBe(true);
    expect(needsTotalStats(JOB_STATUS_CODES.FAILED, jobDataRow({ status: "COMPLETED" }))).toBe(true);
    expect(needsTotalStats(JOB_STATUS_CODES.FAILED, jobDataRow({ status: "FAILED" }))).toBe(false);
    expect(needsTotalStats(JOB_STATUS_CODES.RUNNING, jobDataRow({ status: "FAILED", finish: 0 }))).toBe(false);
    expect(needsTotalStats(JOB_STATUS_CODES.COMPLETED, null)).toBe(false);
    expect(needsTotalStats(JOB_STATUS_CODES.WAITING, null)).toBe(false);
  });
});
