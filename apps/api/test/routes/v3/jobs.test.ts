import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodePickle, pyTuple } from "@autosubmit-api/fixtures";
import {
  ExperimentCountV3,
  type ExperimentCountV3Body,
  JOB_STATUS_NAMES,
  QuickV3,
  type QuickV3Body,
} from "@autosubmit-api/shared-types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectBody } from "../../support/expect-body.js";
import { startTestApi, type TestApi } from "../../support/test-api.js";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi([
    { expid: "a000", wrappers: "real", failures: 1, parked: { SUSPENDED: 1 } },
    { expid: "a001", version: "4.1.10" },
    { expid: "a002", wrappers: "real" },
  ]);
});
afterAll(() => api.close());

describe("GET /v3/expcount/{expid}", () => {
  test("counts the jobs by status, every status present", async () => {
    const body = await api.get<ExperimentCountV3Body>("/v3/expcount/a000");
    expectBody(ExperimentCountV3, body);
    expect(Object.keys(body.counters)).toEqual(JOB_STATUS_NAMES);
    expect(Object.values(body.counters).reduce((sum, count) => sum + count, 0)).toBe(body.total);
    expect(body).toMatchObject({ error: false, error_message: "", expid: "a000", counters: { SUSPENDED: 1 } });
  });

  test("says error: true, with zeros, for an experiment that does not exist", async () => {
    const body = await api.get<ExperimentCountV3Body>("/v3/expcount/zzzz");
    expectBody(ExperimentCountV3, body);
    expect(body).toMatchObject({ error: true, expid: "zzzz", total: 0 });
    expect(body.error_message).toContain("zzzz");
  });
});

describe("GET /v3/quick/{expid}", () => {
  test("lists the jobs with titles, logs and counters", async () => {
    const body = await api.get<QuickV3Body>("/v3/quick/a000");
    expectBody(QuickV3, body);
    expect(body.total).toBe(body.tree_view.length);
    expect(body.view_data[0]).toMatchObject({ path_log: join(api.root, "a000/tmp/LOG_a000") });
    const completed = body.tree_view.find(({ status }) => status === "COMPLETED");
    expect(completed?.title).toContain(
      `${completed?.refKey} <span class='badge' style='background-color: yellow'>#COMPLETED</span>`,
    );
    expect(body.tree_view.some(({ title }) => /'>Wrapped \d+<\/span>$/.test(title))).toBe(true);
  });

  test("is shown without its wrappers when they cannot be read, and the log says so", async () => {
    const packages = join(api.root, "a002/pkl/job_packages_a002.db");
    expect(existsSync(packages)).toBe(true);
    writeFileSync(packages, "not a database, whatever its name says".repeat(100));
    const body = await api.get<QuickV3Body>("/v3/quick/a002");
    expect(body.error).toBe(false);
    expect(body.tree_view.some(({ title }) => title.includes("Wrapped"))).toBe(false);
    expect(api.log).toContainEqual(
      expect.objectContaining({
        msg: "a source was left out",
        view: "v3.quick",
        expid: "a002",
        source: "wrapper-jobs",
      }),
    );
  });

  test("names with markup come out inert", async () => {
    const name = `a001_<img src=x onerror="alert('1')">&`;
    const job = pyTuple(name, 0, 5, 0, "SIM", null, null, null, "", "", "", "");
    writeFileSync(join(api.root, "a001/pkl/job_list_a001.pkl"), encodePickle([job], 2));
    const body = await api.get<QuickV3Body>("/v3/quick/a001");
    expect(body.tree_view[0]?.refKey).toBe(name);
    expect(body.tree_view[0]?.title).toBe(
      "a001_&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp; " +
        "<span class='badge' style='background-color: yellow'>#COMPLETED</span>",
    );
  });
});
