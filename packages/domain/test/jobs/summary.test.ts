import { JOB_STATUS_CODES, JOB_STATUS_NAMES, type JobStatusName } from "@autosubmit-api/shared-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countJobsByStatus } from "../../src/job-counts.js";
import { type SummarisedJob, summariseJobs } from "../../src/jobs/summary.js";

const summarised = (name: string, status: JobStatusName, queueSeconds = 0, runSeconds = 0): SummarisedJob => ({
  name,
  status: JOB_STATUS_CODES[status],
  times: {
    submitAt: null,
    startAt: null,
    finishAt: null,
    queueSeconds,
    runSeconds,
    source: "history",
    isSuspicious: false,
  },
});

describe("summariseJobs", () => {
  it("averages queue times over submitted jobs and run times over started ones, cut to seconds", () => {
    const summary = summariseJobs([
      summarised("a_1_SIM", "COMPLETED", 10, 100),
      summarised("a_2_SIM", "RUNNING", 20, 51),
      summarised("a_3_SIM", "SUBMITTED", 7, 0),
      summarised("a_4_SIM", "WAITING", 999, 999),
      summarised("a_POST", "FAILED", 0, 0),
    ]);
    // (10 + 20 + 7 + 0) / 4, (100 + 51 + 0) / 3
    expect(summary).toMatchObject({ averageQueueSeconds: 9, averageRunSeconds: 50 });
    // Simulations: (10 + 20) / 2, (100 + 51) / 2
    expect(summary).toMatchObject({
      simulations: 4,
      simulationsQueued: 2,
      simulationsRun: 2,
      averageSimulationQueueSeconds: 15,
      averageSimulationRunSeconds: 75,
      failedJobs: ["a_POST"],
    });
  });

  it("knows a simulation by one part of its name", () => {
    const names = ["a_SIM", "SIM_a", "a_SIM_1", "a_SIMULATION", "ASIM"];
    expect(summariseJobs(names.map((name) => summarised(name, "WAITING"))).simulations).toBe(3);
  });

  it("counts a job whose file contradicts the list apart", () => {
    const job = summarised("a_SIM", "RUNNING");
    const summary = summariseJobs([{ ...job, times: { ...job.times, isSuspicious: true } }]);
    expect(summary).toMatchObject({ running: 0, suspicious: 1, simulations: 1, simulationsQueued: 0 });
  });

  it("is all zeros without jobs", () => {
    expect(summariseJobs([])).toMatchObject({ running: 0, averageQueueSeconds: 0, averageSimulationRunSeconds: 0 });
  });

  it("counts what the counters of the list count", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...JOB_STATUS_NAMES)), (statuses) => {
        const jobs = statuses.map((status, index) => summarised(`a_${index}`, status));
        const counts = countJobsByStatus(jobs);
        expect(summariseJobs(jobs)).toMatchObject({
          running: counts.RUNNING,
          suspended: counts.SUSPENDED,
          queuing: counts.QUEUING,
          failed: counts.FAILED,
          submitted: counts.SUBMITTED,
        });
      }),
    );
  });
});
