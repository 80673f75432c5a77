import { LoginAnswer } from "@autosubmit-api/shared-types";
import { decodeJwt } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type CasServer, startCasServer } from "../../support/cas-server.js";
import { expectBody } from "../../support/expect-body.js";
import { GITHUB_CLIENT, type GithubServer, startGithubServer } from "../../support/github-server.js";
import { deadUrl } from "../../support/http-peer.js";
import { type LoginApp, startLoginApp } from "../../support/login-app.js";
import { OIDC_CLIENT, OIDC_REDIRECT, type OidcServer, startOidcServer } from "../../support/oidc-server.js";

const GUI = "https://gui.example.org";
const SERVICE = `${GUI}/app/login`;
let cas: CasServer;
let github: GithubServer;
let oidc: OidcServer;
let api: LoginApp;

beforeAll(async () => {
  [cas, github, oidc] = await Promise.all([startCasServer(), startGithubServer(), startOidcServer()]);
  github.organizations.set("BSC-ES", ["ann"]);
  api = await startLoginApp(
    {
      CAS_SERVER_URL: cas.casUrl,
      GITHUB_OAUTH_CLIENT_ID: GITHUB_CLIENT.id,
      GITHUB_OAUTH_CLIENT_SECRET: GITHUB_CLIENT.secret,
      GITHUB_OAUTH_WHITELIST_ORGANIZATION: "BSC-ES",
      AS_API_GITHUB_URL: github.url,
      OIDC_CLIENT_ID: OIDC_CLIENT.id,
      OIDC_CLIENT_SECRET: OIDC_CLIENT.secret,
      AS_API_OIDC_ISSUER: oidc.issuer,
      AS_API_LOGIN_TIMEOUT_SECONDS: "2",
    },
    [`${GUI}/app`],
  );
});
afterAll(() => Promise.all([cas, github, oidc, api].map((peer) => peer.close())));
afterEach(() => {
  cas.misbehave(null);
  github.misbehave("/", null);
});

async function ask(path: string, query: Record<string, string>, to: LoginApp = api) {
  const answer = await fetch(`${to.url}/v4/auth/${path}?${new URLSearchParams(query)}`, {
    redirect: "manual",
    headers: { Origin: GUI },
  });
  const text = await answer.text();
  const body = text === "" ? null : (JSON.parse(text) as { token: string | null; user: string | null });
  if (body !== null) expectBody(LoginAnswer, body);
  return { status: answer.status, headers: answer.headers, body };
}

const refusal = (message: string) => ({ authenticated: false, user: null, token: null, message });
const success = (user: string) => ({
  authenticated: true,
  user,
  token: expect.stringMatching(/^Bearer eyJ[\w-]+\.[\w-]+\.[\w-]+$/),
  message: "Token generated",
});
const claimsOf = (token: string | null | undefined) => decodeJwt(String(token).replace("Bearer ", ""));
const lastAudited = async (to = api) => (await to.audited())[0];

