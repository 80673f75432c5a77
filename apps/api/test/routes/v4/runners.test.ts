import { randomUUID } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { databaseFiles, migrate, siteDatabases } from "@autosubmit-api/db";
import {
  CommandDoneV4,
  CommandPreviewV4,
  type CommandPreviewV4Body,
  ExperimentCreatedV4,
  RunnerEndpointsV4,
  RunnerProcessV4,
  type RunnerProcessV4Body,
  RunnerProfilesV4,
  RunnerRunStatusV4,
  type RunnerRunStatusV4Body,
  RunStartedV4,
  type RunStartedV4Body,
  RunStoppedV4,
} from "@autosubmit-api/shared-types";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { expectBody } from "../../support/expect-body.js";
import { type FakeAutosubmit, installAutosubmit } from "../../support/fake-autosubmit.js";
import { startTestApi, type TestApi } from "../../support/test-api.js";

const SETTINGS = `
RUNNER_CONFIGURATION:
  PROFILES:
    HERE: {RUNNER_TYPE: LOCAL, MODULE_LOADER_TYPE: NO_MODULE}
    OPEN: {MODULE_LOADER_TYPE: NO_MODULE}
    CLUSTER: {RUNNER_TYPE: SSH, MODULE_LOADER_TYPE: LMOD, MODULES: autosubmit/4.1, SSH: {HOST: login.example.org}}
RUNNERS:
  LOCAL: {ENABLED: true, MODULE_LOADERS: {NO_MODULE: {ENABLED: true}}}
  LIMITS: {STOP_TIMEOUT: 1, COMMAND_TIMEOUT: 3, OUTPUT_BYTES: 65536}
`;

/** Each test has an experiment of its own; they share the API. */
const EXPIDS = Array.from({ length: 24 }, (_, number) => `a0${String(number).padStart(2, "0")}`);

let api: TestApi;
let autosubmit: FakeAutosubmit;
let expid = "";
let HERE: { expid: string; profile_name: string; profile_params: object };
const left = [...EXPIDS];

async function start(experiments: readonly string[], settings: string, environment: Record<string, string>) {
  const started = await startTestApi(
    experiments.map((name) => ({ expid: name, chunks: 1 })),
    {
      settings,
      environment: { AS_API_RATE_LIMIT_COMMANDS: "0", ...environment },
      now: new Date(),
      programs: (root) => {
        autosubmit = installAutosubmit(root);
        return autosubmit.folder;
      },
    },
  );
  await migrate(databaseFiles({ dbDir: started.root, dbFile: "autosubmit.db", localRootDir: started.root }), {
    databases: ["api", "runners"],
  });
  return started;
}

beforeAll(async () => {
  api = await start(EXPIDS, SETTINGS, { AS_API_ANONYMOUS_COMMANDS: "true" });
});
beforeEach(() => {
  expid = left.shift() ?? "no experiment is left";
  HERE = { expid, profile_name: "HERE", profile_params: {} };
  autosubmit.behave("");
  autosubmit.forgetCalls();
  api.log.length = 0;
});
afterEach(() => autosubmit.killRuns());
afterAll(() => api.close());

const post = (url: string, payload: object) => api.app.inject({ method: "POST", url, payload });
const command = (name: string, payload: object) => post(`/v4/runners/command/${name}`, payload);

async function runStatus(): Promise<RunnerRunStatusV4Body> {
  const answer = await command("get-runner-run-status", { expid });
  return answer.json<RunnerRunStatusV4Body>();
}

async function waitFor(status: string): Promise<RunnerRunStatusV4Body> {
  for (let tries = 0; ; tries++) {
    const body = await runStatus();
    if (body.status === status || tries > 100) return body;
    await sleep(50);
  }
}

async function startRun(): Promise<RunStartedV4Body> {
  const answer = await command("run-experiment", HERE);
  expect(answer.statusCode, answer.body).toBe(200);
  expectBody(RunStartedV4, answer.json());
  return answer.json<RunStartedV4Body>();
}

