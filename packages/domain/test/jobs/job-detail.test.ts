import { emptyConfigurationFacts, parseTotalStats } from "autosubmit-reader";
import { describe, expect, it } from "vitest";
import { buildJobDetail, type JobDetailSources } from "../../src/jobs/job-detail.js";
import { configuration } from "../support/configuration.js";
import { jobDataRow } from "../support/history-rows.js";
import { CLOCK, job } from "../support/job-records.js";

const detail = (changes: Partial<JobDetailSources> = {}) =>
  buildJobDetail(
    {
      record: job("a_1_SIM", { status: "COMPLETED", chunk: 1 }),
      attempt: null,
      totalStats: [],
      lastRun: null,
      facts: emptyConfigurationFacts("yaml"),
      wrapperName: null,
      logs: null,
      ...changes,
    },
    CLOCK,
  );

describe("buildJobDetail", () => {
  it("tells the section's own settings, not those of its platform", () => {
    const facts = configuration({
      chunk: { unit: "month", size: 4 },
      sections: { SIM: { platform: "MN5", processors: "16", wallclock: "01:00", queue: "" } },
      platforms: { MN5: { queue: "gp", maxWallclock: "48:00" } },
    });
    expect(detail({ facts })).toMatchObject({
      platform: "MN5",
      processors: 16,
      wallclock: "01:00",
      queue: "",
      chunkLength: { chunkUnit: "month", chunkSize: 4 },
    });
  });

  it("falls back on the history when the configuration cannot be loaded", () => {
    const attempt = jobDataRow({ platform: "MN5", ncpus: "16:32", wallclock: "02:00", qos: "gp", job_id: "4711" });
    expect(detail({ facts: null, attempt, lastRun: { chunk_unit: "day", chunk_size: 5 } })).toMatchObject({
      platform: "MN5",
      processors: 72,
      wallclock: "02:00",
      queue: "gp",
      remoteId: 4711,
      chunkLength: { chunkUnit: "day", chunkSize: 5 },
    });
  });

  it("has no remote id that is not a whole number", () => {
    expect(detail({ attempt: jobDataRow({ job_id: "4711.srv" }) }).remoteId).toBeNull();
    expect(detail({ attempt: jobDataRow({ job_id: null }) }).remoteId).toBeNull();
  });

  it("takes times from the job's file where the history does not agree", () => {
    const record = job("a_1_SIM", { status: "FAILED" });
    const totalStats = parseTotalStats("20260101000000 20260101000010 20260101000100 FAILED");
    expect(detail({ record, totalStats }).times).toMatchObject({
      queueSeconds: 10,
      runSeconds: 50,
      source: "total-stats",
    });
  });

  it("shows the newest logs of finished jobs, compressed or not", () => {
    const logs = { out: "a.out.xz", err: "a.err", plainOut: "a.out", plainErr: "a.err" };
    expect(detail({ logs })).toMatchObject({ outLog: "a.out.xz", errLog: "a.err" });
    expect(detail({ logs, record: job("a", { status: "RUNNING" }) })).toMatchObject({ outLog: null, errLog: null });
  });
});
