import { buildJobHistory, measureRuns, summariseStatistics } from "@autosubmit-api/domain";
import { createTimeZone } from "@autosubmit-api/shared-types";
import { type ExperimentRunRecord, emptyConfigurationFacts, type JobDataRecord } from "autosubmit-reader";
import { afterEach, describe, expect, it } from "vitest";
import { presentJobHistory } from "../../../src/presenters/v3/job-history.js";
import { presentRuns as presentRunsV3 } from "../../../src/presenters/v3/runs.js";
import { presentStatistics } from "../../../src/presenters/v3/statistics.js";
import { presentJobAttempt } from "../../../src/presenters/v4/jobs-history.js";
import { presentRuns as presentRunsV4 } from "../../../src/presenters/v4/runs.js";

const processZone = process.env.TZ;
afterEach(() => {
  if (processZone === undefined) delete process.env.TZ;
  else process.env.TZ = processZone;
});

const at = (iso: string) => Date.parse(iso) / 1000;
/** One instant on either side of the change on 27 October 2024 at 01:00 UTC, and what the zones show. */
const INSTANTS = [
  ["2024-10-27T00:30:00Z", "UTC", "2024-10-27T00:30:00+00:00"],
  ["2024-10-27T01:30:00Z", "UTC", "2024-10-27T01:30:00+00:00"],
  ["2024-10-27T00:30:00Z", "Europe/Madrid", "2024-10-27T02:30:00+02:00"],
  ["2024-10-27T01:30:00Z", "Europe/Madrid", "2024-10-27T02:30:00+01:00"],
] as const;

const run = (instant: number): ExperimentRunRecord => ({
  run_id: 1,
  created: "2024-10-27-02:30:00",
  modified: null,
  start: instant,
  finish: instant,
  chunk_unit: "month",
  chunk_size: 1,
  completed: 0,
  total: 0,
  failed: 0,
  queuing: 0,
  running: 0,
  submitted: 0,
  suspended: 0,
  metadata: null,
});

const row = (instant: number): JobDataRecord => ({
  id: 1,
  counter: 0,
  job_name: "a000_SIM",
  created: null,
  modified: null,
  submit: instant,
  start: instant,
  finish: instant,
  status: "COMPLETED",
  rowtype: 2,
  ncpus: 1,
  wallclock: null,
  qos: null,
  energy: null,
  date: null,
  section: "SIM",
  member: null,
  chunk: 1,
  last: 1,
  platform: null,
  job_id: null,
  extra_data: null,
  nnodes: null,
  run_id: null,
  MaxRSS: null,
  AveRSS: null,
  out: null,
  err: null,
  rowstatus: null,
  children: null,
  platform_output: null,
  workflow_commit: null,
  split: null,
  splits: null,
  fail_count: null,
});

describe.each(["UTC", "Europe/Madrid", "Pacific/Auckland"])("in a process whose zone is %s", (zoneOfProcess) => {
  it.each(INSTANTS)("%s is shown in %s as %s", (iso, zoneName, shown) => {
    process.env.TZ = zoneOfProcess;
    const [instant, zone] = [at(iso), createTimeZone(zoneName)];

    expect(presentRunsV4([run(instant)], zone).runs[0]).toMatchObject({ start: shown, finish: shown });
    expect(presentRunsV3(measureRuns([run(instant)], []), 1, zone).runs[0]?.finish).toBe(shown);
    expect(presentJobAttempt(row(instant), zone)).toMatchObject({ submit: shown, start: shown, finish: shown });
    const history = buildJobHistory({
      rows: [row(instant)],
      runs: [],
      completed: [],
      currentStatus: null,
      now: instant,
    });
    expect(presentJobHistory(history, "/logs", zone).history?.[0]).toMatchObject({ submit: shown, finish: shown });
    const statistics = summariseStatistics(
      {
        jobs: [{ name: "a", section: "SIM", date: null, member: null, chunk: null }],
        attemptsOf: () => [],
        configuration: emptyConfigurationFacts("yaml"),
        localNow: "2024-10-27T02:30:00",
      },
      { section: null, activeAfter: null },
    );
    const { Statistics } = presentStatistics(statistics, { from: null, to: instant }, "Any", zone);
    expect(Statistics?.Period).toEqual({ From: "None", To: shown.replace("T", " ") });
  });
});

describe("what is not known", () => {
  it("is null, or what v3 always wrote for it", () => {
    const zone = createTimeZone("Europe/Madrid");
    const history = buildJobHistory({
      rows: [{ ...row(0), status: "SUBMITTED", submit: 5 }],
      runs: [],
      completed: [],
      currentStatus: null,
      now: 100,
    });
    expect(presentJobHistory(history, "/logs", zone).history?.[0]).toMatchObject({
      start: null,
      finish: null,
      queue_time: "0:00:00",
      run_time: "0:00:00",
      qos: "debug",
      platform: "NA",
      job_id: 0,
      SYPD: "NA",
      ASYPD: "NA",
      run_created: "NA",
    });
    expect(presentRunsV4([{ ...run(0), finish: null }], zone).runs).toEqual([{ run_id: 1, start: null, finish: null }]);
  });
});
