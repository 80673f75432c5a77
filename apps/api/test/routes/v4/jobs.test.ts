import { JobsV4, type JobsV4Body } from "@autosubmit-api/shared-types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectBody } from "../../support/expect-body.js";
import { startTestApi, type TestApi } from "../../support/test-api.js";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi([
    { expid: "a000", members: ["fc0", "fc1"], wrappers: "real", failures: 1 },
    { expid: "a001", jobs: 5_000, runs: 1 },
  ]);
});
afterAll(() => api.close());

const ask = (query: string, expid = "a000") => api.get<JobsV4Body>(`/v4/experiments/${expid}/jobs?${query}`);
const names = (body: JobsV4Body) => body.jobs.map((job) => job.name);

describe("GET /v4/experiments/{expid}/jobs", () => {
  test("view=extended adds times, platform and wrapper to what the list says", async () => {
    const base = await ask("");
    const extended = await ask("view=extended");
    expectBody(JobsV4, extended);
    expect(names(extended)).toEqual(names(base));
    for (const [index, job] of extended.jobs.entries()) expect(job).toMatchObject(base.jobs[index] ?? {});
    const completed = extended.jobs.filter((job) => job.status === "COMPLETED");
    for (const job of completed) expect(Date.parse(job.finish ?? "")).toBeGreaterThan(Date.parse(job.submit ?? ""));
    expect(extended.jobs.some((job) => job.wrapper !== null)).toBe(true);
    expect(new Set(extended.jobs.map((job) => job.platform))).toContain("MARENOSTRUM5");
  });

  test.each<[string, (job: JobsV4Body["jobs"][number]) => boolean]>([
    ["status=COMPLETED", (job) => job.status === "COMPLETED"],
    ["status=!completed", (job) => job.status !== "COMPLETED"],
    ["section=SIM", (job) => job.section === "SIM"],
    ["section=*_SETUP", (job) => job.section?.endsWith("_SETUP") === true],
    ["date=2000-01-01", (job) => job.date === "2000-01-01"],
    ["date=NA", (job) => job.date === null],
    ["member=fc1&chunk=2", (job) => job.member === "fc1" && job.chunk === 2],
    ["chunk=NA", (job) => job.chunk === null],
    ["split=!NA", (job) => job.split !== null],
    ["query=fc0_*POST", (job) => /fc0_.*POST/.test(job.name)],
    ["query=!SIM", (job) => !job.name.includes("SIM")],
    ["status=&section=", () => true],
  ])("%s leaves what it says", async (query, isWanted) => {
    const all = await ask("");
    const expected = all.jobs.filter(isWanted);
    expect(expected.length).toBeGreaterThan(0);
    for (const view of ["base", "extended"])
      expect(names(await ask(`view=${view}&${query}`))).toEqual(names({ jobs: expected }));
  });

  test("filters by the platform of the section", async () => {
    const local = await ask("platform=local");
    expect(local.jobs.length).toBeGreaterThan(0);
    expect((await ask("platform=!LOCAL")).jobs.length).toBe((await ask("")).jobs.length - local.jobs.length);
  });

  test("pages are those of the whole list, with the pagination of the experiment search", async () => {
    const all = names(await ask(""));
    const third = await ask("page=3&page_size=7");
    expectBody(JobsV4, third);
    expect(names(third)).toEqual(all.slice(14, 21));
    expect(third.pagination).toEqual({
      page: 3,
      page_size: 7,
      total_pages: Math.ceil(all.length / 7),
      page_items: 7,
      total_items: all.length,
    });
    expect((await ask("")).pagination).toMatchObject({
      page: 1,
      page_size: null,
      total_pages: 1,
      total_items: all.length,
    });
    expect((await ask("page_size=-1&page=4")).pagination).toMatchObject({ page: 1, page_size: null });
    expect((await ask("page=99&page_size=7")).jobs).toEqual([]);
  });

  test("cursors lead through the whole list in file order", async () => {
    const inFileOrder = api.workspace.experiments[0]?.workflow.jobs.map((job) => job.name);
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const stretch: JobsV4Body = await ask(`limit=10${cursor === "" ? "" : `&cursor=${cursor}`}`);
      expectBody(JobsV4, stretch);
      seen.push(...names(stretch));
      cursor = stretch.next_cursor ?? null;
    }
    expect(seen).toEqual(inFileOrder);
    const answer = await api.app.inject("/v4/experiments/a000/jobs?limit=10&cursor=bm9uZQ");
    expect([answer.statusCode, answer.json<{ error: boolean }>().error]).toEqual([400, true]);
  });

  test.each(["ndjson", "csv"])("format=%s is a file of all jobs", async (format) => {
    const answer = await api.app.inject(`/v4/experiments/a001/jobs?format=${format}&view=extended`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toContain(format);
    expect(answer.headers["content-disposition"]).toBe(`attachment; filename="jobs_a001.${format}"`);
    const lines = answer.body.split(/\r?\n/).filter((line) => line !== "");
    const expected = (await ask("limit=10000&view=extended", "a001")).jobs;
    if (format === "ndjson") expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(expected);
    else {
      expect(lines).toHaveLength(expected.length + 1);
      expect(lines[0]).toBe(Object.keys(expected[0] ?? {}).join(","));
      expect(lines[1]?.split(",")[0]).toBe(expected[0]?.name);
    }
  });

  test.each(["quick", "base"])("csv has the columns of view=%s", async (view) => {
    const answer = await api.app.inject(`/v4/experiments/a000/jobs?format=csv&view=${view}&section=SIM`);
    const [header, ...rows] = answer.body.trimEnd().split("\r\n");
    const { jobs } = await ask(`view=${view}&section=SIM`);
    expect(header).toBe(Object.keys(jobs[0] ?? {}).join(","));
    expect(rows).toHaveLength(jobs.length);
  });

  test("a file is not sent again while nothing changes", async () => {
    const url = "/v4/experiments/a000/jobs?format=ndjson";
    const { etag } = (await api.app.inject(url)).headers;
    const again = await api.app.inject({ url, headers: { "if-none-match": String(etag) } });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
  });

  test("a file without jobs has its header", async () => {
    const file = (query: string) => api.app.inject(`/v4/experiments/a000/jobs?query=nothing&view=quick&${query}`);
    expect((await file("format=csv")).body).toBe("name,status\r\n");
    expect((await file("format=ndjson")).body).toBe("");
  });

  test.each(["view=bogus", "page=0", "limit=0", "limit=x", "format=xml"])("refuses %s", async (query) => {
    expect((await api.app.inject(`/v4/experiments/a000/jobs?${query}`)).statusCode).toBe(422);
  });

  test("is 404 for an experiment that is not there, in every form", async () => {
    for (const query of ["", "view=extended", "limit=5", "format=csv"]) {
      const answer = await api.app.inject(`/v4/experiments/zzzz/jobs?${query}`);
      expect([answer.statusCode, answer.json<{ error: boolean }>().error]).toEqual([404, true]);
      expect(answer.headers["content-type"]).toContain("application/json");
    }
  });
});
