import { JOB_STATUS_CODES } from "@autosubmit-api/shared-types";
import { describe, expect, it } from "vitest";
import { averagePostSeconds, jobAsypd, jobSypd, yearsPerChunk } from "../../src/metrics/simulated-years.js";

const completed = { status: JOB_STATUS_CODES.COMPLETED, chunk: 1, splits: null, yearsPerChunk: 1 / 3, runSeconds: 5 };

describe("yearsPerChunk", () => {
  it.each([
    ["year", 2, 2],
    ["month", 4, 4 / 12],
    ["day", 15, 15 / 365],
    ["hour", 12, 12 / 8760],
    ["NA", 4, 0],
    ["constructor", 4, 0],
    [null, 4, 0],
    ["month", 0, 0],
    ["month", -1, 0],
    ["month", Number.NaN, 0],
    ["month", null, 0],
  ])("%s × %s is %d years", (chunkUnit, chunkSize, years) => {
    expect(yearsPerChunk({ chunkUnit, chunkSize })).toBe(years);
  });
});

describe("jobSypd", () => {
  it("is years × 86400 / run seconds", () => {
    expect(jobSypd(completed)).toBe(((1 / 3) * 86_400) / 5);
  });

  it("shares the chunk among its splits", () => {
    expect(jobSypd({ ...completed, splits: 4 })).toBe(1440);
    expect(jobSypd({ ...completed, splits: -1 })).toBe(5760);
  });

  it.each([
    ["is not completed", { status: JOB_STATUS_CODES.RUNNING }],
    ["has no chunk", { chunk: null }],
    ["has chunk 0", { chunk: 0 }],
    ["took no time", { runSeconds: 0 }],
    ["took negative time", { runSeconds: -3 }],
    ["has a chunk without a length", { yearsPerChunk: 0 }],
  ])("is null when the job %s", (_, change) => {
    expect(jobSypd({ ...completed, ...change })).toBeNull();
  });
});

describe("jobAsypd", () => {
  it("adds the queue and the average POST time to the divisor", () => {
    const job = { ...completed, queueSeconds: 10, averagePostSeconds: 5.5 };
    expect(jobAsypd(job)).toBe(((1 / 3) * 86_400) / 20.5);
  });

  it("exists for a job that only waited, and not where nothing took time", () => {
    const job = { ...completed, runSeconds: 0, averagePostSeconds: 0 };
    expect(jobAsypd({ ...job, queueSeconds: 10 })).toBe(((1 / 3) * 86_400) / 10);
    expect(jobAsypd({ ...job, queueSeconds: 0 })).toBeNull();
  });
});

describe("averagePostSeconds", () => {
  it("is the mean of queue plus run, to 4 decimals, and 0 of nothing", () => {
    const jobs = [3, 4, 4].map((runSeconds) => ({ queueSeconds: 1, runSeconds }));
    expect(averagePostSeconds(jobs)).toBe(4.6667);
    expect(averagePostSeconds([])).toBe(0);
  });
});