describe("configuration", () => {
  test("profiles tell what they fix, endpoints what is switched on", async () => {
    const profiles = await api.get("/v4/runners/configuration/profiles");
    expectBody(RunnerProfilesV4, profiles);
    expect(profiles).toEqual({
      HERE: { RUNNER_TYPE: "LOCAL", MODULE_LOADER_TYPE: "NO_MODULE" },
      OPEN: { MODULE_LOADER_TYPE: "NO_MODULE" },
      CLUSTER: {
        RUNNER_TYPE: "SSH",
        MODULE_LOADER_TYPE: "LMOD",
        MODULES: "autosubmit/4.1",
        SSH: { HOST: "login.example.org" },
      },
    });
    const endpoints = await api.get("/v4/runners/configuration/endpoints");
    expectBody(RunnerEndpointsV4, endpoints);
    expect(endpoints).toMatchObject({ RUNNER_RUN: { ENABLED: true } });
    expect(await api.get("/v4/runners/configuration/ssh-public-keys")).toEqual([]);
  });
});

describe("runs", { timeout: 60_000 }, () => {
  test("an experiment is started once, told of, and stopped by Autosubmit", async () => {
    const [first, second] = await Promise.all([command("run-experiment", HERE), command("run-experiment", HERE)]);
    expect([first.statusCode, second.statusCode].sort()).toEqual([200, 409]);
    const status = await runStatus();
    expectBody(RunnerRunStatusV4, status);
    expect(status).toMatchObject({ expid, runner: "LOCAL", module_loader: "NO_MODULE", status: "ACTIVE" });
    expect(existsSync(`/proc/${status.pid}`)).toBe(true);
    const stopped = await command("stop-experiment", { expid });
    expect(stopped.statusCode, stopped.body).toBe(200);
    expectBody(RunStoppedV4, stopped.json());
    expect(stopped.json()).toMatchObject({
      message: `Experiment ${expid} stopped successfully.`,
      stopped_by: "autosubmit",
    });
    expect(await runStatus()).toMatchObject({ status: "TERMINATED", pid: status.pid });
    expect(existsSync(`/proc/${status.pid}`)).toBe(false);
    expect(autosubmit.calls()).toEqual([
      ["run", expid],
      ["stop", expid],
    ]);
    expect((await command("stop-experiment", { expid })).statusCode).toBe(409);
  });

  test("one that ends by itself is COMPLETED, and what it printed can be read, in part", async () => {
    autosubmit.behave("megabytes");
    const { runner_id } = await startRun();
    expect(await waitFor("COMPLETED")).toMatchObject({ status: "COMPLETED" });
    const process = await api.get<RunnerProcessV4Body>(`/v4/runners/processes/${runner_id}`);
    expectBody(RunnerProcessV4, process);
    expect(process).toMatchObject({ exit_code: 0, stopped_by: null, failure: null, output: { truncated: true } });
    expect(process.output?.text).toMatch(/line 299999\ndone\n$/);
    expect(process.output?.text.length).toBeLessThanOrEqual(65_536);
  });

  test("one that fails is TERMINATED, and can be started again", async () => {
    autosubmit.behave("fail");
    const { runner_id } = await startRun();
    await waitFor("TERMINATED");
    expect(await api.get(`/v4/runners/processes/${runner_id}`)).toMatchObject({
      exit_code: 3,
      output: { text: "[CRITICAL] no such thing\n", truncated: false },
    });
    autosubmit.behave("");
    await startRun();
    expect(await runStatus()).toMatchObject({ status: "ACTIVE" });
  });

  test("one that ignores every request to stop is killed", async () => {
    autosubmit.behave("stubborn");
    const { pid } = await startRun();
    const stopped = await command("stop-experiment", { expid });
    expect(stopped.json()).toMatchObject({ stopped_by: "SIGKILL" });
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  });

  test("another process with the number of one that ended is not taken for it", async () => {
    const files = databaseFiles({ dbDir: api.root, dbFile: "autosubmit.db", localRootDir: api.root });
    const { runnerProcesses } = siteDatabases(files);
    const row = { expid, pid: process.pid, status: "ACTIVE", runner: "LOCAL", moduleLoader: "NO_MODULE" };
    const startedAt = `somewhere/${randomUUID()}/12345`;
    const extra = JSON.stringify({ run_id: `${expid}-0123456789abcdef`, started_at: startedAt });
    const { id } = await runnerProcesses.insert(
      { ...row, modules: "", runnerExtraParams: null },
      "2026-01-01T00:00:00+00:00",
    );
    expect(await runStatus()).toMatchObject({ runner_id: id, status: "TERMINATED" });
    await runnerProcesses.insert({ ...row, modules: "", runnerExtraParams: extra }, "2026-01-01T00:00:00+00:00");
    // Of another machine: it is not known to have ended.
    expect(await runStatus()).toMatchObject({ status: "ACTIVE" });
  });

  test("of an experiment that the API never started there is no status", async () => {
    const answer = await command("get-runner-run-status", { expid });
    expectBody(RunnerRunStatusV4, answer.json());
    expect(answer.json()).toMatchObject({ expid, runner_id: null, status: null });
  });
});

