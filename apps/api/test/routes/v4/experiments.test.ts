import { join } from "node:path";
import { writeExperiment } from "@autosubmit-api/fixtures";
import {
  type ExperimentsV4Body,
  ExperimentV4,
  type ExperimentV4Body,
  JobsV4,
  type JobsV4Body,
  WrappersV4,
  type WrappersV4Body,
} from "@autosubmit-api/shared-types";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectBody } from "../../support/expect-body.js";
import { NOW, startTestApi, type TestApi } from "../../support/test-api.js";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi([
    { expid: "a000", description: "a 'quoted' one", wrappers: "real" },
    { expid: "a001", version: "3.13.0" },
    { expid: "a002", version: "4.0.100", wrappers: "preview" },
    { expid: "a003", version: "4.1.10" },
    { expid: "a004", version: "4.2.0" },
  ]);
});
afterAll(() => api.close());

describe("GET /v4/experiments/{expid}", () => {
  test("answers the experiment's row", async () => {
    const body = await api.get<ExperimentV4Body>("/v4/experiments/a000");
    expectBody(ExperimentV4, body);
    expect(body).toEqual({ id: 1, name: "a000", description: "a 'quoted' one", autosubmit_version: "4.1.17" });
  });

  test.each(["zzzz", "A000", "..%2f..%2fetc", "x"])("is 404 with a message for %s", async (expid) => {
    const answer = await api.app.inject(`/v4/experiments/${expid}`);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ error: true, error_message: expect.stringMatching(/./) as string });
  });
});

describe("GET /v4/experiments", () => {
  test.each([
    ["a004", "the job list of 4.2"],
    ["a003", "nothing, for older versions"],
  ])("counts of %s come from %s when its last run began without counting jobs", async (expid) => {
    const file = new Sqlite(join(api.root, `metadata/data/job_data_${expid}.db`));
    file.exec("UPDATE experiment_run SET total = 0, completed = 0");
    file.close();
    const { experiments } = await api.get<ExperimentsV4Body>("/v4/experiments?only_active=false");
    const { jobs } = await api.get<JobsV4Body>(`/v4/experiments/${expid}/jobs`);
    const counted = expid === "a004" ? jobs : [];
    expect(experiments.find(({ name }) => name === expid)).toMatchObject({
      total: counted.length,
      completed: counted.filter(({ status }) => status === "COMPLETED").length,
    });
  });
});

describe("GET /v4/experiments/{expid}/jobs", () => {
  test.each(["a000", "a001", "a002", "a003", "a004"])("answers every job of %s, whatever the format", async (expid) => {
    const body = await api.get<JobsV4Body>(`/v4/experiments/${expid}/jobs`);
    expectBody(JobsV4, body);
    const written = api.workspace.experiments.find(({ spec }) => spec.expid === expid);
    expect(body.jobs.length).toBe(written?.workflow.jobs.length);
    expect(body.jobs.find(({ section }) => section === "SIM")).toMatchObject({
      date: "2000-01-01",
      member: "fc0",
      chunk: expect.any(Number) as number,
    });
  });

  test("view=quick answers the same jobs in the same order, with names and statuses only", async () => {
    const base = await api.get<JobsV4Body>("/v4/experiments/a000/jobs?view=base");
    const quick = await api.get<JobsV4Body>("/v4/experiments/a000/jobs?view=quick");
    expectBody(JobsV4, quick);
    expect(quick.jobs).toEqual(base.jobs.map(({ name, status }) => ({ name, status })));
  });

  test("is 404 for an experiment that does not exist", async () => {
    const answer = await api.app.inject("/v4/experiments/zzzz/jobs");
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ error: true });
  });

  test("changes its ETag when the job list changes, and not before", async () => {
    const etagNow = async () => (await api.app.inject("/v4/experiments/a003/jobs")).headers.etag;
    const first = await etagNow();
    expect(await etagNow()).toBe(first);
    writeExperiment({ expid: "a003", version: "4.1.10", progress: 0.9 }, { root: api.root, now: NOW });
    expect(await etagNow()).not.toBe(first);
  });
});

describe("GET /v4/experiments/{expid}/wrappers", () => {
  test.each(["a000", "a002"])("answers the wrappers of %s and their jobs", async (expid) => {
    const body = await api.get<WrappersV4Body>(`/v4/experiments/${expid}/wrappers`);
    expectBody(WrappersV4, body);
    expect(body.wrappers.length).toBeGreaterThan(0);
    for (const { wrapper_name, job_names } of body.wrappers) {
      expect(wrapper_name).toContain(`${expid}_`);
      expect(job_names.length).toBeGreaterThan(0);
    }
  });

  test("answers none for an experiment without wrappers", async () => {
    expect(await api.get<WrappersV4Body>("/v4/experiments/a001/wrappers")).toEqual({ wrappers: [] });
  });

  test("is 404 for an experiment that does not exist", async () => {
    expect((await api.app.inject("/v4/experiments/zzzz/wrappers")).statusCode).toBe(404);
  });
});
