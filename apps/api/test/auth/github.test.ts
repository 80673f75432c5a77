import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type GithubSettings, loginWithGithub } from "../../src/auth/github.js";
import { GITHUB_CLIENT, type GithubServer, startGithubServer } from "../support/github-server.js";
import { deadUrl, sendEndlessly, sendJson } from "../support/http-peer.js";

let github: GithubServer;
beforeEach(async () => {
  github = await startGithubServer();
  github.organizations.set("BSC-ES", ["ann", "bob"]).set("partners", ["eve"]);
  github.teams.set("BSC-ES/wuruchi", { members: ["ann"], invited: ["bob"] });
  github.teams.set("BSC-ES/readers", { members: ["ann"], invited: [] });
  github.teams.set("partners/guests", { members: ["eve"], invited: [] });
});
afterEach(() => github.close());

function logIn(login: string | null, settings: Partial<GithubSettings> = {}, timeoutMs = 5_000) {
  const code = login === null ? "made-up" : github.grant(login);
  return loginWith(code, settings, timeoutMs);
}

function loginWith(code: string, settings: Partial<GithubSettings> = {}, timeoutMs = 5_000) {
  const defaults = { clientId: GITHUB_CLIENT.id, clientSecret: GITHUB_CLIENT.secret, organizations: [], teams: [] };
  const urls = { url: github.url, apiUrl: `${github.url}/api/v3` };
  return loginWithGithub({ ...defaults, ...urls, ...settings }, code, AbortSignal.timeout(timeoutMs));
}

const wuruchi = { organization: "BSC-ES", slug: "wuruchi" };
const guests = { organization: "partners", slug: "guests" };
const notMember = { refused: "User is not member of organization or team", reason: expect.any(String) };
const notFound = { refused: "Couldn't find user on GitHub", reason: expect.any(String) };

describe("a code", () => {
  test("stands for its user and the user's teams", async () => {
    expect(await logIn("ann")).toEqual({
      identity: { user: "ann", groups: ["github:BSC-ES/wuruchi", "github:BSC-ES/readers"] },
    });
  });

  test("that was made up is refused, and nothing further is asked", async () => {
    expect(await logIn(null)).toEqual(notFound);
    expect(github.asked).toEqual(["POST /login/oauth/access_token"]);
  });

  test("that was used is refused", async () => {
    const code = github.grant("ann");
    expect(await loginWith(code)).toMatchObject({ identity: { user: "ann" } });
    expect(await loginWith(code)).toEqual(notFound);
  });

  test("with line breaks is not even sent", async () => {
    expect(await loginWith("a\r\nb")).toEqual(notFound);
    expect(github.asked).toEqual([]);
  });
});

describe("members", () => {
  test.each<[string, string, Partial<GithubSettings>, boolean]>([
    ["of an organization", "ann", { organizations: ["BSC-ES"] }, true],
    ["of one of several", "eve", { organizations: ["BSC-ES", "partners"] }, true],
    ["of none", "mallory", { organizations: ["BSC-ES", "partners"] }, false],
    ["of a team", "ann", { organizations: ["BSC-ES"], teams: [wuruchi] }, true],
    ["of one of several teams", "eve", { teams: [wuruchi, guests] }, true],
    ["of the organization but no team", "bob", { organizations: ["BSC-ES"], teams: [guests] }, false],
    ["who were invited to a team but have not accepted", "bob", { teams: [wuruchi] }, false],
    ["whose names need encoding", "a+b", { organizations: ["BSC-ES"] }, false],
  ])("%s", async (_what, login, settings, isLetIn) => {
    expect(await logIn(login, settings)).toEqual(isLetIn ? { identity: expect.anything() } : notMember);
  });

  test("whose token may not read teams have those that let them in as groups", async () => {
    github.readOrg = false;
    expect(await logIn("ann", { teams: [wuruchi] })).toEqual({
      identity: { user: "ann", groups: ["github:BSC-ES/wuruchi"] },
    });
  });

  test("have each team once, whatever its case in our configuration", async () => {
    github.misbehave("/api/v3/orgs/bsc-es/", (_request, response) => sendJson(response, 200, { state: "active" }));
    expect(await logIn("ann", { teams: [{ organization: "bsc-es", slug: "wuruchi" }] })).toMatchObject({
      identity: { groups: ["github:BSC-ES/readers", "github:BSC-ES/wuruchi"] },
    });
  });
});

describe("GitHub", () => {
  test("that does not accept our credentials is told as that", async () => {
    await expect(logIn("ann", { clientSecret: "wrong" })).rejects.toThrow(
      "GitHub does not accept this API's credentials",
    );
  });

  test("that is not there is told", async () => {
    const url = await deadUrl();
    await expect(logIn("ann", { url })).rejects.toThrow("GitHub cannot be reached");
  });

  test("that we ask too often does not say that somebody is no member", async () => {
    github.misbehave("/api/v3/orgs/", (_request, response) =>
      response.writeHead(403, { "X-RateLimit-Remaining": "0" }).end("{}"),
    );
    await expect(logIn("ann", { organizations: ["BSC-ES"] })).rejects.toThrow("makes no sense");
    github.misbehave("/api/v3/orgs/", (_request, response) => response.writeHead(403).end("{}"));
    expect(await logIn("ann", { organizations: ["BSC-ES"] })).toEqual(notMember);
  });

  const PLACES = ["/login/oauth/access_token", "/api/v3/user", "/api/v3/orgs/"];
  const settings = { organizations: ["BSC-ES"] };

  test.each(PLACES)("that is slow at %s is told", async (place) => {
    github.misbehave(place, () => undefined);
    await expect(logIn("ann", settings, 300)).rejects.toThrow("GitHub did not answer in time");
  });

  test.each(PLACES)("that sends without end at %s is told", async (place) => {
    github.misbehave(place, (_request, response) => sendEndlessly(response, "application/json"));
    await expect(logIn("ann", settings)).rejects.toThrow("GitHub sent an answer that is too large");
  });

  test.each(PLACES)("that fails at %s is told", async (place) => {
    github.misbehave(place, (_request, response) => response.writeHead(500).end("<h1>Unicorn</h1>"));
    await expect(logIn("ann", settings)).rejects.toThrow("GitHub gave an answer that makes no sense");
  });

  test.each(PLACES.slice(0, 2))("that answers no JSON at %s is told", async (place) => {
    github.misbehave(place, (_request, response) => response.writeHead(200).end("[1]"));
    await expect(logIn("ann", settings)).rejects.toThrow("GitHub answered with something else than JSON");
  });
});
