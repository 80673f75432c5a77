import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { databaseFiles, migrate, siteDatabases } from "@autosubmit-api/db";
import { afterEach, describe, expect, test } from "vitest";
import { parseMetrics, sampleOf } from "../support/read-metrics.js";
import { NOW, startTestApi, type TestApi, type TestApiOptions } from "../support/test-api.js";

let api: TestApi;
afterEach(() => api.close());

const start = async (options: TestApiOptions = { environment: { AS_API_METRICS: "public" } }) => {
  api = await startTestApi([{ expid: "a000", jobs: 10 }], options);
};
const scrape = async () => parseMetrics((await api.app.inject("/metrics")).body);

describe("GET /metrics", { timeout: 60_000 }, () => {
  test("does not exist unless somebody may read it", async () => {
    await start({});
    expect((await api.app.inject("/metrics")).statusCode).toBe(404);
  });

  test.each([
    [undefined, 401],
    ["Bearer wrong", 401],
    ["Basic hush", 401],
    ["Bearer hush", 200],
    ["bearer hush", 200],
  ])("with a token: Authorization %j is %d", async (authorization, status) => {
    await start({ environment: { AS_API_METRICS_TOKEN: "hush" } });
    const headers = authorization === undefined ? {} : { authorization };
    expect((await api.app.inject({ url: "/metrics", headers })).statusCode).toBe(status);
  });

  test("counts requests by template and class, whatever is asked", async () => {
    await start();
    await api.app.inject("/v4/experiments/a000");
    await api.app.inject("/v4/experiments/zzzz");
    await api.app.inject("/nothing/here");
    await api.app.inject("/nothing/there");
    const samples = await scrape();
    const name = "autosubmit_api_http_requests_total";
    const route = "/v4/experiments/:expid";
    expect(sampleOf(samples, name, { route, status: "2xx", method: "GET" })).toBe(1);
    expect(sampleOf(samples, name, { route, status: "4xx" })).toBe(1);
    expect(sampleOf(samples, name, { route: "unmatched", status: "4xx" })).toBe(2);
    expect(sampleOf(samples, "autosubmit_api_http_request_duration_seconds_count", { route })).toBe(2);
    expect(sampleOf(samples, "autosubmit_api_http_requests_in_progress")).toBe(1);
    expect(JSON.stringify(samples)).not.toMatch(/zzzz|nothing/);
  });

  test("tells how views were answered, and what was read for them", async () => {
    await start();
    for (let times = 0; times < 3; times += 1) await api.get("/v4/experiments/a000/jobs");
    await api.get("/v4/experiments/a000/jobs?view=quick");
    const samples = await scrape();
    const answers = (outcome: string) =>
      sampleOf(samples, "autosubmit_api_render_answers_total", { view: "v4.jobs", outcome });
    expect([answers("built"), answers("kept")].map((count) => count ?? 0).reduce((a, b) => a + b)).toBe(4);
    const jobList = { source: "job-list" };
    expect(sampleOf(samples, "autosubmit_api_source_reads_total", { ...jobList, result: "ok" })).toBe(1);
    expect(sampleOf(samples, "autosubmit_api_source_reused_total")).toBeGreaterThan(0);
    expect(sampleOf(samples, "autosubmit_api_source_read_duration_seconds_count", jobList)).toBe(1);
    expect(sampleOf(samples, "autosubmit_api_render_threads", { lane: "experiment" })).toBe(1);
    expect(sampleOf(samples, "autosubmit_api_render_queue_length", { lane: "site" })).toBe(0);
    expect(sampleOf(samples, "autosubmit_api_source_cache_bytes", { lane: "experiment" })).toBeGreaterThan(0);
    expect(sampleOf(samples, "autosubmit_api_answer_cache_bytes")).toBeGreaterThan(0);
    expect(sampleOf(samples, "nodejs_eventloop_lag_p99_seconds")).not.toBeNull();
  });

  test("counts streams of events, and not how long they are listened to", async () => {
    await start();
    await api.app.inject({ url: "/v4", headers: { accept: "text/event-stream" } });
    const samples = await scrape();
    expect(sampleOf(samples, "autosubmit_api_http_requests_total", { route: "/v4" })).toBe(1);
    expect(sampleOf(samples, "autosubmit_api_http_request_duration_seconds_count", { route: "/v4" })).toBeNull();
  });

  test("counts sources that are broken by the code of the error", async () => {
    await start();
    writeFileSync(join(api.root, "a000/pkl/job_list_a000.pkl"), "no pickle");
    await api.app.inject("/v4/experiments/a000/jobs");
    const labels = { source: "job-list", result: "SOURCE_CORRUPT" };
    expect(sampleOf(await scrape(), "autosubmit_api_source_reads_total", labels)).toBe(1);
  });

  test("tells of experiments and workers from the databases", async () => {
    await start();
    const files = databaseFiles({ dbDir: api.root, dbFile: "autosubmit.db", localRootDir: api.root });
    await migrate(files);
    const plan = { task: "TASK_POPDET", enabled: true, schedule: "every 4 hours", nextRunAt: NOW };
    await siteDatabases(files).workerTasks.announce(plan, "host:1", NOW);
    const samples = await scrape();
    const byStatus = samples.filter(({ name }) => name === "autosubmit_experiments");
    expect(byStatus.reduce((sum, { value }) => sum + value, 0)).toBe(1);
    expect(sampleOf(samples, "autosubmit_api_site_readable")).toBe(1);
    const next = "autosubmit_workers_task_next_run_timestamp_seconds";
    expect(sampleOf(samples, next, { task: "TASK_POPDET" })).toBe(NOW.getTime() / 1_000);
  });

  test("is told without the site when its databases cannot be read", async () => {
    await start();
    writeFileSync(join(api.root, "autosubmit.db"), "x".repeat(5_000));
    const samples = await scrape();
    expect(sampleOf(samples, "autosubmit_api_site_readable")).toBe(0);
    expect(sampleOf(samples, "autosubmit_experiments")).toBeNull();
    expect(sampleOf(samples, "process_cpu_seconds_total")).not.toBeNull();
    expect(api.log.map(({ msg }) => msg)).toContain("metrics of experiments and workers are left out");
  });
});
