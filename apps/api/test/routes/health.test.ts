import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { databaseFiles, migrate, siteDatabases } from "@autosubmit-api/db";
import { HealthReady, type HealthReadyBody } from "@autosubmit-api/shared-types";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectBody } from "../support/expect-body.js";
import { scriptedApp } from "../support/scripted-app.js";
import { NOW, startTestApi, type TestApi } from "../support/test-api.js";

let api: TestApi;
beforeEach(async () => {
  api = await startTestApi([{ expid: "a000", jobs: 10 }]);
});
afterEach(() => api.close());

async function ready(): Promise<HealthReadyBody & { code: number }> {
  const answer = await api.app.inject("/health/ready");
  const body = answer.json<HealthReadyBody>();
  expectBody(HealthReady, body);
  expect(answer.body).not.toContain(api.root);
  return { ...body, code: answer.statusCode };
}

describe("GET /health/live", () => {
  test("is 200 while the process answers", async () => {
    expect(await api.get("/health/live")).toEqual({ status: "alive" });
  });
});

describe("GET /health/ready", { timeout: 60_000 }, () => {
  test("is 200 for a site that can be read, although no worker ran yet", async () => {
    const { code, status, checks } = await ready();
    expect({ code, status }).toEqual({ code: 200, status: "ready" });
    expect(checks.workers).toEqual({ status: "warning", detail: "no worker has run yet" });
    for (const name of ["render_threads", "root_folder", "main_database", "status_database"] as const)
      expect(checks[name].status).toBe("ok");
  });

  test("tells when workers are late", async () => {
    const files = databaseFiles({ dbDir: api.root, dbFile: "autosubmit.db", localRootDir: api.root });
    await migrate(files);
    const { workerTasks } = siteDatabases(files);
    const plan = { task: "TASK_POPDET", enabled: true, schedule: "every 4 hours" };
    await workerTasks.announce({ ...plan, nextRunAt: new Date(NOW.getTime() + 1_000) }, "host:1", NOW);
    expect((await ready()).checks.workers.status).toBe("ok");
    await workerTasks.announce({ ...plan, nextRunAt: new Date(NOW.getTime() - 3_600_000) }, "host:1", NOW);
    const { code, checks } = await ready();
    expect(code).toBe(200);
    expect(checks.workers).toEqual({ status: "warning", detail: expect.stringContaining("late: TASK_POPDET") });
  });

  test("is 503 without a main database, and 200 again once it is back", async () => {
    const database = join(api.root, "autosubmit.db");
    renameSync(database, `${database}.away`);
    const { code, status, checks } = await ready();
    expect({ code, status }).toEqual({ code: 503, status: "not ready" });
    expect(checks.main_database).toEqual({ status: "failing", detail: "is missing" });
    renameSync(`${database}.away`, database);
    expect((await ready()).code).toBe(200);
  });

  test("is 503 for a main database that is none", async () => {
    writeFileSync(join(api.root, "autosubmit.db"), "x".repeat(5_000));
    const { code, checks } = await ready();
    expect(code).toBe(503);
    expect(checks.main_database).toEqual({ status: "failing", detail: "cannot be read (SOURCE_CORRUPT)" });
  });

  test("is 200 with a warning without a status database", async () => {
    rmSync(join(api.root, "as_times.db"), { force: true });
    const { code, checks } = await ready();
    expect(code).toBe(200);
    expect(checks.status_database).toEqual({ status: "warning", detail: "is missing" });
  });

  test("leaves no line in the log", async () => {
    await ready();
    await api.get("/health/live");
    expect(api.log.filter(({ msg }) => msg === "request")).toEqual([]);
  });
});

test("is 503 when the threads do not answer", async () => {
  const { app, pool, close } = await scriptedApp();
  await pool.close();
  const answer = await app.inject("/health/ready");
  expect(answer.statusCode).toBe(503);
  expect(answer.json<HealthReadyBody>().checks.render_threads).toEqual({ status: "failing", detail: "do not answer" });
  await close();
});
