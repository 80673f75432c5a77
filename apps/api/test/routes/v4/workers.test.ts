import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { databaseFiles, migrate, type SiteDatabases, siteDatabases } from "@autosubmit-api/db";
import { WorkersV4, type WorkersV4Body } from "@autosubmit-api/shared-types";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectBody } from "../../support/expect-body.js";
import { startTestApi, type TestApi } from "../../support/test-api.js";

let api: TestApi;
beforeEach(async () => {
  api = await startTestApi([{ expid: "a000" }, { expid: "a001" }]);
});
afterEach(() => api.close());

const filesOf = ({ root }: TestApi) => databaseFiles({ dbDir: root, dbFile: "autosubmit.db", localRootDir: root });
const ask = () => api.get<WorkersV4Body>("/v4/workers");
const at = (time: string) => new Date(`2026-07-01T${time}Z`);
const TASK = "TASK_STTSUPDTR";

/** The work of a cycle, up to its end unless it is left under way. */
async function work({ workerCycles }: SiteDatabases, options: { from: string; to: string | null }): Promise<void> {
  const cycle = await workerCycles.start({
    task: TASK,
    worker: "host:1",
    at: at(options.from),
    after: await workerCycles.findLast(TASK),
    experimentIds: [1, 2],
    partSize: 100,
  });
  if (cycle === null || options.to === null) return;
  const part = await workerCycles.claim(cycle.id, { worker: "host:1", at: at(options.from), leaseMs: 60_000 });
  if (part === null) throw new Error("nothing to do");
  await workerCycles.finish(part, "host:1", at(options.to), { examined: 2, read: 1, changed: 1, failed: 1 });
}

describe("GET /v4/workers", { timeout: 60_000 }, () => {
  test("before any worker ran there are no tasks, a hint, and still no database", async () => {
    const body = await ask();
    expectBody(WorkersV4, body);
    expect(body.tasks).toEqual([]);
    expect(body.note).toMatch(/^No workers' database exists yet: start them with `npm run workers`/);
    expect(existsSync(filesOf(api).api)).toBe(false);
  });

  test("a database without the workers' tables is left as it is", async () => {
    writeFileSync(filesOf(api).api, "");
    expect(await ask()).toMatchObject({ tasks: [], note: expect.stringContaining("No workers' database exists yet") });
    await migrate(filesOf(api));
    expect(await ask()).toMatchObject({ tasks: [], note: expect.stringContaining("No worker has run yet") });
  });

  test("tells each task's plan, last and present run, and failures", async () => {
    await migrate(filesOf(api));
    const databases = siteDatabases(filesOf(api));
    const plan = { task: TASK, enabled: true, schedule: "every 5 minutes", nextRunAt: at("09:05:00") };
    await databases.workerTasks.announce(plan, "host:1", at("09:00:05"));
    await work(databases, { from: "08:55:00.500", to: "08:55:03" });
    const failures = [{ expId: 2, expid: "a001", message: "no answer within 15 s" }];
    await databases.workerRecords.store(TASK, { fingerprints: [], failures, recovered: [] }, at("08:55:02"));
    await work(databases, { from: "09:00:00", to: null });

    const body = await ask();
    expectBody(WorkersV4, body);
    expect(body).toEqual({
      tasks: [
        {
          id: TASK,
          enabled: true,
          schedule: "every 5 minutes",
          next_run: "2026-07-01T09:05:00+00:00",
          updated: "2026-07-01T09:00:05+00:00",
          updated_by: "host:1",
          current_run: expect.objectContaining({
            started: "2026-07-01T09:00:00+00:00",
            finished: null,
            duration: null,
          }),
          last_run: {
            started: "2026-07-01T08:55:00+00:00",
            finished: "2026-07-01T08:55:03+00:00",
            duration: 2.5,
            experiments: 2,
            examined: 2,
            read: 1,
            changed: 1,
            failed: 1,
          },
          failures: [
            {
              expid: "a001",
              message: "no answer within 15 s",
              first_failed: "2026-07-01T08:55:02+00:00",
              last_failed: "2026-07-01T08:55:02+00:00",
              times: 1,
            },
          ],
        },
      ],
      note: null,
    });
  });

  test("a damaged database is an error that names it", async () => {
    writeFileSync(filesOf(api).api, "no database, but long enough to be taken for one".repeat(100));
    const answer = await api.app.inject("/v4/workers");
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toEqual({
      error: true,
      error_message: expect.stringContaining(join(api.root, "autosubmit_api.db")),
    });
  });
});
