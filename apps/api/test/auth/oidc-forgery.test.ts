import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loginWithOidc, type OidcSettings, openidProvider } from "../../src/auth/oidc.js";
import { type ForgingIssuer, startForgingIssuer, unsigned } from "../support/forging-issuer.js";
import { bodyOf, deadUrl, sendEndlessly, sendJson } from "../support/http-peer.js";

const CLIENT = "autosubmit";
const SECRET = "secret-of-the-client-that-is-long-enough";
let issuer: ForgingIssuer;
beforeEach(async () => {
  issuer = await startForgingIssuer(CLIENT);
  issuer.issue(await issuer.sign(issuer.claims()));
});
afterEach(() => issuer.close());

interface LoginOptions {
  settings?: Partial<OidcSettings>;
  timeoutMs?: number;
}

function logIn({ settings = {}, timeoutMs = 5_000 }: LoginOptions = {}) {
  const provider = openidProvider({
    clientId: CLIENT,
    clientSecret: SECRET,
    trust: { kind: "issuer", issuer: issuer.url, tokenUrl: null, userinfoUrl: null, jwksUrl: null },
    usernameSource: "id_token",
    usernameClaim: "sub",
    groupsClaim: "groups",
    allowedGroups: [],
    ...settings,
  });
  const granted = { code: "code", redirectUri: "https://gui.example.org/login" };
  return loginWithOidc(provider, granted, AbortSignal.timeout(timeoutMs));
}

test("a token that is in order lets in", async () => {
  expect(await logIn()).toEqual({ identity: { user: "ann", groups: [] } });
});

test.each([
  [["client_secret_basic"], true],
  [["client_secret_basic", "client_secret_post"], false],
  [undefined, false],
])("our secret is in a header where the issuer takes it there only: %j", async (methods, inHeader) => {
  const seen: string[] = [];
  issuer.published = { token_endpoint_auth_methods_supported: methods };
  issuer.misbehave("/token", async (request, response) => {
    seen.push(String(request.headers.authorization), await bodyOf(request));
    sendJson(response, 400, { error: "invalid_grant" });
  });
  expect(await logIn()).toMatchObject({ refused: "Can't verify user" });
  expect(seen[0]?.startsWith("Basic ")).toBe(inHeader);
  expect(seen[1]?.includes(SECRET)).toBe(!inHeader);
  expect(seen[1]).toContain("redirect_uri=https%3A%2F%2Fgui.example.org%2Flogin");
});

const seconds = () => Math.floor(Date.now() / 1000);
type Forge = (issuer: ForgingIssuer) => Promise<string | undefined> | string | undefined;
const withClaims =
  (claims: Record<string, unknown>): Forge =>
  (by) =>
    by.sign({ ...by.claims(), ...claims });
const refused = { refused: "Can't verify user", reason: expect.any(String) };

describe("an id_token lets nobody in that", () => {
  test.each<[string, Forge]>([
    ["is for another audience", withClaims({ aud: "somebody-else" })],
    ["is for several, without ours", withClaims({ aud: ["a", "b"] })],
    ["is for several, and was given to another", withClaims({ aud: [CLIENT, "b"], azp: "b" })],
    ["comes from another issuer", withClaims({ iss: "https://evil.test" })],
    ["has expired", withClaims({ exp: seconds() - 120, iat: seconds() - 240 })],
    ["never expires", withClaims({ exp: undefined })],
    ["is not valid yet", withClaims({ nbf: seconds() + 600 })],
    ["has no subject", withClaims({ sub: undefined })],
    ["is signed with another key", (by) => by.signWithUnknownKey(by.claims())],
    ["names a key that is not published", (by) => by.sign(by.claims(), { kid: "other" })],
    ["is not signed", (by) => unsigned(by.claims())],
    ["is not signed, in capitals", (by) => unsigned(by.claims(), "NONE")],
    ["lost its signature", async (by) => (await by.sign(by.claims())).replace(/[^.]*$/, "")],
    [
      "was changed after signing",
      async (by) =>
        (await by.sign(by.claims())).replace(
          /\.[^.]+\./,
          `.${Buffer.from(JSON.stringify({ ...by.claims(), sub: "root" })).toString("base64url")}.`,
        ),
    ],
    ["is signed with the public key as if it were a secret", (by) => by.signWithPublicKey(by.claims())],
    ["is signed with our own secret", (by) => by.signWithSecret(by.claims(), SECRET)],
    ["is not there", () => undefined],
  ])("%s", async (_what, forge) => {
    issuer.issue(await forge(issuer));
    expect(await logIn()).toEqual(refused);
  });

  test("is signed with an algorithm of shared secrets, even where the issuer says that it uses it", async () => {
    issuer.published = { id_token_signing_alg_values_supported: ["none", "HS256", "RS256"] };
    for (const token of [unsigned(issuer.claims()), issuer.signWithSecret(issuer.claims(), SECRET)]) {
      issuer.issue(token);
      expect(await logIn()).toEqual(refused);
    }
  });

  test("is not in order, also when the name comes from the user information", async () => {
    issuer.issue(await issuer.signWithUnknownKey(issuer.claims()));
    expect(await logIn({ settings: { usernameSource: "userinfo" } })).toEqual(refused);
  });
});

