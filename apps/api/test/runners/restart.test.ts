import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWorkspace } from "@autosubmit-api/fixtures";
import { afterAll, beforeAll, expect, test } from "vitest";
import { builtProgram } from "../support/built-program.js";
import { type FakeAutosubmit, installAutosubmit } from "../support/fake-autosubmit.js";

const SETTINGS = `
RUNNER_CONFIGURATION: {PROFILES: {HERE: {RUNNER_TYPE: LOCAL, MODULE_LOADER_TYPE: NO_MODULE}}}
`;

let root: string;
let autosubmit: FakeAutosubmit;
let api: { child: ChildProcess; url: string } | null = null;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "api-restart-"));
  autosubmit = installAutosubmit(root);
  writeFileSync(join(root, "settings.yaml"), SETTINGS);
});
afterAll(() => {
  api?.child.kill("SIGKILL");
  autosubmit.killRuns();
  rmSync(root, { recursive: true, force: true });
});

/** The built program on the workspace; resolves when it listens. */
async function startApi(configurationFile: string): Promise<{ child: ChildProcess; url: string }> {
  const cli = JSON.stringify(`file://${join(await builtProgram(), "cli.js")}`);
  // A file: threads would inherit the options of a program given with --eval, and fail.
  const starter = join(root, "start.mjs");
  writeFileSync(starter, `import(${cli}).then(({ main }) => main(["start"]))`);
  const child = spawn(process.execPath, [starter], {
    cwd: root,
    env: {
      ...{ HOME: root, PATH: `${autosubmit.folder}:/usr/bin:/bin`, PORT: "0", PROTECTION_LEVEL: "NONE" },
      ...{ AS_API_ANONYMOUS_COMMANDS: "true", AUTOSUBMIT_CONFIGURATION: configurationFile, AS_API_RENDER_THREADS: "1" },
      AS_API_CONFIG_FILE: join(root, "settings.yaml"),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let printed = "";
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const address = /Server listening at (http:\/\/[^"\s]+)/.exec(printed)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.on("exit", (code) => reject(new Error(`the API ended with ${code}: ${printed}`)));
  });
  return { child, url };
}

async function command<Body>(name: string, body: object): Promise<Body> {
  const answer = await fetch(`${api?.url}/v4/runners/command/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.status, `${name}: ${answer.ok ? "" : await answer.clone().text()}`).toBe(200);
  return (await answer.json()) as Body;
}

test("a run survives its API: the next one knows its status and stops it", { timeout: 120_000 }, async () => {
  const workspace = writeWorkspace({ root, experiments: [{ expid: "a000" }], now: new Date() });
  api = await startApi(workspace.configurationFile);
  const started = await command<{ pid: number; runner_id: number }>("run-experiment", {
    ...{ expid: "a000", profile_name: "HERE", profile_params: {} },
  });
  const ended = new Promise((resolve) => api?.child.once("exit", resolve));
  api.child.kill("SIGKILL");
  await ended;
  expect(existsSync(`/proc/${started.pid}`)).toBe(true);

  api = await startApi(workspace.configurationFile);
  const status = await command("get-runner-run-status", { expid: "a000" });
  expect(status).toMatchObject({ runner_id: started.runner_id, pid: started.pid, status: "ACTIVE" });
  expect(await command("stop-experiment", { expid: "a000" })).toMatchObject({ stopped_by: "autosubmit" });
  expect(existsSync(`/proc/${started.pid}`)).toBe(false);
  expect(await command("get-runner-run-status", { expid: "a000" })).toMatchObject({ status: "TERMINATED" });
});
