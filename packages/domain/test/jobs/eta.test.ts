import { describe, expect, it } from "vitest";
import { estimateSection } from "../../src/jobs/eta.js";
import { lastAttempts } from "../../src/jobs/last-attempts.js";
import { jobDataRow } from "../support/history-rows.js";
import { job } from "../support/job-records.js";

const sim = (name: string, chunk: number | null, status: "COMPLETED" | "WAITING" = "COMPLETED") =>
  job(name, { section: "SIM", chunk, status });
const attempts = (...times: [string, number, number][]) =>
  lastAttempts(times.map(([job_name, start, finish]) => jobDataRow({ job_name, start, finish })));

describe("estimateSection", () => {
  it("multiplies the remaining chunks with the average of the completed ones", () => {
    const jobs = [sim("1", 1), sim("2", 2), sim("3", 3, "WAITING"), sim("4", 4, "WAITING"), sim("5", 5, "WAITING")];
    const history = attempts(["1", 1000, 3400], ["2", 4000, 6400]);
    expect(estimateSection("SIM", jobs, history)).toEqual({
      etaSeconds: 7200,
      chunksTotal: 5,
      chunksRemaining: 3,
      averageChunkSeconds: 2400,
    });
  });

  it("takes a chunk from the first start to the last finish of its jobs, and as completed when all of them are", () => {
    const jobs = [sim("1a", 1), sim("1b", 1), sim("2a", 2), sim("2b", 2, "WAITING")];
    const history = attempts(["1a", 1000, 2000], ["1b", 1500, 4000], ["2a", 5000, 6000]);
    expect(estimateSection("SIM", jobs, history)).toMatchObject({ averageChunkSeconds: 3000, chunksRemaining: 1 });
  });

  it("is 0 when no chunk remains, even without times", () => {
    expect(estimateSection("SIM", [sim("1", 1)], new Map())).toEqual({
      etaSeconds: 0,
      chunksTotal: 1,
      chunksRemaining: 0,
      averageChunkSeconds: null,
    });
  });

  it("is null before the first chunk has completed", () => {
    expect(estimateSection("SIM", [sim("1", 1, "WAITING")], new Map())).toMatchObject({ etaSeconds: null });
  });

  it("leaves out chunks whose times make no sense", () => {
    const history = attempts(["1", 5000, 3000]);
    expect(estimateSection("SIM", [sim("1", 1), sim("2", 2, "WAITING")], history)).toMatchObject({ etaSeconds: null });
  });

  it("refuses sections without jobs and sections without chunks", () => {
    expect(estimateSection("POST", [sim("1", 1)], new Map())).toBe("no-such-section");
    expect(estimateSection("SIM", [sim("1", null)], new Map())).toBe("not-chunked");
  });
});
