import { type Environment, readSecrets } from "@autosubmit-api/settings";
import { describe, expect, test } from "vitest";
import { loginProviders } from "../../src/auth/login-providers.js";
import { readConfig } from "../../src/config/config.js";

const providers = (environment: Environment, clients: readonly string[] = []) =>
  loginProviders(readConfig(environment), readSecrets(environment), clients);

const GITHUB = { GITHUB_OAUTH_CLIENT_ID: "id", GITHUB_OAUTH_CLIENT_SECRET: "hush" };
const OIDC = { OIDC_CLIENT_ID: "id", OIDC_CLIENT_SECRET: "hush" };
const ISSUER = { ...OIDC, AS_API_OIDC_ISSUER: "https://idp.example.org" };

test("nothing is configured by default", () => {
  expect(providers({})).toMatchObject({ cas: null, github: null, oidc: null, warnings: [], timeoutMs: 10_000 });
});

describe("CAS", () => {
  test.each(["https://cas.example.org/cas", "https://cas.example.org/cas/"])("is all below %s", (server) => {
    expect(providers({ CAS_SERVER_URL: server }, ["*"]).cas).toEqual({
      loginUrl: "https://cas.example.org/cas/login",
      validateUrl: "https://cas.example.org/cas/serviceValidate",
      groupsAttribute: null,
    });
  });

  test("is asked as version 3 has it, for groups", () => {
    const environment = { CAS_SERVER_URL: "https://cas.example.org/cas", AS_API_CAS_PROTOCOL: "3" };
    expect(providers({ ...environment, AS_API_CAS_GROUPS_ATTRIBUTE: "memberOf" }).cas).toMatchObject({
      validateUrl: "https://cas.example.org/cas/p3/serviceValidate",
      groupsAttribute: "memberOf",
    });
  });

  test("that any page may use is told", () => {
    expect(providers({ CAS_SERVER_URL: "https://cas.example.org/cas" }, ["*"]).warnings).toEqual([
      "clients.authorized of .autosubmitrc is *: any page may log in as its visitors",
    ]);
  });

  test("that nobody may use is told", () => {
    expect(providers({ CAS_SERVER_URL: "https://cas.example.org/cas" }).warnings).toEqual([
      "CAS is configured, but clients.authorized of .autosubmitrc allows nobody to use it",
    ]);
  });
});

describe("GitHub", () => {
  test("is github.com, with anybody, by default", () => {
    expect(providers(GITHUB).github).toEqual({
      clientId: "id",
      clientSecret: "hush",
      url: "https://github.com",
      apiUrl: "https://api.github.com",
      organizations: [],
      teams: [],
    });
  });

  test("open to everybody is told", () => {
    expect(providers(GITHUB).warnings).toEqual([
      "everybody with an account at GitHub may log in: no organization or team is listed",
    ]);
    expect(providers({ ...GITHUB, GITHUB_OAUTH_WHITELIST_ORGANIZATION: "a" }).warnings).toEqual([]);
  });

  test("may be a server of one's own", () => {
    expect(providers({ ...GITHUB, AS_API_GITHUB_URL: "https://git.example.org/" }).github).toMatchObject({
      url: "https://git.example.org",
      apiUrl: "https://git.example.org/api/v3",
    });
  });

  test("teams are those of each organization, unless they name their own", () => {
    const lists = { GITHUB_OAUTH_WHITELIST_ORGANIZATION: "a, b", GITHUB_OAUTH_WHITELIST_TEAM: "ops,c/dev" };
    expect(providers({ ...GITHUB, ...lists }).github?.teams).toEqual([
      { organization: "a", slug: "ops" },
      { organization: "b", slug: "ops" },
      { organization: "c", slug: "dev" },
    ]);
  });
});

