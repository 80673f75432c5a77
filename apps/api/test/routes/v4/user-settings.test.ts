import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PreferredUsernameV4, RefusalV4 } from "@autosubmit-api/shared-types";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AccessApp, accessApp, SERVICE_TOKEN } from "../../support/access-app.js";
import { expectBody } from "../../support/expect-body.js";

const URL = "/v4/user-settings/preferred-username";

let api: AccessApp;
beforeEach(async () => {
  api = await accessApp({ PROTECTION_LEVEL: "NONE" });
});
afterEach(() => api.close());

const get = (headers: Record<string, string>) => api.app.inject({ url: URL, headers });
const post = (headers: Record<string, string>, payload: unknown) =>
  api.app.inject({ method: "POST", url: URL, headers, payload: payload as object });

describe("the preferred user name", () => {
  test("is 400 while there is none, which GUIs tell from an API without this setting", async () => {
    const answer = await get(api.as("ann"));
    expect(answer.statusCode).toBe(400);
    expectBody(RefusalV4, answer.json());
    expect(answer.json()).toMatchObject({ detail: "Preferred username not found for this user" });
  });

  test("is stored for the user, and given back", async () => {
    const saved = await post(api.as("ann@example.org"), { preferred_username: " ann " });
    expect(saved.statusCode).toBe(200);
    expectBody(PreferredUsernameV4, saved.json());
    expect(saved.json()).toMatchObject({ user_id: "ann@example.org", preferred_username: "ann" });
    expect(saved.json<{ created: string }>().created).toMatch(/^\d{4}-\d\d-\d\d-\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
    expect((await get(api.as("ann@example.org"))).json()).toEqual(saved.json());
    expect((await get(api.as("bob"))).statusCode).toBe(400);
  });

  test("is the service's own for the secret token", async () => {
    const service = { authorization: `bearer ${SERVICE_TOKEN}` };
    await post(service, { preferred_username: "robot" });
    expect((await get(service)).json()).toMatchObject({ user_id: "User", preferred_username: "robot" });
  });

  test.each([
    [{ preferred_username: "" }, "The name must not be empty"],
    [{ preferred_username: "  " }, "The name must not be empty"],
    [{ preferred_username: "a".repeat(129) }, "The name must not be longer than 128 characters"],
    [{ preferred_username: "ann\nroot" }, "The name must not have spaces in it"],
    [{ preferred_username: "ann root" }, "The name must not have spaces in it"],
    [{ preferred_username: 7 }, "preferred_username must be a text"],
    [{ preferred_username: null }, "preferred_username must be a text"],
    [{}, "preferred_username must be a text"],
    [[], "preferred_username must be a text"],
  ])("refuses %j with a text that GUIs can show", async (payload, detail) => {
    const answer = await post(api.as("ann"), payload);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toEqual({ error: true, error_message: detail, detail });
    expect((await get(api.as("ann"))).statusCode).toBe(400);
  });

  test("may be as long as 128 characters, in any script", async () => {
    for (const name of ["a".repeat(128), "ánñ-1.x_y"])
      expect((await post(api.as("ann"), { preferred_username: name })).json()).toMatchObject({
        preferred_username: name,
      });
  });

  test("needs a login at every level", async () => {
    for (const answer of [await get({}), await post({}, { preferred_username: "ann" })]) {
      expect(answer.statusCode).toBe(401);
      expectBody(RefusalV4, answer.json());
      expect(answer.headers["www-authenticate"]).toBe("Bearer");
    }
  });

  test("is in the audit trail", async () => {
    const answer = await post(api.as("ann"), { preferred_username: "ann2" });
    const [entry] = await api.databases.audit.list({}, 10);
    expect(entry).toMatchObject({
      at: api.now,
      user: "ann",
      kind: "token",
      address: "127.0.0.1",
      action: "settings.preferred-username",
      expid: null,
      outcome: "allowed",
      detail: '{"preferred_username":"ann2"}',
      requestId: answer.headers["x-request-id"],
    });
    expect(entry?.keepUntil?.getTime()).toBe(api.now.getTime() + 365 * 86_400_000);
  });

  test("is 503 where the API's own database cannot be used, with the reason; reads go on", async () => {
    writeFileSync(join(api.root, "autosubmit_api.db"), "no database".repeat(100));
    for (const answer of [await get(api.as("ann")), await post(api.as("ann"), { preferred_username: "ann" })]) {
      expect(answer.statusCode).toBe(503);
      expect(answer.json<{ error_message: string }>().error_message).toMatch(
        /own records cannot be used.*not an SQLite/,
      );
    }
    expect((await api.app.inject("/v4/experiments/a000")).statusCode).toBe(200);
  });
});
