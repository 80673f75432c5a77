import { AuditV4, type AuditV4Body, RefusalV4 } from "@autosubmit-api/shared-types";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AccessApp, accessApp } from "../../support/access-app.js";
import { expectBody } from "../../support/expect-body.js";

let api: AccessApp;
beforeEach(async () => {
  api = await accessApp({ TZ: "Europe/Madrid" }, "ACCESS: { USERS: { adam: admin } }");
});
afterEach(() => api.close());

async function audit(query = ""): Promise<AuditV4Body> {
  const answer = await api.app.inject({ url: `/v4/audit${query}`, headers: api.as("adam") });
  expect(answer.statusCode).toBe(200);
  const body = answer.json<AuditV4Body>();
  expectBody(AuditV4, body);
  return body;
}

async function add(more: object = {}): Promise<void> {
  const entry = { at: new Date("2026-07-01T09:00:00Z"), user: "ann", kind: "token", address: "192.0.2.7" } as const;
  const what = { action: "command.stop-experiment", expid: "a000", outcome: "done", detail: '{"jobs":3}' } as const;
  await api.databases.audit.append({ ...entry, ...what, requestId: "abc", keepUntil: null, ...more });
}

describe("GET /v4/audit", () => {
  test("tells who did what, when and from where, in the site's zone", async () => {
    await add();
    expect(await audit()).toEqual({
      entries: [
        {
          id: 1,
          at: "2026-07-01T11:00:00+02:00",
          user: "ann",
          kind: "token",
          address: "192.0.2.7",
          action: "command.stop-experiment",
          expid: "a000",
          outcome: "done",
          detail: { jobs: 3 },
          request_id: "abc",
        },
      ],
      next: null,
    });
  });

  test("is filtered, and read page by page", async () => {
    for (let hour = 0; hour < 5; hour++)
      await add({ at: new Date(Date.UTC(2026, 6, 1, hour)), user: hour === 2 ? "bob" : "ann", detail: null });
    const ids = async (query: string) => (await audit(query)).entries.map(({ id }) => id);
    expect(await ids("?user=bob")).toEqual([3]);
    expect(await ids("?from=2026-07-01T03:00:00Z")).toEqual([5, 4]);
    // A plus sign that is not escaped is a space.
    expect(await ids("?from=2026-07-01T03:00:00+02:00&to=2026-07-01T02:00:00Z")).toEqual([3, 2]);
    expect(await ids("?action=login.cas&expid=a000&outcome=done")).toEqual([]);
    const first = await audit("?limit=2");
    expect(first.entries.map(({ id }) => id)).toEqual([5, 4]);
    expect(first.next).toBe(4);
    expect((await audit(`?limit=2&before=${first.next}`)).entries.map(({ id }) => id)).toEqual([3, 2]);
    expect((await audit("?limit=3&before=4")).next).toBeNull();
  });

  test.each(["?limit=0", "?limit=1001", "?from=yesterday", "?from=2026-07-01T09:00:00", "?outcome=good", "?before=x"])(
    "%s is refused",
    async (query) => {
      const answer = await api.app.inject({ url: `/v4/audit${query}`, headers: api.as("adam") });
      expect(answer.statusCode).toBe(422);
    },
  );

  test("is for administrators; that somebody else tried is in it", async () => {
    expect((await api.app.inject("/v4/audit")).statusCode).toBe(401);
    const answer = await api.app.inject({ url: "/v4/audit", headers: api.as("ann") });
    expect(answer.statusCode).toBe(403);
    expectBody(RefusalV4, answer.json());
    expect((await audit()).entries).toMatchObject([
      { user: "ann", action: "access.refused", outcome: "refused", detail: { method: "GET", route: "/v4/audit" } },
    ]);
  });

  test("every entry is in the log, too", async () => {
    await api.app.inject({ url: "/v4/audit", headers: api.as("ann") });
    const [told] = api.log.filter(({ component }) => component === "audit");
    expect(told).toMatchObject({
      msg: "audit",
      audit: { user: "ann", action: "access.refused", address: "127.0.0.1" },
    });
  });
});