describe("CAS", () => {
  test("a browser without a ticket is sent there, and back with one", async () => {
    const away = await ask("cas/v2/login", { service: SERVICE });
    expect(away.status).toBe(307);
    const location = String(away.headers.get("location"));
    expect(location).toBe(`${cas.casUrl}login?service=${encodeURIComponent(SERVICE)}`);

    const back = await fetch(location, { redirect: "manual", headers: { "X-User": "ann" } });
    const ticket = new URL(String(back.headers.get("location"))).searchParams.get("ticket") ?? "";
    const { status, body, headers } = await ask("cas/v2/login", { service: SERVICE, ticket });
    expect({ status, body }).toEqual({ status: 200, body: success("ann") });
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.has("access-control-allow-origin")).toBe(true);
    expect(claimsOf(body?.token)).toMatchObject({ sub: "ann", user_id: "ann", idp: "cas" });
    expect(await lastAudited()).toMatchObject({ action: "login.cas", outcome: "done", user: "ann" });
  });

  test("a ticket is good once", async () => {
    const ticket = cas.grant("ann", SERVICE);
    expect(await ask("cas/v2/login", { service: SERVICE, ticket })).toMatchObject({ status: 200 });
    expect(await ask("cas/v2/login", { service: SERVICE, ticket })).toMatchObject({
      status: 401,
      body: refusal("Can't verify user"),
    });
    expect(await lastAudited()).toMatchObject({ action: "login.cas", outcome: "refused", user: null });
  });

  test.each([
    ["a service that is not on the list", "https://evil.test/"],
    ["the listed one as a parameter of another", `https://evil.test/?${GUI}/app`],
    ["a path that only begins alike", `${GUI}/apple/login`],
    ["this API itself, when it is not on the list", ""],
  ])("%s is refused, and CAS not asked", async (_what, service) => {
    const before = cas.asked.length;
    const ticket = cas.grant("ann", service);
    for (const query of [{ service }, { service, ticket }]) {
      const { status, body } = await ask("cas/v2/login", query);
      expect(status).toBe(401);
      expect(body).toEqual(
        refusal(
          "Your service is not authorized for this operation. The API admin needs to add your URL to the list of allowed clients.",
        ),
      );
    }
    expect(cas.asked).toHaveLength(before);
  });

  test("the Host header does not make a service an allowed one", async () => {
    const answer = await api.app.inject({ url: "/v4/auth/cas/v2/login", headers: { host: "evil.test" } });
    expect(answer.statusCode).toBe(401);
  });

  test("a server that does not answer in time is told", async () => {
    cas.misbehave(() => undefined);
    expect(await ask("cas/v2/login", { service: SERVICE, ticket: "ST-1" })).toMatchObject({
      status: 502,
      body: refusal("The CAS server did not answer in time"),
    });
    expect(await lastAudited()).toMatchObject({ action: "login.cas", outcome: "failed" });
  });

  test("a client that goes away ends the question to the server", async () => {
    const left = new Promise((resolve) => {
      cas.misbehave((_request, response) => response.on("close", resolve));
    });
    const query = new URLSearchParams({ service: SERVICE, ticket: "ST-2" });
    const before = performance.now();
    await expect(
      fetch(`${api.url}/v4/auth/cas/v2/login?${query}`, { signal: AbortSignal.timeout(100) }),
    ).rejects.toThrow("timeout");
    await left;
    expect(performance.now() - before).toBeLessThan(1_500);
  });
});

describe("GitHub", () => {
  test("a member is let in, with their teams", async () => {
    github.teams.set("BSC-ES/wuruchi", { members: ["ann"], invited: [] });
    const { status, body } = await ask("oauth2/github/login", { code: github.grant("ann") });
    expect({ status, body }).toEqual({ status: 200, body: success("ann") });
    expect(claimsOf(body?.token)).toMatchObject({ idp: "github", groups: ["github:BSC-ES/wuruchi"] });
  });

  test("others are not", async () => {
    const { status, body } = await ask("oauth2/github/login", { code: github.grant("mallory") });
    expect({ status, body }).toEqual({
      status: 401,
      body: refusal("User is not member of organization or team"),
    });
    expect(await lastAudited()).toMatchObject({ action: "login.github", outcome: "refused" });
  });

  test.each([
    [{}, "Can't verify user"],
    [{ code: "" }, "Can't verify user"],
    [{ code: "made-up" }, "Couldn't find user on GitHub"],
  ])("with %j the answer is %j", async (query, message) => {
    expect(await ask("oauth2/github/login", query as Record<string, string>)).toMatchObject({
      status: 401,
      body: refusal(message),
    });
  });

  test("a failing server is told, and nothing of what it said", async () => {
    github.misbehave("/", (_request, response) => response.writeHead(503).end("secret details"));
    const { status, body } = await ask("oauth2/github/login", { code: "x" });
    expect({ status, body }).toEqual({ status: 502, body: refusal("GitHub gave an answer that makes no sense") });
  });
});