describe("the user information", () => {
  const settings = { usernameSource: "userinfo", usernameClaim: "preferred_username" } as const;

  test("must be of the subject of the id_token", async () => {
    expect(await logIn({ settings })).toMatchObject({ identity: { user: "ann-at-site" } });
    issuer.userinfo = { sub: "root", preferred_username: "root" };
    expect(await logIn({ settings })).toEqual(refused);
  });

  test("that names nobody we could name lets nobody in", async () => {
    for (const name of ["ann\nroot", "", 7, ["ann"], null]) {
      issuer.userinfo = { sub: "ann", preferred_username: name };
      expect(await logIn({ settings })).toMatchObject({ refused: "Couldn't find user on OpenID Connect provider" });
    }
  });

  test("that is refused lets nobody in", async () => {
    issuer.misbehave("/me", (_request, response) => sendJson(response, 401, {}));
    expect(await logIn({ settings })).toEqual(refused);
  });
});

describe("an issuer", () => {
  test.each(["https://evil.test", "/"])("that calls itself by another name (%s) is not believed", async (name) => {
    issuer.published = { issuer: name === "/" ? `${issuer.url}/` : name };
    await expect(logIn()).rejects.toThrow(/The OpenID Connect provider (is not the issuer|gave an answer)/);
  });

  test("is asked again after it did not answer at first", async () => {
    const provider = openidProvider({
      ...{ clientId: CLIENT, clientSecret: SECRET, usernameSource: "id_token", usernameClaim: "sub" },
      ...{ groupsClaim: "groups", allowedGroups: [] },
      trust: { kind: "issuer", issuer: issuer.url, tokenUrl: null, userinfoUrl: null, jwksUrl: null },
    });
    const again = () => loginWithOidc(provider, { code: "code", redirectUri: null }, AbortSignal.timeout(5_000));
    issuer.misbehave("/.well-known/openid-configuration", (_request, response) => sendJson(response, 503, {}));
    await expect(again()).rejects.toThrow("makes no sense");
    issuer.misbehave("/.well-known/openid-configuration", null);
    expect(await again()).toMatchObject({ identity: { user: "ann" } });
    await again();
    expect(issuer.asked.filter((asked) => asked.includes("well-known"))).toHaveLength(2);
    expect(issuer.asked.filter((asked) => asked.includes("jwks"))).toHaveLength(1);
  });

  test("that is not there is told", async () => {
    const url = await deadUrl();
    const trust = { kind: "issuer", issuer: url, tokenUrl: null, userinfoUrl: null, jwksUrl: null } as const;
    await expect(logIn({ settings: { trust } })).rejects.toThrow("The OpenID Connect provider cannot be reached");
  });

  const PLACES = ["/.well-known/openid-configuration", "/token", "/jwks", "/me"];
  const settings = { usernameSource: "userinfo" } as const;

  test.each(PLACES)("that is slow at %s is told", async (place) => {
    issuer.misbehave(place, () => undefined);
    await expect(logIn({ settings, timeoutMs: 300 })).rejects.toThrow(
      "The OpenID Connect provider did not answer in time",
    );
  });

  test.each(PLACES)("that never ends its answer at %s is told", async (place) => {
    issuer.misbehave(place, (_request, response) => sendEndlessly(response, "application/json"));
    await expect(logIn({ settings })).rejects.toThrow("The OpenID Connect provider sent an answer that is too large");
  });

  test.each(PLACES)("that answers nonsense at %s is told", async (place) => {
    issuer.misbehave(place, (_request, response) =>
      response.writeHead(200, { "Content-Type": "text/html" }).end("<p>"),
    );
    await expect(logIn({ settings })).rejects.toThrow(/The OpenID Connect provider (gave|answered)/);
  });

  test.each(PLACES)("that redirects elsewhere at %s is not followed", async (place) => {
    const elsewhere = await startForgingIssuer(CLIENT);
    issuer.misbehave(place, (_request, response) => response.writeHead(307, { Location: elsewhere.url + place }).end());
    await expect(logIn({ settings })).rejects.toThrow("makes no sense");
    expect(elsewhere.asked).toEqual([]);
    await elsewhere.close();
  });
});
