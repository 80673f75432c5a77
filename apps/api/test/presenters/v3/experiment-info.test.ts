import { createTimeZone, ExperimentInfoV3 } from "@autosubmit-api/shared-types";
import { emptyConfigurationFacts } from "autosubmit-reader";
import { describe, expect, test } from "vitest";
import {
  type ExperimentInfoParts,
  presentExperimentInfo,
  presentExperimentInfoFailure,
} from "../../../src/presenters/v3/experiment-info.js";
import { expectBody } from "../../support/expect-body.js";

const NOW = new Date("2026-07-01T09:00:00Z");
const MADRID = createTimeZone("Europe/Madrid");
const NOTHING: ExperimentInfoParts = {
  expid: "a000",
  folder: null,
  facts: null,
  jobListModifiedAt: null,
  record: null,
  isRunning: false,
  lastRun: null,
  problems: ["The folder is gone", "The configuration does not load"],
};
const RUN = {
  ...{ run_id: 2, created: null, modified: null, start: null, finish: null, chunk_unit: null, chunk_size: null },
  ...{ completed: 3, failed: 0, queuing: 0, running: 0, submitted: 0, suspended: 0, metadata: null },
};

describe("presentExperimentInfo", () => {
  test("tells what is missing, and has every field all the same", () => {
    const body = presentExperimentInfo(NOTHING, NOW, MADRID);
    expectBody(ExperimentInfoV3, body);
    expect(body).toMatchObject({
      error: true,
      error_message: "The folder is gone\nThe configuration does not load\n",
      path: "NA",
      chunk_unit: "default",
      pkl_timestamp: NOW.getTime() / 1000,
    });
  });

  test("shows times on the site's clock, without fractions", () => {
    const folder = {
      path: "/site/a000",
      owner: "jdoe",
      ownerId: 1000,
      changedAt: 0,
      accessedAt: 1.9,
      modifiedAt: 1e9 + 0.7,
    };
    expect(presentExperimentInfo({ ...NOTHING, folder, problems: [] }, NOW, MADRID)).toMatchObject({
      error: false,
      path: "/site/a000",
      owner: "jdoe",
      owner_id: 1000,
      time_last_access: "1970-01-01T01:00:01+01:00",
      time_last_mod: "2001-09-09T03:46:40+02:00",
    });
  });

  test("the main database's version wins over the configuration's", () => {
    const facts = { ...emptyConfigurationFacts("yaml"), autosubmitVersion: "4.1.5", mainPlatform: "LOCAL" };
    const record = { id: 1, name: "a000", description: "x", autosubmit_version: "4.1.17" };
    expect(presentExperimentInfo({ ...NOTHING, facts }, NOW, MADRID)).toMatchObject({ version: "4.1.5", hpc: "LOCAL" });
    expect(presentExperimentInfo({ ...NOTHING, facts, record }, NOW, MADRID).version).toBe("4.1.17");
  });

  test("a run without jobs says nothing of the jobs", () => {
    const jobsOf = (total: number) => {
      const body = presentExperimentInfo({ ...NOTHING, lastRun: { ...RUN, total } }, NOW, MADRID);
      return [body.total_jobs, body.completed_jobs];
    };
    expect(jobsOf(8)).toEqual([8, 3]);
    expect(jobsOf(0)).toEqual([0, 0]);
  });

  test("a failure has every field", () => {
    const body = presentExperimentInfoFailure("a000", "busy");
    expectBody(ExperimentInfoV3, body);
    expect(body).toMatchObject({ error: true, error_message: "busy", expid: "a000" });
  });
});