describe("OpenID Connect", () => {
  test("a code is exchanged for a token of ours", async () => {
    const code = await oidc.logIn("ann");
    const { status, body } = await ask("oidc/login", { code, redirect_uri: OIDC_REDIRECT });
    expect({ status, body }).toEqual({ status: 200, body: success("ann") });
    expect(claimsOf(body?.token)).toMatchObject({ sub: "ann", idp: "oidc", groups: ["ops", "users"] });
  });

  test.each([
    [{}, "Can't verify user, missing code"],
    [{ code: "made-up", redirect_uri: OIDC_REDIRECT }, "Can't verify user"],
    [{ code: "made-up", redirect_uri: "javascript:alert(1)" }, "Can't verify user"],
  ])("with %j the answer is %j", async (query, message) => {
    expect(await ask("oidc/login", query as Record<string, string>)).toMatchObject({
      status: 401,
      body: refusal(message),
    });
  });
});

describe("every way in", () => {
  test.each([
    ["cas/v2/login", "Login through CAS is not configured"],
    ["oauth2/github/login", "Login through GitHub is not configured"],
    ["oidc/login", "Login through OpenID Connect is not configured"],
  ])("%s says when it is not configured", async (path, message) => {
    const plain = await startLoginApp({});
    expect(await ask(path, { code: "x", ticket: "y" }, plain)).toMatchObject({ status: 404, body: refusal(message) });
    await plain.close();
  });

  test("says when its provider is not there", async () => {
    const dead = await deadUrl();
    const lonely = await startLoginApp(
      {
        CAS_SERVER_URL: `${dead}/cas`,
        GITHUB_OAUTH_CLIENT_ID: "id",
        GITHUB_OAUTH_CLIENT_SECRET: "hush",
        AS_API_GITHUB_URL: dead,
        OIDC_CLIENT_ID: "id",
        OIDC_CLIENT_SECRET: "hush",
        AS_API_OIDC_ISSUER: dead,
      },
      ["*"],
    );
    const messages = await Promise.all(
      ["cas/v2/login", "oauth2/github/login", "oidc/login"].map(async (path) => {
        const { status, body } = await ask(path, { code: "x", ticket: "y" }, lonely);
        return [status, body];
      }),
    );
    expect(messages).toEqual([
      [502, refusal("The CAS server cannot be reached")],
      [502, refusal("GitHub cannot be reached")],
      [502, refusal("The OpenID Connect provider cannot be reached")],
    ]);
    expect((await lonely.audited()).map(({ action, outcome }) => `${action} ${outcome}`).sort()).toEqual([
      "login.cas failed",
      "login.github failed",
      "login.oidc failed",
    ]);
    await lonely.close();
  });

  test("leaves no code, ticket, secret or token in the log or the audit trail", async () => {
    const secrets = [cas.grant("ann", SERVICE), github.grant("ann"), "ST-refused-ticket", "refused-code"];
    const [ticket = "", code = "", badTicket = "", badCode = ""] = secrets;
    const answers = await Promise.all([
      ask("cas/v2/login", { service: SERVICE, ticket }),
      ask("cas/v2/login", { service: SERVICE, ticket: badTicket }),
      ask("oauth2/github/login", { code }),
      ask("oauth2/github/login", { code: badCode }),
      ask("oidc/login", { code: badCode }),
      ask("cas/v2/login", { service: `https://evil.test/?ticket=${badTicket}` }),
    ]);
    cas.misbehave((_request, response) => response.writeHead(500).end());
    await ask("cas/v2/login", { service: SERVICE, ticket: badTicket });
    const tokens = answers.flatMap(({ body }) => (body?.token ? [body.token.replace("Bearer ", "")] : []));
    const kept = api.log.join("") + JSON.stringify(await api.audited());
    for (const secret of [...secrets, ...tokens, GITHUB_CLIENT.secret, OIDC_CLIENT.secret, "gho_"])
      expect(kept).not.toContain(secret);
  });
});
