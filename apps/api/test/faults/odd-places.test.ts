import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeWorkspace } from "@autosubmit-api/fixtures";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everyView, faultFolder, ODD_THINGS, replaced } from "../support/faults.js";
import { type ServerProcess, startServerProcess } from "../support/server-process.js";

const EXPID = "a000";
/** Far above what any answer takes, to allow for a busy machine; a wait for a pipe would be for ever. */
const PATIENCE_MS = 20_000;
const root = faultFolder("places");
const site = writeWorkspace({
  root,
  experiments: [{ expid: EXPID, wrappers: "real" }, { expid: "good" }],
});
let server: ServerProcess;
let healthy: Map<string, Answer>;

interface Answer {
  status: number;
  body: string;
}

beforeAll(async () => {
  server = await startServerProcess(site, { environment: { AS_API_RENDER_THREADS: "1" } });
  healthy = await askEverything();
}, 120_000);
afterAll(async () => {
  await server.kill();
  rmSync(root, { recursive: true, force: true });
});

async function ask(path: string): Promise<Answer> {
  const answer = await fetch(server.base + path, { signal: AbortSignal.timeout(PATIENCE_MS) });
  return { status: answer.status, body: await answer.text() };
}

async function askEverything(): Promise<Map<string, Answer>> {
  const views = everyView(EXPID);
  const answers = await Promise.all(views.map(ask));
  return new Map(views.map((view, index) => [view, answers[index] ?? { status: 0, body: "" }]));
}

const firstOf = (folder: string, pattern: RegExp) =>
  join(
    folder,
    readdirSync(join(root, folder))
      .sort()
      .find((name) => pattern.test(name)) ?? "nothing",
  );

const SOURCES: [what: string, path: string][] = [
  ["the job list", `${EXPID}/pkl/job_list_${EXPID}.pkl`],
  ["the packages", `${EXPID}/pkl/job_packages_${EXPID}.db`],
  ["the history", `metadata/data/job_data_${EXPID}.db`],
  ["the structure", `metadata/structures/structure_${EXPID}.db`],
  ["a configuration file", `${EXPID}/conf/minimal.yml`],
  ["the configuration of the last run", `${EXPID}/conf/metadata/experiment_data.yml`],
  ["a run's log", firstOf(`${EXPID}/tmp/ASLOGS`, /_run\.log$/)],
  ["a job's log", firstOf(`${EXPID}/tmp/LOG_${EXPID}`, /\.out$/)],
  ["the figures of a job", firstOf(`${EXPID}/tmp`, /_TOTAL_STATS$/)],
  ["the folder of job logs", `${EXPID}/tmp/LOG_${EXPID}`],
  ["the folder of command logs", `${EXPID}/tmp/ASLOGS`],
  ["the folder of the configuration", `${EXPID}/conf`],
  ["the status database", "as_times.db"],
  ["the main database", "autosubmit.db"],
];

describe.each(SOURCES)("%s", (_what, path) => {
  test.each(Object.entries(ODD_THINGS))("as %s spoils no more than what is read from it", async (_thing, make) => {
    expect(existsSync(join(root, path))).toBe(true);
    const broken = await replaced(join(root, path), make, async () => {
      const answers = await askEverything();
      expect((await ask("/v4/experiments/good/jobs")).status).toBe(200);
      return answers;
    });
    // What fails says which source is to blame, never only that something failed.
    const unexplained = [...broken].filter(([, { body }]) => body.includes("An unexpected error occurred"));
    expect(unexplained).toEqual([]);
    const statuses = new Set([...broken.values()].map(({ status }) => status));
    expect([...statuses].filter((status) => ![200, 404, 500, 503].includes(status))).toEqual([]);
    const restored = await askEverything();
    const changed = [...restored].filter(([view, { status }]) => status !== healthy.get(view)?.status);
    expect(changed).toEqual([]);
    expect(restored.get(`/v4/experiments/${EXPID}/jobs`)?.body).toBe(
      healthy.get(`/v4/experiments/${EXPID}/jobs`)?.body,
    );
  });
});

test("no thread was lost, and every line of the log says what happened", async () => {
  const messages = new Set(server.lines.map(({ msg }) => String(msg)));
  expect([...messages].filter((message) => /thread|nobody handled/.test(message))).toEqual([]);
  expect(server.stderr()).toBe("");
});
