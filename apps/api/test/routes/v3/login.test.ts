import { LoginAnswer } from "@autosubmit-api/shared-types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CasServer, startCasServer } from "../../support/cas-server.js";
import { expectBody } from "../../support/expect-body.js";
import { type LoginApp, startLoginApp } from "../../support/login-app.js";

const GUI = "https://gui.example.org";
const PAGE = `${GUI}/autosubmitapp/login`;
let cas: CasServer;
let api: LoginApp;
beforeAll(async () => {
  cas = await startCasServer();
  api = await startLoginApp({ CAS_SERVER_URL: cas.casUrl }, [`${GUI}/`]);
});
afterAll(() => Promise.all([api.close(), cas.close()]));

async function ask(query: Record<string, string>, referer: string | null = `${GUI}/`) {
  const answer = await api.app.inject({
    url: "/v3/login",
    query,
    headers: referer === null ? {} : { referer },
  });
  const body = answer.body === "" ? null : answer.json<unknown>();
  if (body !== null) expectBody(LoginAnswer, body);
  return { status: answer.statusCode, location: answer.headers.location, body };
}

const refusal = (message: string) => ({ authenticated: false, user: null, token: null, message });
const NOT_ALLOWED =
  "Your client is not authorized for this operation. The API admin needs to add your URL to the list of allowed clients.";

describe("/v3/login", () => {
  test("sends to CAS, for the login page of the place that asked", async () => {
    expect(await ask({ env: "autosubmitapp" })).toEqual({
      status: 307,
      location: `${cas.casUrl}login?service=${encodeURIComponent(PAGE)}`,
      body: null,
    });
  });

  test("gives a token for a ticket, once", async () => {
    const ticket = cas.grant("ann", PAGE);
    expect(await ask({ env: "autosubmitapp", ticket })).toMatchObject({
      status: 200,
      body: {
        authenticated: true,
        user: "ann",
        token: expect.stringMatching(/^Bearer eyJ/),
        message: "Token generated.",
      },
    });
    expect(await ask({ env: "autosubmitapp", ticket })).toMatchObject({
      status: 401,
      body: refusal("Can't verify user."),
    });
  });

  test.each([
    [null, "autosubmitapp"],
    ["https://evil.test/", "autosubmitapp"],
    [`https://evil.test/?x=${GUI}/`, "autosubmitapp"],
    [`${GUI}.evil.test/`, "autosubmitapp"],
    [`${GUI}/`, "../elsewhere"],
    [`${GUI}/`, "@evil.test"],
  ])("from %s with env %j is refused", async (referer, env) => {
    const ticket = cas.grant("ann", PAGE);
    expect(await ask({ env, ticket }, referer)).toMatchObject({ status: 401, body: refusal(NOT_ALLOWED) });
  });
});
