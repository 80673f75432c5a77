import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loginWithOidc, type OidcSettings, openidProvider } from "../../src/auth/oidc.js";
import { OIDC_CLIENT, OIDC_REDIRECT, type OidcServer, startOidcServer } from "../support/oidc-server.js";

let server: OidcServer;
beforeAll(async () => {
  server = await startOidcServer({ codeSeconds: 2 });
});
afterAll(() => server.close());

const signal = () => AbortSignal.timeout(10_000);

function settings(overrides: Partial<OidcSettings> = {}): OidcSettings {
  return {
    clientId: OIDC_CLIENT.id,
    clientSecret: OIDC_CLIENT.secret,
    trust: { kind: "issuer", issuer: server.issuer, tokenUrl: null, userinfoUrl: null, jwksUrl: null },
    usernameSource: "id_token",
    usernameClaim: "sub",
    groupsClaim: "groups",
    allowedGroups: [],
    ...overrides,
  };
}

async function logIn(overrides: Partial<OidcSettings> = {}, user = "ann") {
  const granted = { code: await server.logIn(user), redirectUri: OIDC_REDIRECT };
  return loginWithOidc(openidProvider(settings(overrides)), granted, signal());
}

describe("a real provider", () => {
  test("vouches for whom its id_token names, with groups", async () => {
    expect(await logIn()).toEqual({ identity: { user: "ann", groups: ["ops", "users"] } });
  });

  test("the name may be another claim", async () => {
    expect(await logIn({ usernameClaim: "preferred_username" })).toMatchObject({
      identity: { user: "ann-at-site" },
    });
  });

  test("the name may come from the user information", async () => {
    expect(await logIn({ usernameSource: "userinfo", usernameClaim: "preferred_username" })).toMatchObject({
      identity: { user: "ann-at-site", groups: ["ops", "users"] },
    });
  });

  test("addresses may be configured instead of discovered", async () => {
    const { issuer } = server;
    const trust = { kind: "issuer", issuer, tokenUrl: `${issuer}/token`, userinfoUrl: null, jwksUrl: `${issuer}/jwks` };
    expect(await logIn({ trust } as Partial<OidcSettings>)).toMatchObject({ identity: { user: "ann" } });
  });

  test("without an issuer, the user information alone may be believed", async () => {
    const { issuer } = server;
    const trust = { kind: "userinfo-only", tokenUrl: `${issuer}/token`, userinfoUrl: `${issuer}/me` } as const;
    expect(await logIn({ trust, usernameSource: "userinfo" })).toEqual({
      identity: { user: "ann", groups: ["ops", "users"] },
    });
  });

  test("a redirect_uri that the provider does not ask for may be left out", async () => {
    const granted = { code: await server.logIn("ann"), redirectUri: null };
    expect(await loginWithOidc(openidProvider(settings()), granted, signal())).toMatchObject({
      identity: { user: "ann" },
    });
  });

  test("a claim that is not there names nobody", async () => {
    expect(await logIn({ usernameClaim: "nickname" })).toMatchObject({
      refused: "Couldn't find user on OpenID Connect provider",
    });
  });

  test("whoever is in no allowed group is refused", async () => {
    expect(await logIn({ allowedGroups: ["ops"] })).toMatchObject({ identity: { user: "ann" } });
    expect(await logIn({ allowedGroups: ["ops"] }, "bob")).toMatchObject({
      refused: "User is not member of an allowed group",
    });
  });
});

describe("a code is refused", () => {
  const refused = { refused: "Can't verify user", reason: expect.stringContaining("invalid_grant") };
  const granted = async () => ({ code: await server.logIn("ann"), redirectUri: OIDC_REDIRECT });

  test("when it was used before", async () => {
    const provider = openidProvider(settings());
    const code = await granted();
    expect(await loginWithOidc(provider, code, signal())).toMatchObject({ identity: { user: "ann" } });
    expect(await loginWithOidc(provider, code, signal())).toMatchObject(refused);
  });

  test("when it was made up", async () => {
    const made = { code: "made-up", redirectUri: OIDC_REDIRECT };
    expect(await loginWithOidc(openidProvider(settings()), made, signal())).toMatchObject(refused);
  });

  test("when it is too old", async () => {
    const code = await granted();
    await new Promise((resolve) => setTimeout(resolve, 3_100));
    expect(await loginWithOidc(openidProvider(settings()), code, signal())).toMatchObject(refused);
  });

  test("when it comes with another redirect_uri", async () => {
    const code = { ...(await granted()), redirectUri: "https://evil.test/login" };
    expect(await loginWithOidc(openidProvider(settings()), code, signal())).toMatchObject({
      refused: "Can't verify user",
    });
  });

  test("in the way without an issuer too", async () => {
    const { issuer } = server;
    const trust = { kind: "userinfo-only", tokenUrl: `${issuer}/token`, userinfoUrl: `${issuer}/me` } as const;
    const provider = openidProvider(settings({ trust, usernameSource: "userinfo" }));
    const made = { code: "made-up", redirectUri: OIDC_REDIRECT };
    expect(await loginWithOidc(provider, made, signal())).toMatchObject({ refused: "Can't verify user" });
  });
});

test("a wrong client secret is told as what it is", async () => {
  await expect(logIn({ clientSecret: "wrong" })).rejects.toThrow(
    "The OpenID Connect provider does not accept this API's credentials",
  );
});