describe("commands that end by themselves", { timeout: 60_000 }, () => {
  const jobs = { job_names_list: [`${expid}_INI`], final_status: "COMPLETED" };
  const firstJob = async () => {
    const { jobs } = await api.get<{ jobs: { name: string; status: string }[] }>(
      `/v4/experiments/${expid}/jobs?view=quick`,
    );
    const [job] = jobs;
    if (job === undefined) throw new Error("no jobs");
    return job;
  };

  test("set the status of jobs that are there, and of no others", async () => {
    const { name } = await firstJob();
    const params = { ...jobs, job_names_list: [name], final_status: "COMPLETED" };
    const answer = await command("set-job-status", { ...HERE, command_params: params });
    expect(answer.statusCode, answer.body).toBe(200);
    expectBody(CommandDoneV4, answer.json());
    expect(autosubmit.calls()).toEqual([
      ["setstatus", expid, "-np", "-nt", "-s", "--status_final=COMPLETED", `--list=${name}`],
    ]);
    const refused = await command("set-job-status", {
      ...HERE,
      command_params: { ...params, job_names_list: ["Any"] },
    });
    expect(refused.statusCode).toBe(400);
    expect(refused.json()).toMatchObject({ detail: `Experiment ${expid} has no such jobs: Any` });
    expect(autosubmit.calls()).toHaveLength(1);
  });

  test("are only told of when they are tried", async () => {
    const keptRuns = () => readdirSync(api.root, { recursive: true }).filter((name) => String(name).includes(".local"));
    const before = keptRuns();
    const { name, status } = await firstJob();
    const body = { ...HERE, command_params: { job_names_list: [name], final_status: "WAITING" }, dryRun: true };
    const preview = (await command("set-job-status", body)).json<CommandPreviewV4Body>();
    expectBody(CommandPreviewV4, preview);
    expect(preview).toMatchObject({ dry_run: true, host: "localhost", job_count: 1, jobs: [{ name, status }] });
    expect(preview.argv).toEqual([
      ...["autosubmit", "setstatus", expid, "-np", "-nt", "-s", "--status_final=WAITING", `--list=${name}`],
    ]);
    const run = await command("run-experiment", { ...HERE, dryRun: true });
    expect(run.json()).toMatchObject({ argv: ["autosubmit", "run", expid], jobs: null });
    expect(autosubmit.calls()).toEqual([]);
    expect(await runStatus()).toMatchObject({ expid, runner_id: null, status: null, pid: null });
    expect(keptRuns()).toEqual(before);
  });

  test("create an experiment, and answer with its identifier", async () => {
    const params = {
      description: 'first\n"$(touch x)" `id`; -x',
      ...{ hpc: null, operational: false, testcase: true, minimal: true, use_local_minimal: false },
      ...{ git_repo: null, git_branch: null, config_path: null, copy: null },
    };
    const answer = await command("create-experiment", {
      profile_name: "HERE",
      profile_params: {},
      command_params: params,
    });
    expect(answer.statusCode, answer.body).toBe(200);
    expectBody(ExperimentCreatedV4, answer.json());
    expect(answer.json()).toEqual({ expid: "a9zz", message: "Experiment a9zz created successfully." });
    expect(autosubmit.calls()).toEqual([
      ["expid", `--description=${params.description}`, "--minimal_configuration", "--testcase"],
    ]);
    const empty = await command("create-experiment", { profile_name: "HERE", command_params: { description: "" } });
    expect(empty.statusCode).toBe(400);
  });

  test("change a description that looks like an option", async () => {
    const answer = await command("update-experiment-description", { ...HERE, description: "--force" });
    expect(answer.json()).toEqual({ message: `Description for experiment ${expid} updated successfully.` });
    expect(autosubmit.calls()).toEqual([["updatedescrip", "--", expid, "--force"]]);
  });

  test("tell why they failed, and are ended when they take too long", async () => {
    autosubmit.behave("fail");
    const failed = await command("update-experiment-description", { ...HERE, description: "x" });
    expect(failed.statusCode).toBe(500);
    expect(failed.json<{ detail: string }>().detail).toBe(
      `Failed to update description for experiment ${expid}: Autosubmit failed with status 3: [CRITICAL] no such thing`,
    );
    autosubmit.behave("hang");
    expect((await command("update-experiment-description", { ...HERE, description: "x" })).statusCode).toBe(504);
  });

  test("are refused where a profile does not allow what is asked", async () => {
    const params = (profile_params: object, profile_name = "OPEN") =>
      command("run-experiment", { ...HERE, profile_name, profile_params, dryRun: true });
    expect((await params({ RUNNER_TYPE: "LOCAL" })).statusCode).toBe(200);
    expect((await params({})).json()).toMatchObject({ detail: expect.stringContaining("RUNNER_TYPE is missing") });
    expect((await params({ RUNNER_TYPE: "SSH" })).statusCode).toBe(403);
    expect((await params({ SSH: { HOST: "", USERNAME: null, PORT: " " } }, "HERE")).statusCode).toBe(200);
    for (const ssh of [{ HOST: "login" }, { USERNAME: "ana" }, { PORT: 22 }])
      expect((await params({ SSH: ssh }, "HERE")).json()).toMatchObject({
        detail: expect.stringContaining("not LOCAL"),
      });
    expect((await params({ RUNNER_TYPE: "SSH" }, "HERE")).statusCode).toBe(400);
    expect((await params({ SSH: { USERNAME: "ana", PORT: "2222" } }, "CLUSTER")).json()).toMatchObject({
      host: "ana@login.example.org:2222",
    });
    expect((await params({ SSH: { USERNAME: "-oProxyCommand=id" } }, "CLUSTER")).statusCode).toBe(400);
    expect((await params({}, "NONE")).json()).toMatchObject({ detail: "Invalid profile name" });
    expect((await command("run-experiment", { ...HERE, profile_params: null, dryRun: true })).statusCode).toBe(200);
    expect((await command("run-experiment", { ...HERE, expid: `${expid},a001` })).statusCode).toBe(404);
    expect(autosubmit.calls()).toEqual([]);
  });

  test("without a profile need runners that the site enabled", async () => {
    const body = { runner: "LOCAL", module_loader: "NO_MODULE" };
    expect((await post(`/v4alpha/experiments/${expid}/create-job-list`, { ...body, force: true })).statusCode).toBe(
      200,
    );
    expect(autosubmit.calls()).toEqual([["create", "-np", "--force", expid]]);
    const refused = await post(`/v4alpha/experiments/${expid}/run-experiment`, {
      ...body,
      module_loader: "LMOD",
      modules: "x",
    });
    expect(refused.statusCode).toBe(403);
    expect(await api.get("/v4alpha/runner-detail?runner=LOCAL&module_loader=NO_MODULE")).toEqual({
      ...{ runner: "LOCAL", module_loader: "NO_MODULE", modules: [], version: "4.1.17" },
    });
  });
});

