import { rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { manyExperiments } from "@autosubmit-api/fixtures";
import {
  ExperimentStatusV4,
  type ExperimentStatusV4Body,
  ExperimentsV4,
  type ExperimentsV4Body,
  RunLogStateV3,
  RunningV3,
  type RunningV3Body,
  SearchV3,
  type SearchV3Body,
} from "@autosubmit-api/shared-types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectBody } from "../../support/expect-body.js";
import { NOW, startTestApi, type TestApi } from "../../support/test-api.js";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi(manyExperiments(60));
});
afterAll(() => api.close());

const list = (query: string) => api.get<ExperimentsV4Body>(`/v4/experiments?${query}`);

describe("GET /v4/experiments", () => {
  test("answers twelve running experiments when nothing is asked for", async () => {
    const body = await api.get<ExperimentsV4Body>("/v4/experiments");
    expectBody(ExperimentsV4, body);
    expect(body.pagination.page_size).toBe(12);
    expect(body.experiments.every(({ status }) => status === "RUNNING")).toBe(true);
  });

  test("pages neither repeat nor lose an experiment, whatever they are ordered by", async () => {
    for (const order of ["", "&order_by=created", "&order_by=description&order_desc=false"]) {
      const names: string[] = [];
      for (let page = 1; page <= 9; page += 1)
        names.push(
          ...(await list(`only_active=false&page_size=7&page=${page}${order}`)).experiments.map(({ name }) => name),
        );
      expect(new Set(names).size).toBe(60);
      expect(names).toHaveLength(60);
    }
  });

  test("page_size=-1 answers all of them", async () => {
    const body = await list("only_active=false&page_size=-1");
    expectBody(ExperimentsV4, body);
    expect(body.pagination).toEqual({ page: 1, page_size: null, total_pages: 1, page_items: 60, total_items: 60 });
  });

  test("wildcards that were typed are text, accents and quotes too", async () => {
    const found = async (query: string) => (await list(`only_active=false&page_size=-1&${query}`)).experiments.length;
    const all = 60;
    expect(await found("query=%25")).toBeLessThan(all);
    expect(await found("query=50%20%25%20resolution%20test_run")).toBeGreaterThan(0);
    expect(await found("query=SIMULACI%C3%93N")).toBeGreaterThan(0);
    expect(await found("query='%20OR%20'1'='1")).toBe(0);
    expect(await found("owner=%25")).toBe(0);
    expect(await found("owner=*")).toBe(all);
  });

  test("an experiment without a folder, and one whose history is broken, are listed all the same", async () => {
    rmSync(join(api.root, "a001"), { recursive: true, force: true });
    writeFileSync(join(api.root, "metadata/data/job_data_a002.db"), "no database ".repeat(100));
    const body = await list("only_active=false&page_size=-1");
    expectBody(ExperimentsV4, body);
    expect(body.experiments.find(({ name }) => name === "a001")).toMatchObject({ modified: null });
    expect(body.experiments.find(({ name }) => name === "a002")).toMatchObject({ total: 0, completed: 0 });
    expect(api.log).toContainEqual(expect.objectContaining({ expid: "a002", source: "last-run-counts" }));
  });

  test.each(["exp_type=bogus", "order_by=bogus", "page=0", "page=abc", "only_active=maybe", "page_size=abc"])(
    "refuses %s",
    async (query) => {
      expect((await api.app.inject(`/v4/experiments?${query}`)).statusCode).toBe(422);
    },
  );

  test("answers 304 while nothing changes", async () => {
    const first = await api.app.inject("/v4/experiments?only_active=false");
    const headers = { "if-none-match": String(first.headers.etag) };
    expect((await api.app.inject({ url: "/v4/experiments?only_active=false", headers })).statusCode).toBe(304);
  });
});

describe("GET /v4/experiments/{expid}/status", () => {
  const status = (expid: string) => api.get<ExperimentStatusV4Body>(`/v4/experiments/${expid}/status`);

  test("tells the status of a living experiment and what it was told from", async () => {
    const body = await status("a000");
    expectBody(ExperimentStatusV4, body);
    expect(body.status).toBe("RUNNING");
    expect(body.reasons.length).toBeGreaterThan(0);
    expect(body.evidence.job_list_modified).toMatch(/^2026-07-01T0[89]:/);
  });

  test("tells since when one that is quiet is quiet", async () => {
    const body = await status("a003");
    expect(body).toMatchObject({ status: "NOT RUNNING", confidence: "high" });
    expect(body.since).not.toBeNull();
  });

  test("answers for an archived experiment, which has a row and no folder", async () => {
    expect(await status("a007")).toMatchObject({ status: "NOT RUNNING", evidence: { run_log: null } });
  });

  test("is 404 for an experiment that has neither", async () => {
    expect((await api.app.inject("/v4/experiments/zzzz/status")).statusCode).toBe(404);
  });
});

describe("the /v3 searches", () => {
  test.each(["search/a00", "search/a0/experiment/true", "searchowner/mcastril", "running/", "running", "search/%25"])(
    "/v3/%s answers as its schema says",
    async (path) => {
      expectBody(SearchV3, await api.get<SearchV3Body>(`/v3/${path}`));
    },
  );

  test("the owner may have wildcards", async () => {
    const whole = await api.get<SearchV3Body>("/v3/searchowner/mcastril");
    const part = await api.get<SearchV3Body>("/v3/searchowner/m*");
    expect(part.experiment.length).toBeGreaterThan(whole.experiment.length);
  });
});

describe("/v3/ifrun and /v3/logrun", () => {
  test("answer what is stored, and what the newest run log tells", async () => {
    const { experiments } = await list("only_active=false&page_size=-1");
    for (const { name, status } of experiments.slice(0, 10)) {
      const body = await api.get<RunningV3Body>(`/v3/ifrun/${name}`);
      expectBody(RunningV3, body);
      expect(body).toEqual({ error: false, error_message: "", running: status === "RUNNING" });
    }
    expectBody(RunLogStateV3, await api.get("/v3/logrun/a000"));
  });

  test("ifrun asks the files where nothing is stored", async () => {
    rmSync(join(api.root, "as_times.db"));
    expect(await api.get<RunningV3Body>("/v3/ifrun/a000")).toMatchObject({ running: true });
    expect(await api.get<RunningV3Body>("/v3/ifrun/a003")).toMatchObject({ running: false });
  });

  test("a run log dated next year is no sign of life", async () => {
    const path = join(api.root, "a003/tmp/ASLOGS/20270101_000000_run.log");
    writeFileSync(path, "");
    const nextYear = NOW.getTime() / 1000 + 365 * 86_400;
    utimesSync(path, nextYear, nextYear);
    expect(await api.get("/v3/logrun/a003")).toMatchObject({ is_running: false, log_path: path });
  });

  test("say error: true, cleanly, for what is no expid", async () => {
    for (const path of ["ifrun", "logrun", "exprun", "exp-recovery-logs"]) {
      const body = await api.get<{ error: boolean; error_message: string }>(`/v3/${path}/..%2Fx`);
      expect(body.error).toBe(true);
      expect(body.error_message).not.toBe("");
    }
  });
});
