import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { writeDatabase } from "@autosubmit-api/fixtures";
import {
  ConfigurationV3,
  type ConfigurationV3Body,
  ExperimentInfoV3,
  type ExperimentInfoV3Body,
  FilesystemConfigurationV4,
  type FilesystemConfigurationV4Body,
  RunConfigurationV4,
  type RunConfigurationV4Body,
} from "@autosubmit-api/shared-types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectBody } from "../support/expect-body.js";
import { startTestApi, type TestApi } from "../support/test-api.js";

/** A configuration of any shape, for looking into it. */
type Tree = Record<string, unknown>;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi(
    [
      { expid: "a000" },
      { expid: "a001", version: "3.13.0" },
      { expid: "a002" },
      { expid: "a003" },
      { expid: "a004" },
      { expid: "a005", description: "a <b>bold</b> one", progress: 0.5 },
      { expid: "a006", runs: 0, progress: 0 },
    ],
    { siteEnvironment: { AS_ENV_API_TOKEN: "hush-hush-hush" } },
  );
});
afterAll(() => api.close());

const minimal = (expid: string) => join(api.root, expid, "conf/minimal.yml");

/** Leaves an experiment with a history of one run. */
function storeMetadata(expid: string, metadata: string | null): void {
  writeDatabase(join(api.root, `metadata/data/job_data_${expid}.db`), (writer) => {
    writer.run("CREATE TABLE experiment_run (run_id INTEGER PRIMARY KEY, metadata TEXT)");
    writer.insert("experiment_run", ["run_id", "metadata"], [[1, metadata]]);
  });
}

describe("GET /v4/experiments/{expid}/filesystem-config", () => {
  const ask = async (expid: string) => {
    const body = await api.get<FilesystemConfigurationV4Body>(`/v4/experiments/${expid}/filesystem-config`);
    expectBody(FilesystemConfigurationV4, body);
    return body.config as Tree;
  };

  test("answers the whole YAML configuration", async () => {
    const config = await ask("a000");
    expect(config).toMatchObject({
      DEFAULT: { EXPID: "a000" },
      ROOTDIR: join(api.root, "a000"),
      contains_nones: false,
    });
  });

  test("answers the five parts of an INI configuration", async () => {
    expect(Object.keys(await ask("a001")).sort()).toEqual([
      "conf",
      "contains_nones",
      "exp",
      "jobs",
      "platforms",
      "proj",
    ]);
  });

  test("notices a change with the next request", async () => {
    expect(await ask("a002")).not.toHaveProperty("NEWKEY");
    appendFileSync(minimal("a002"), "\nNEWKEY: 1\n");
    expect(await ask("a002")).toMatchObject({ NEWKEY: 1 });
  });

  test("keeps the order of keys that look like numbers, and floats as Python prints them", async () => {
    appendFileSync(minimal("a003"), '\nODD:\n  "10": 1.0\n  "9": 12345678901234567890\n  _PROTO: x\n  __PROTO__: y\n');
    const text = (await api.app.inject("/v4/experiments/a003/filesystem-config")).body;
    expect(text).toContain('"ODD":{"10":1.0,"9":12345678901234567890,"_PROTO":"x","__PROTO__":"y"}');
  });

  test("masks secrets, also where placeholders carry them", async () => {
    appendFileSync(minimal("a004"), "\nCOPIED: token is %AS_ENV_API_TOKEN%\n");
    const answer = await api.app.inject("/v4/experiments/a004/filesystem-config");
    expect(answer.json<{ config: Tree }>().config).toMatchObject({ AS_ENV_API_TOKEN: "***" });
    for (const url of ["/v4/experiments/a004/filesystem-config", "/v3/cconfig/a004"])
      expect((await api.app.inject(url)).body).not.toContain("hush");
    expect(JSON.stringify(api.log)).not.toContain("hush");
  });

  test("is an error that names file and line when a file is broken; other views go on", async () => {
    writeFileSync(minimal("a004"), "EXPERIMENT:\n  MEMBERS: [unclosed\nJOBS: {\n");
    const answer = await api.app.inject("/v4/experiments/a004/filesystem-config");
    expect(answer.statusCode).toBe(500);
    const { error_message } = answer.json<{ error_message: string }>();
    expect(error_message).toContain(minimal("a004"));
    expect(error_message).toMatch(/line \d+/);
    expect((await api.app.inject("/v3/quick/a004")).json()).toMatchObject({ error: false });
  });

  test("is 404 for an experiment that does not exist", async () => {
    const answer = await api.app.inject("/v4/experiments/zzzz/filesystem-config");
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ error: true });
  });
});