describe("permission", { timeout: 60_000 }, () => {
  test("commands are audited before and after", async () => {
    await command("update-experiment-description", { ...HERE, description: "x" });
    const audited = api.log.flatMap(({ audit }) => (audit === undefined ? [] : [audit as Record<string, unknown>]));
    expect(audited).toMatchObject([
      { action: "command.update-experiment-description", expid, outcome: "allowed" },
      { action: "command.update-experiment-description", expid, outcome: "done" },
    ]);
  });

  test("nobody who is not logged in runs commands; switched off ones answer 403", async () => {
    const shared = { api, autosubmit };
    api = await start(
      [expid],
      SETTINGS.replace("RUNNERS:", "  ENDPOINTS: {RUNNER_RUN: {ENABLED: false}}\nRUNNERS:"),
      {},
    );
    try {
      const refused = await command("update-experiment-description", { ...HERE, description: "x" });
      expect(refused.statusCode).toBe(401);
      const status = await command("get-runner-run-status", { expid });
      expect(status.statusCode).toBe(403);
      expect(status.json()).toMatchObject({ detail: "The get-runner-run-status endpoint is currently disabled." });
      expect(autosubmit.calls()).toEqual([]);
    } finally {
      await api.close();
      ({ api, autosubmit } = shared);
    }
  });
});
