import { type AddressInfo, connect } from "node:net";
import {
  type JobAttemptV4Body,
  JobsHistoryV4,
  type JobsHistoryV4Body,
  PerformanceV4,
  type PerformanceV4Body,
  RunsV4,
  type RunsV4Body,
  UserMetricsRunsV4,
  type UserMetricsRunsV4Body,
  UserMetricsV4,
  type UserMetricsV4Body,
} from "@autosubmit-api/shared-types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectBody } from "../../support/expect-body.js";
import { startTestApi, type TestApi } from "../../support/test-api.js";

const VERSIONS = ["3.13.0", "4.0.100", "4.1.10", "4.1.14", "4.1.17", "4.2.0"];
const EXPIDS = VERSIONS.map((_, index) => `a00${index}`);

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi([
    ...VERSIONS.map((version, index) => ({
      expid: EXPIDS[index] ?? "",
      version,
      progress: 0.6,
      failureRate: 0.3,
      userMetrics: 2,
    })),
    { expid: "b000", runs: 0, progress: 0 },
    { expid: "b001", jobs: 3000, progress: 1 },
    { expid: "b002", version: "4.0.100", damage: "archived" },
  ]);
});
afterAll(() => api.close());

describe("GET /v4/experiments/{expid}/runs", () => {
  test.each(EXPIDS)("answers the runs of %s with the site's offset", async (expid) => {
    const body = await api.get<RunsV4Body>(`/v4/experiments/${expid}/runs`);
    expectBody(RunsV4, body);
    expect(body.runs.map((run) => run.run_id)).toEqual([1, 2]);
    expect(body.runs[0]?.start).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
  });

  test("answers none for an experiment that never ran, and 404 for one that does not exist", async () => {
    expect(await api.get("/v4/experiments/b000/runs")).toEqual({ runs: [] });
    expect((await api.app.inject("/v4/experiments/zzzz/runs")).statusCode).toBe(404);
  });
});

describe("an archived experiment", () => {
  test("keeps its runs, attempts and structure, which the site stores outside its folder", async () => {
    const { runs } = await api.get<RunsV4Body>("/v4/experiments/b002/runs");
    expect(runs.map((run) => run.run_id)).toEqual([1, 2]);
    const setup = "b002_LOCAL_SETUP";
    expect(await api.get(`/v3/history/b002/${setup}`)).toMatchObject({
      error: false,
      history: expect.arrayContaining([expect.objectContaining({ run_id: 2 })]),
    });
    expect(await api.get(`/v4/experiments/b002/jobs/${setup}/children`)).toEqual({
      children: [{ job_name: "b002_REMOTE_SETUP" }],
    });
    const attempts = await api.get<JobsHistoryV4Body>("/v4/experiments/b002/jobs-history");
    expect(attempts.jobs_history.length).toBeGreaterThan(0);
  });

  test("has no job list and no files any more", async () => {
    expect((await api.app.inject("/v4/experiments/b002/jobs")).statusCode).toBe(404);
    expect((await api.app.inject("/v4/experiments/b002/filesystem-config")).statusCode).toBe(404);
  });
});

describe("user metrics", () => {
  test("are texts, by run", async () => {
    const { runs } = await api.get<UserMetricsRunsV4Body>("/v4/experiments/a004/user-metrics-runs");
    expectBody(UserMetricsRunsV4, { runs });
    const [newest] = runs;
    const body = await api.get<UserMetricsV4Body>(`/v4/experiments/a004/runs/${newest?.run_id}/user-metrics`);
    expectBody(UserMetricsV4, body);
    expect(body.metrics.length).toBeGreaterThan(0);
  });

  test("are none where no job reported any", async () => {
    expect(await api.get("/v4/experiments/a004/runs/99/user-metrics")).toEqual({ run_id: 99, metrics: [] });
    expect(await api.get("/v4/experiments/a000/runs/1/user-metrics")).toEqual({ run_id: 1, metrics: [] });
    expect(await api.get("/v4/experiments/zzzz/user-metrics-runs")).toEqual({ runs: [] });
  });

  test("ask for a run by number", async () => {
    const refused = await api.app.inject("/v4/experiments/a004/runs/last/user-metrics");
    expect(refused.statusCode).toBe(422);
    expect((await api.app.inject("/v4/experiments/zzzz/runs/1/user-metrics")).statusCode).toBe(404);
  });
});