describe("GET /v4/experiments/{expid}/runs/{run_id}/config", () => {
  const ask = async (expid: string, runId: string) => {
    const body = await api.get<RunConfigurationV4Body>(`/v4/experiments/${expid}/runs/${runId}/config`);
    expectBody(RunConfigurationV4, body);
    return body as { run_id: number | null; config: Tree };
  };

  test("answers the configuration that the run was started with", async () => {
    const { run_id, config } = await ask("a000", "2");
    expect(run_id).toBe(2);
    expect(config).toMatchObject({ DEFAULT: { EXPID: "a000" }, contains_nones: false });
  });

  test.each(["999", "0x1", "-1", "one", "99999999999999999999"])("answers nothing for run %s", async (runId) => {
    expect(await ask("a000", runId)).toEqual({ run_id: null, config: { contains_nones: true } });
  });

  test("answers nothing for an experiment that does not exist", async () => {
    expect(await ask("zzzz", "1")).toEqual({ run_id: null, config: { contains_nones: true } });
  });

  test("NaN and infinities of Python's JSON are null", async () => {
    storeMetadata("a002", '{"A": {"X": NaN, "Y": [-Infinity, Infinity]}, "B": null}');
    expect(await ask("a002", "1")).toEqual({
      run_id: 1,
      config: { A: { X: null, Y: [null, null] }, B: null, contains_nones: true },
    });
  });

  test("a configuration that was not saved is empty", async () => {
    storeMetadata("a003", "");
    expect(await ask("a003", "1")).toEqual({ run_id: 1, config: { contains_nones: true } });
  });

  test("what is no JSON is an error that says where", async () => {
    storeMetadata("a003", '{"A": ');
    const answer = await api.app.inject("/v4/experiments/a003/runs/1/config");
    expect(answer.statusCode).toBe(500);
    expect(answer.json<{ error_message: string }>().error_message).toMatch(/run 1.*character 6/);
  });
});

describe("GET /v3/cconfig/{expid}", () => {
  const ask = async (expid: string) => {
    const body = await api.get<ConfigurationV3Body>(`/v3/cconfig/${expid}`);
    expectBody(ConfigurationV3, body);
    return body;
  };

  test("finds what changed since the last run", async () => {
    const before = await ask("a005");
    expect(before).toMatchObject({ error: false, warning: false });
    expect(before.differences).not.toContain("NEWKEY");
    appendFileSync(minimal("a005"), "\nNEWKEY: {INNER: 1}\n");
    const after = await ask("a005");
    expect(after.are_equal).toBe(false);
    expect(after.differences).toContain("NEWKEY");
  });

  test("has an empty side for an experiment that never ran", async () => {
    const { configuration_current_run, differences, error } = await ask("a006");
    expect(error).toBe(false);
    expect(configuration_current_run).toEqual({ contains_nones: true });
    expect(differences).toContain("contains_nones");
  });

  test("warns when one side cannot be read, and shows the other", async () => {
    const files = await ask("a004");
    expect(files).toMatchObject({ error: false, warning: true, configuration_filesystem: { contains_nones: true } });
    expect(files.warning_message).toContain(minimal("a004"));
    expect(Object.keys(files.configuration_current_run)).toContain("DEFAULT");

    const run = await ask("a003");
    expect(run).toMatchObject({ error: false, warning: true, configuration_current_run: { contains_nones: true } });
    expect(Object.keys(run.configuration_filesystem)).toContain("DEFAULT");
  });

  test("says error: true for an experiment that does not exist", async () => {
    expect(await ask("zzzz")).toMatchObject({
      error: true,
      configuration_current_run: { contains_nones: true },
      are_equal: true,
    });
  });
});

describe("GET /v3/expinfo/{expid}", () => {
  const ask = async (expid: string) => {
    const body = await api.get<ExperimentInfoV3Body>(`/v3/expinfo/${expid}`);
    expectBody(ExperimentInfoV3, body);
    return body;
  };

  test("tells what the folder, the configuration, the databases and the history know", async () => {
    const body = await ask("a005");
    expect(body).toMatchObject({
      error: false,
      error_message: "",
      path: join(api.root, "a005"),
      owner_id: userInfo().uid,
      owner: userInfo().username,
      description: "a <b>bold</b> one",
      version: "4.1.17",
      chunk_unit: "month",
      chunk_size: 1,
      hpc: "MARENOSTRUM5",
    });
    expect(body.total_jobs).toBeGreaterThan(0);
    expect(body.time_last_mod).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
  });

  test("goes on without what cannot be read, and says what that is", async () => {
    const body = await ask("a004");
    expect(body.error).toBe(true);
    expect(body.error_message).toContain(minimal("a004"));
    expect(body).toMatchObject({ path: join(api.root, "a004"), version: "4.1.17", chunk_unit: "default" });
  });

  test("is never older than the folder's time of access", async () => {
    const etag = async () => (await api.app.inject("/v3/expinfo/a006")).headers.etag;
    const first = await etag();
    expect(await etag()).toBe(first);
    writeFileSync(join(api.root, "a006/new-entry"), "");
    expect(await etag()).not.toBe(first);
    rmSync(join(api.root, "a006/new-entry"));
  });

  test("has every field for an experiment that does not exist", async () => {
    const body = await ask("zzzz");
    expect(body).toMatchObject({ error: true, expid: "zzzz", path: "NA", chunk_unit: "default", total_jobs: 0 });
    expect(body.error_message).toContain("zzzz");
  });
});
