import { databaseFiles, migrate, siteDatabases } from "@autosubmit-api/db";
import { DeadLettersV4, type DeadLettersV4Body } from "@autosubmit-api/shared-types";
import { expect, onTestFinished, test } from "vitest";
import { expectBody } from "../../support/expect-body.js";
import { startTestApi } from "../../support/test-api.js";

test("administrators read what webhooks gave up delivering, the latest first", { timeout: 30_000 }, async () => {
  const environment = { AS_API_SECRET_TOKEN: "service", SECRET_KEY: "a key of the site that is long enough" };
  const api = await startTestApi([{ expid: "a000" }], { environment, settings: "ACCESS: {SERVICE_ROLE: admin}" });
  onTestFinished(() => api.close());
  const files = databaseFiles({ dbDir: api.root, dbFile: "autosubmit.db", localRootDir: api.root });
  await migrate(files);
  const { webhooks } = siteDatabases(files);
  const at = new Date("2026-07-01T08:00:00Z");
  const data = '{"name":"x","folder":"jobs"}';
  const events = [1, 2, 3].map((id) => ({ id, at, expid: "a000", kind: "log-added", data }));
  await webhooks.advance("chat", 3, events, at);
  for (const { id } of await webhooks.listDue(at, 2))
    await webhooks.failed(id, { error: "status 500", at, nextAttemptAt: null });

  const url = "/v4/webhooks/dead-letters";
  expect((await api.app.inject(url)).statusCode).toBe(401);
  const answer = await api.app.inject({ url, headers: { authorization: "Bearer service" } });
  const body = answer.json<DeadLettersV4Body>();
  expectBody(body, DeadLettersV4);
  expect(body.dead_letters.map(({ delivery }) => delivery)).toEqual([2, 1]);
  expect(body.dead_letters[0]).toEqual({
    ...{
      delivery: 2,
      webhook: "chat",
      attempts: 1,
      last_attempt: "2026-07-01T08:00:00+00:00",
      last_error: "status 500",
    },
    event: { id: 2, at: "2026-07-01T08:00:00+00:00", expid: "a000", kind: "log-added", data: JSON.parse(data) },
  });
});