describe("GET /v4/experiments/{expid}/performance", () => {
  test.each([...EXPIDS, "b000", "b001"])("explains every metric of %s", async (expid) => {
    const body = await api.get<PerformanceV4Body>(`/v4/experiments/${expid}/performance`);
    expectBody(PerformanceV4, body);
    for (const { value, reason, jobs, missing } of body.metrics) {
      expect(value === null).toBe(reason !== null);
      expect(value).not.toBe(0);
      if (jobs !== null) expect(body.job_sets).toHaveProperty(jobs.set);
      expect(missing?.share ?? 0).toBeLessThanOrEqual(1);
    }
  });

  test("lets SY, SYPD, ASYPD and total energy be computed again from what it answers", async () => {
    const { metrics, simulations } = await api.get<PerformanceV4Body>("/v4/experiments/b001/performance");
    const metric = (name: string) => metrics.find((candidate) => candidate.name === name);
    const sum = (field: "years" | "run_seconds" | "queue_seconds" | "energy_joules") =>
      simulations.reduce((total, simulation) => total + (simulation[field] ?? 0), 0);
    const years = sum("years") * 86_400;
    expect(metric("SY")?.value).toBeCloseTo(sum("years"), 9);
    expect(metric("SYPD")?.value).toBeCloseTo(years / sum("run_seconds"), 3);
    const post = metric("average_post_time")?.value ?? 0;
    expect(metric("ASYPD")?.value).toBeCloseTo(years / (sum("run_seconds") + sum("queue_seconds") + post), 3);
    expect(metric("total_energy")?.value).toBe(sum("energy_joules"));
    expect(simulations.length).toBe(metric("SYPD")?.jobs?.considered);
  });

  test("is unchanged by ETag, and 404 for an experiment that does not exist", async () => {
    const first = await api.app.inject("/v4/experiments/a004/performance");
    const again = await api.app.inject({
      url: "/v4/experiments/a004/performance",
      headers: { "if-none-match": String(first.headers.etag) },
    });
    expect(again.statusCode).toBe(304);
    expect((await api.app.inject("/v4/experiments/zzzz/performance")).statusCode).toBe(404);
  });
});

describe("GET /v4/experiments/{expid}/jobs-history", () => {
  const attempts = async (query = "", expid = "a004") =>
    (await api.get<JobsHistoryV4Body>(`/v4/experiments/${expid}/jobs-history${query}`)).jobs_history;

  test.each(EXPIDS)("answers every attempt of %s in every format alike", async (expid) => {
    const url = `/v4/experiments/${expid}/jobs-history`;
    const json = await api.get<JobsHistoryV4Body>(url);
    expectBody(JobsHistoryV4, json);
    expect(json.jobs_history.length).toBeGreaterThan(0);

    const ndjson = await api.app.inject(`${url}?format=ndjson`);
    expect(ndjson.headers["content-type"]).toBe("application/x-ndjson; charset=utf-8");
    const lines = ndjson.body.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as JobAttemptV4Body)).toEqual(json.jobs_history);

    const csv = await api.app.inject(`${url}?format=csv`);
    expect(csv.headers["content-disposition"]).toBe(`attachment; filename="jobs_history_${expid}.csv"`);
    const [header, ...rows] = csv.body.trimEnd().split("\r\n");
    expect(header?.split(",").slice(0, 9).join(",")).toBe("job_name,run_id,section,status,submit,start,finish,out,err");
    expect(rows.map((row) => row.split(",")[0])).toEqual(json.jobs_history.map((attempt) => attempt.job_name));
  });

  test("answers more attempts than fit into a page, each once", async () => {
    const all = await attempts("", "b001");
    expect(all.length).toBeGreaterThan(3000);
    expect(new Set(all.map(({ job_name, counter }) => `${job_name} ${counter}`)).size).toBe(all.length);
  });

  test("filters by section, status, run and time, all at once if asked to", async () => {
    const all = await attempts();
    const middle = all.map((attempt) => attempt.submit ?? "").toSorted()[Math.floor(all.length / 2)] ?? "";
    const filtered = async (query: string, keep: (attempt: JobAttemptV4Body) => boolean) =>
      expect(await attempts(`?${query}`)).toEqual(all.filter(keep));
    await filtered("section=SIM", ({ section }) => section === "SIM");
    await filtered("section=SIM,INI", ({ section }) => section === "SIM" || section === "INI");
    await filtered("status=failed", ({ status }) => status === "FAILED");
    await filtered("run_id=2", ({ run_id }) => run_id === 2);
    await filtered(`submitted_from=${encodeURIComponent(middle)}`, ({ submit }) => submit !== null && submit >= middle);
    await filtered(
      `submitted_before=${encodeURIComponent(middle)}`,
      ({ submit }) => submit !== null && submit < middle,
    );
    await filtered("section=SIM&run_id=1&status=COMPLETED", ({ section, run_id, status }) => {
      return section === "SIM" && run_id === 1 && status === "COMPLETED";
    });
    await filtered("section=NOSUCH", () => false);
  });

  test("tells attempts in flight whatever their status says", async () => {
    const open = (await attempts()).filter((attempt) => attempt.in_flight);
    expect(open.length).toBeGreaterThan(0);
    for (const attempt of open) expect(attempt).toMatchObject({ finish: null, is_last: true });
  });

  test.each(["format=xml", "run_id=first", "submitted_from=yesterday", "section="])("refuses %s", async (query) => {
    expect((await api.app.inject(`/v4/experiments/a004/jobs-history?${query}`)).statusCode).toBe(422);
  });

  test("is empty without a history, and 404 for an experiment that does not exist", async () => {
    expect(await attempts("", "b000")).toEqual([]);
    expect((await api.app.inject("/v4/experiments/b000/jobs-history?format=ndjson")).body).toBe("");
    expect((await api.app.inject("/v4/experiments/zzzz/jobs-history?format=csv")).statusCode).toBe(404);
  });

  test("stops reading when the client goes away", async () => {
    await api.app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = api.app.server.address() as AddressInfo;
    const socket = connect(port, "127.0.0.1");
    socket.write("GET /v4/experiments/b001/jobs-history HTTP/1.1\r\nHost: x\r\n\r\n");
    await new Promise((resolve) => socket.once("data", resolve));
    socket.destroy();
    expect((await api.app.inject("/v4/experiments/a004/runs")).statusCode).toBe(200);
  });
});