describe("OpenID Connect", () => {
  test("believes an issuer's id_tokens, in the claims that the reference takes", () => {
    expect(providers(ISSUER).oidc?.settings).toEqual({
      clientId: "id",
      clientSecret: "hush",
      trust: {
        kind: "issuer",
        issuer: "https://idp.example.org",
        tokenUrl: null,
        userinfoUrl: null,
        jwksUrl: null,
      },
      usernameSource: "id_token",
      usernameClaim: "sub",
      groupsClaim: "groups",
      allowedGroups: [],
    });
  });

  test("without an issuer, believes the user information alone", () => {
    const urls = { OIDC_TOKEN_URL: "https://idp/token", OIDC_USERINFO_URL: "https://idp/me" };
    expect(providers({ ...OIDC, ...urls, OIDC_USERNAME_SOURCE: "userinfo" }).oidc?.settings.trust).toEqual({
      kind: "userinfo-only",
      tokenUrl: "https://idp/token",
      userinfoUrl: "https://idp/me",
    });
  });
});

describe("a start is refused", () => {
  test.each<[string, Environment, RegExp]>([
    ["half a CAS", { CAS_LOGIN_URL: "https://cas/login" }, /CAS_LOGIN_URL and CAS_VERIFY_URL go together/],
    ["half a GitHub", { GITHUB_OAUTH_CLIENT_ID: "id" }, /needs GITHUB_OAUTH_CLIENT_ID and GITHUB_OAUTH_CLIENT_SECRET/],
    ["a list for no GitHub", { GITHUB_OAUTH_WHITELIST_ORGANIZATION: "a" }, /needs GITHUB_OAUTH_CLIENT_ID/],
    ["a team of no organization", { ...GITHUB, GITHUB_OAUTH_WHITELIST_TEAM: "ops" }, /names ops without its organiz/],
    ["a team that is a path", { ...GITHUB, GITHUB_OAUTH_WHITELIST_TEAM: "a/../b" }, /GITHUB_OAUTH_WHITELIST_TEAM must/],
    ["an empty entry", { ...GITHUB, GITHUB_OAUTH_WHITELIST_ORGANIZATION: "a,,b" }, /ORGANIZATION must be names/],
    ["half an OpenID Connect", { AS_API_OIDC_ISSUER: "https://idp" }, /needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET/],
    ["groups for no OpenID Connect", { AS_API_OIDC_ALLOWED_GROUPS: "a" }, /needs OIDC_CLIENT_ID/],
    [
      "id_tokens that nothing verifies",
      { ...OIDC, OIDC_TOKEN_URL: "https://idp/token" },
      /nothing could verify the id_tokens/,
    ],
    [
      "the same with user information that is not asked",
      { ...OIDC, OIDC_TOKEN_URL: "https://idp/token", OIDC_USERINFO_URL: "https://idp/me" },
      /nothing could verify the id_tokens/,
    ],
    ["an unknown source", { ...ISSUER, OIDC_USERNAME_SOURCE: "header" }, /OIDC_USERNAME_SOURCE must be id_token or us/],
    ["CAS without https", { CAS_SERVER_URL: "http://cas.example.org" }, /CAS_LOGIN_URL must start with https/],
    ["GitHub without https", { ...GITHUB, AS_API_GITHUB_URL: "http://git" }, /AS_API_GITHUB_URL must start with https/],
    ["an issuer without https", { ...OIDC, AS_API_OIDC_ISSUER: "http://idp" }, /AS_API_OIDC_ISSUER must start with h/],
    ["keys without https", { ...ISSUER, AS_API_OIDC_JWKS_URL: "http://idp/k" }, /AS_API_OIDC_JWKS_URL must start with/],
    [
      "a host that only begins like this one",
      { CAS_SERVER_URL: "http://127.0.0.1.evil.test" },
      /must start with https/,
    ],
  ])("for %s", (_what, environment, message) => {
    expect(() => providers(environment)).toThrow(message);
    expect(() => providers(environment)).not.toThrow("hush");
  });

  test("but not for http on this machine, or where it is allowed", () => {
    for (const server of ["http://localhost:8080/cas", "http://127.0.0.1:8080/cas", "http://[::1]:8080/cas"])
      expect(providers({ CAS_SERVER_URL: server }).cas).not.toBeNull();
    const allowed = { CAS_SERVER_URL: "http://cas.internal/cas", AS_API_LOGIN_ALLOW_HTTP: "true" };
    expect(providers(allowed).cas).not.toBeNull();
  });
});
