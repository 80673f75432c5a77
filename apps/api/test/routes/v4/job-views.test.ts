import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  EtaV4,
  type EtaV4Body,
  JobChildrenV4,
  type JobChildrenV4Body,
  JobDetailV4,
  type JobDetailV4Body,
  JobParentsV4,
  type JobParentsV4Body,
  JobsCategoryTreeV4,
  type JobsCategoryTreeV4Body,
  type JobsV4Body,
} from "@autosubmit-api/shared-types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectBody } from "../../support/expect-body.js";
import { startTestApi, type TestApi } from "../../support/test-api.js";

const EXPIDS = ["a000", "a001", "a002", "a003", "a004"];

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi([
    { expid: "a000", wrappers: "real", failures: 2 },
    { expid: "a001", version: "3.13.0" },
    { expid: "a002", version: "4.0.100", wrappers: "preview" },
    { expid: "a003", version: "4.1.10" },
    { expid: "a004", version: "4.2.0" },
    { expid: "a005" },
  ]);
});
afterAll(() => api.close());

const jobsOf = async (expid: string) => (await api.get<JobsV4Body>(`/v4/experiments/${expid}/jobs`)).jobs;

describe("GET /v4/experiments/{expid}/jobs/{job_name}", () => {
  test.each(EXPIDS)("tells every job of %s in detail", async (expid) => {
    for (const { name, status } of await jobsOf(expid)) {
      const body = await api.get<JobDetailV4Body>(`/v4/experiments/${expid}/jobs/${name}`);
      expectBody(JobDetailV4, body);
      expect(body).toMatchObject({ name, status });
      // GUIs lose the page over anything but eight digits.
      expect(body.date ?? "00000000").toMatch(/^\d{8}$/);
      if (status === "COMPLETED") expect(Date.parse(body.finish ?? "")).toBeGreaterThan(0);
      if (status === "WAITING") expect([body.submit, body.out_path_local]).toEqual([null, null]);
    }
  });

  test("names the wrapper and the logs of a finished job", async () => {
    const jobs = await jobsOf("a000");
    const details = await Promise.all(
      jobs.map((job) => api.get<JobDetailV4Body>(`/v4/experiments/a000/jobs/${job.name}`)),
    );
    expect(details.some((job) => job.last_wrapper !== null)).toBe(true);
    const logs = details.flatMap((job) => job.out_path_local ?? []);
    expect(logs.length).toBeGreaterThan(0);
    for (const path of logs) expect(path.startsWith(join(api.root, "a000/tmp/LOG_a000/"))).toBe(true);
  });

  test.each(["a000/jobs/a000_NOSUCH", "zzzz/jobs/zzzz_SIM", "a000/jobs/..%2f..%2fetc"])("%s is 404", async (path) => {
    const answer = await api.app.inject(`/v4/experiments/${path}`);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ error: true, error_message: expect.stringMatching(/./) });
  });
});

describe("GET /v4/experiments/{expid}/jobs/{job_name}/parents and children", () => {
  test.each(EXPIDS)("%s: they are each other's inverse", async (expid) => {
    for (const { name } of await jobsOf(expid)) {
      const { parents } = await api.get<JobParentsV4Body>(`/v4/experiments/${expid}/jobs/${name}/parents`);
      for (const { job_name } of parents) {
        const { children } = await api.get<JobChildrenV4Body>(`/v4/experiments/${expid}/jobs/${job_name}/children`);
        expect(children).toContainEqual({ job_name: name });
      }
    }
  });

  test("tell statuses when they are asked for", async () => {
    const jobs = await jobsOf("a000");
    const statuses = new Map(jobs.map((job) => [job.name, job.status]));
    for (const { name } of jobs) {
      const parents = await api.get<JobParentsV4Body>(`/v4/experiments/a000/jobs/${name}/parents?include_status=true`);
      const children = await api.get<JobChildrenV4Body>(
        `/v4/experiments/a000/jobs/${name}/children?include_status=true`,
      );
      expectBody(JobParentsV4, parents);
      expectBody(JobChildrenV4, children);
      for (const { job_name, status } of [...parents.parents, ...children.children])
        expect(status).toBe(statuses.get(job_name));
    }
  });

  test("are empty for a job that nobody knows, and 404 for an experiment that is not there", async () => {
    expect(await api.get("/v4/experiments/a000/jobs/a000_NOSUCH/parents")).toEqual({ parents: [] });
    expect((await api.app.inject("/v4/experiments/zzzz/jobs/zzzz_SIM/children")).statusCode).toBe(404);
  });

  test("come from the job list where no structure is stored", async () => {
    const name = "a003_REMOTE_SETUP";
    const stored = await api.get(`/v4/experiments/a003/jobs/${name}/parents`);
    rmSync(join(api.root, "metadata/structures/structure_a003.db"));
    expect(stored).toEqual({ parents: [{ job_name: "a003_LOCAL_SETUP" }] });
    expect(await api.get(`/v4/experiments/a003/jobs/${name}/parents`)).toEqual(stored);
  });

  test("are unknown, not an error, where nothing tells them", async () => {
    rmSync(join(api.root, "metadata/structures/structure_a005.db"));
    expect(await api.get("/v4/experiments/a005/jobs/a005_REMOTE_SETUP/parents")).toEqual({ parents: [] });
  });
});

describe("GET /v4/experiments/{expid}/eta", () => {
  test.each(EXPIDS)("estimates SIM of %s unless asked for another section", async (expid) => {
    const body = await api.get<EtaV4Body>(`/v4/experiments/${expid}/eta`);
    expectBody(EtaV4, body);
    const { eta_seconds, chunks_remaining, avg_runtime_per_chunk_seconds } = body;
    if (avg_runtime_per_chunk_seconds !== null)
      expect(eta_seconds).toBeCloseTo(avg_runtime_per_chunk_seconds * (chunks_remaining ?? 0), 6);
    expect(await api.get(`/v4/experiments/${expid}/eta?section=POST`)).toMatchObject({ chunks_total: 3 });
  });

  test.each([
    ["NOSUCH", "No jobs found for section 'NOSUCH' in experiment 'a000'"],
    ["LOCAL_SETUP", "Section 'LOCAL_SETUP' in experiment 'a000' has no chunked jobs"],
  ])("is 400 for %s, with words that the GUI shows", async (section, message) => {
    const answer = await api.app.inject(`/v4/experiments/a000/eta?section=${section}`);
    expect([answer.statusCode, answer.json()]).toEqual([400, { error: true, error_message: message }]);
  });
});

describe("GET /v4/experiments/{expid}/jobs-category-tree", () => {
  test.each(EXPIDS)("counts every job of %s once", async (expid) => {
    const body = await api.get<JobsCategoryTreeV4Body>(`/v4/experiments/${expid}/jobs-category-tree`);
    expectBody(JobsCategoryTreeV4, body);
    const counts = Object.values(body.category_tree).flatMap((members) =>
      Object.values(members).flatMap((sections) =>
        Object.values(sections).flatMap((byStatus) => Object.values(byStatus)),
      ),
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe((await jobsOf(expid)).length);
    expect(body.category_tree).toHaveProperty(["NA", "NA", "LOCAL_SETUP"]);
  });
});
