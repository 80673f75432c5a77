import { TokenTestV3, VerifiedTokenV4 } from "@autosubmit-api/shared-types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AccessApp, accessApp, SERVICE_TOKEN } from "../../support/access-app.js";
import { expectBody } from "../../support/expect-body.js";

let api: AccessApp;
beforeAll(async () => {
  api = await accessApp({ PROTECTION_LEVEL: "NONE" });
});
afterAll(() => api.close());

describe.each([
  ["nobody", () => ({}), null],
  ["a user", () => api.as("ann"), "ann"],
  ["a service", () => ({ authorization: `BEARER ${SERVICE_TOKEN}` }), "User"],
  ["an expired token", () => api.as("ann", { exp: 1 }), null],
  ["a token without Bearer", () => ({ authorization: api.as("ann").authorization.slice(7) }), null],
  ["another scheme", () => ({ authorization: `Basic ${SERVICE_TOKEN}` }), null],
  ["the beginning of the secret token", () => ({ authorization: `Bearer ${SERVICE_TOKEN.slice(0, -1)}` }), null],
  ["the text null, which GUIs have stored", () => ({ authorization: "null" }), null],
])("for %s", (_who, headers, user) => {
  test.each(["GET", "POST"] as const)("%s /v3/tokentest tells whether the token is good", async (method) => {
    const answer = await api.app.inject({ method, url: "/v3/tokentest", headers: headers() });
    expect(answer.statusCode).toBe(user === null ? 401 : 200);
    expectBody(TokenTestV3, answer.json());
    expect(answer.json()).toEqual(
      user === null ? { isValid: false, message: "Unauthorized" } : { isValid: true, message: null },
    );
  });

  test("GET /v4/auth/verify-token tells whose it is; 401 is what sends GUIs to the login page", async () => {
    const answer = await api.app.inject({ url: "//v4/auth/verify-token", headers: headers() });
    expect(answer.statusCode).toBe(user === null ? 401 : 200);
    expectBody(VerifiedTokenV4, answer.json());
    expect(answer.json()).toEqual({ authenticated: user !== null, user });
    expect(answer.headers["cache-control"]).toBe("no-store");
  });
});
