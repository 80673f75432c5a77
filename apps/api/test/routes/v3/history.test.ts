import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  JobHistoryV3,
  type JobHistoryV3Body,
  PerformanceV3,
  type PerformanceV3Body,
  RunsV3,
  type RunsV3Body,
  StatisticsV3,
  type StatisticsV3Body,
} from "@autosubmit-api/shared-types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectBody } from "../../support/expect-body.js";
import { startTestApi, type TestApi } from "../../support/test-api.js";

const VERSIONS = ["3.13.0", "4.0.100", "4.1.10", "4.1.14", "4.1.17", "4.2.0"];
const EXPIDS = VERSIONS.map((_, index) => `a00${index}`);

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi([
    ...VERSIONS.map((version, index) => ({ expid: EXPIDS[index] ?? "", version, progress: 0.6, failureRate: 0.3 })),
    { expid: "b000", runs: 0, progress: 0 },
    { expid: "b001", wrappers: "real" },
  ]);
});
afterAll(() => api.close());

/** No value of these bodies may crash the GUI: only numbers where it formats numbers, and an answer in any case. */
const ENDPOINTS = (expid: string) =>
  [
    [`/v3/performance/${expid}`, PerformanceV3],
    [`/v3/runs/${expid}`, RunsV3],
    [`/v3/stats/${expid}/0/Any`, StatisticsV3],
    [`/v3/history/${expid}/${expid}_20000101_fc0_1_SIM`, JobHistoryV3],
  ] as const;

describe("every format", () => {
  test.each([...EXPIDS, "b000", "b001"].flatMap((expid) => ENDPOINTS(expid)))(
    "%s has its schema",
    async (url, schema) => {
      const body = await api.get<{ error: boolean; error_message: string }>(url);
      expectBody(schema, body);
      expect(body.error_message === "").toBe(!body.error);
    },
  );

  test.each([...ENDPOINTS("zzzz"), ...ENDPOINTS("A000")])(
    "%s says that there is no such experiment, with status 200",
    async (url, schema) => {
      const body = await api.get<{ error: boolean; error_message: string }>(url);
      expectBody(schema, body);
      expect(body).toMatchObject({ error: true, error_message: expect.stringMatching(/./) as string });
    },
  );
});

describe("GET /v3/performance/{expid}", () => {
  test("has a number wherever the GUI formats one, also where nothing is completed", async () => {
    for (const expid of [...EXPIDS, "b000"]) {
      const body = await api.get<PerformanceV3Body>(`/v3/performance/${expid}`);
      for (const name of ["Parallelization", "RSYPD", "SY", "JPSY", "SYPD", "ASYPD", "CHSY", "Total_energy"] as const)
        expect(body[name]).toBeTypeOf("number");
      const names = body.considered.map((job) => job.name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test("warns of what is missing", async () => {
    const { warnings_job_data } = await api.get<PerformanceV3Body>("/v3/performance/b000");
    expect(warnings_job_data.join()).toContain("We couldn't find COMPLETED SIM jobs");
  });

  test("fails visibly when the configuration cannot be read", async () => {
    const path = join(api.root, "a003/conf/broken.yml");
    writeFileSync(path, "A: [1\nB: {");
    const body = await api.get<PerformanceV3Body>("/v3/performance/a003");
    rmSync(path);
    expect(body).toMatchObject({ error: true, SYPD: null, considered: [] });
  });
});

describe("GET /v3/runs/{expid}", () => {
  test("answers the newest run first; one that never ran has none", async () => {
    const { runs } = await api.get<RunsV3Body>("/v3/runs/a004");
    expect(runs.map((run) => run.run_id)).toEqual([2, 1]);
    expect(await api.get("/v3/runs/b000")).toEqual({ error: true, error_message: "No data", runs: [] });
  });
});

describe("GET /v3/stats/{expid}/{hours}/{section}", () => {
  const statistics = (hours: string, section = "Any") =>
    api.get<StatisticsV3Body>(`/v3/stats/a001/${hours}/${section}`);

  test("counts the attempts of one section, or of all", async () => {
    const all = await statistics("0");
    const simulations = await statistics("0", "SIM");
    expect(all.Statistics?.Period.From).toBe("None");
    expect(all.Statistics?.Period.To).toBe("2026-07-01 09:00:00+00:00");
    expect(simulations.summary?.submittedCount).toBeLessThan(all.summary?.submittedCount ?? 0);
    expect(simulations.Statistics?.JobStatistics.every(({ name }) => name.endsWith("SIM"))).toBe(true);
  });

  test("looks at the last hours", async () => {
    const { Statistics, error } = await statistics("100000");
    expect(error).toBe(false);
    expect(Statistics?.Period.From).toBe("2015-02-02 17:00:00+00:00");
    expect(await statistics("1", "NOSUCH")).toMatchObject({ error: true, Statistics: null, summary: null });
  });

  test.each(["abc", "1.5", "%20"])("refuses %s hours in words", async (hours) => {
    const body = await statistics(hours);
    expect(body).toMatchObject({ error: true, error_message: expect.stringContaining("whole number") as string });
  });
});

describe("GET /v3/history/{expid}/{job}", () => {
  test("answers no attempts for a job that never ran, and where its logs would be", async () => {
    const body = await api.get<JobHistoryV3Body>("/v3/history/a004/a004_NOSUCH");
    expect(body).toEqual({
      error: false,
      error_message: "",
      history: [],
      path_to_logs: join(api.root, "a004/tmp/LOG_a004"),
    });
  });

  test("answers the newest attempt first, with durations in words", async () => {
    const { history } = await api.get<JobHistoryV3Body>("/v3/history/a004/a004_20000101_fc0_1_SIM");
    const counters = (history ?? []).map((attempt) => attempt.counter);
    expect(counters).toEqual(counters.toSorted((a, b) => b - a));
    expect(history?.[0]?.run_time).toMatch(/^(\d+ days?, )?\d{1,2}:\d\d:\d\d$/);
  });
});
