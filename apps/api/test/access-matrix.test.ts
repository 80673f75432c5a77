import type { HTTPMethods } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Access, ProtectionLevel } from "../src/auth/access.js";
import { type AccessApp, accessApp, SERVICE_TOKEN } from "./support/access-app.js";
import { claimsOf, craftToken } from "./support/craft-token.js";

/** A route as docs/security.md says who may use it; with a request that somebody who may gets `ok` for. */
interface Entry {
  access: Access;
  url: string;
  /** Status of whoever is let in; 200 by default. The threads behind are scripted and there is no journal, so that some fail. */
  ok?: number;
  payload?: object;
  /** A command that every user may give: it creates something of one's own. */
  creates?: true;
}

const read = (url: string, ok = 200): Entry => ({ access: "read", url, ok });
/** A command on an experiment, which the body names, too, where there is one. */
const command = (url: string, payload: object, ok: number, more: Partial<Entry> = {}): Entry => ({
  access: "operate",
  url,
  ok,
  payload: { expid: "a000", ...payload },
  ...more,
});
const PROFILE = { profile_name: "none" };
const RUNNER = { runner: "LOCAL", module_loader: "NO_MODULE" };

const open = (url: string, ok = 200): Entry => ({ access: "public", url, ok });

/**
 * Every route of the API. A new one is added here, with who may use it; commands with an experiment `a000` in them, which
 * belongs to ann.
 */
const ROUTES: Record<string, Entry> = {
  "GET /": open("/"),
  "GET /docs": open("/docs"),
  "GET /docs/live": open("/docs/live"),
  "GET /docs/live/page.css": open("/docs/live/page.css"),
  // It is made by the build, which this test goes without.
  "GET /docs/live/page.js": open("/docs/live/page.js", 404),
  "GET /docs/json": open("/docs/json"),
  "GET /docs/yaml": open("/docs/yaml"),
  "GET /docs/static/*": open("/docs/static/swagger-ui.css"),
  "GET /docs/static/index.html": open("/docs/static/index.html", 302),
  "GET /docs/static/swagger-initializer.js": open("/docs/static/swagger-initializer.js"),
  "GET /openapi.json": open("/openapi.json"),
  "GET /health/live": open("/health/live"),
  "GET /health/ready": open("/health/ready", 500),
  "GET /v3/cconfig/:expid": read("/v3/cconfig/a000"),
  "GET /v3/exp-recovery-logs/:expid": read("/v3/exp-recovery-logs/a000"),
  "GET /v3/expcount/:expid": read("/v3/expcount/a000"),
  "GET /v3/expinfo/:expid": read("/v3/expinfo/a000"),
  "GET /v3/exprun/:expid": read("/v3/exprun/a000"),
  "GET /v3/filestatus": read("/v3/filestatus"),
  "GET /v3/graph/:expid/:layout/:grouped": read("/v3/graph/a000/standard/none"),
  "GET /v3/history/:expid/:job": read("/v3/history/a000/a000_SIM"),
  "GET /v3/ifrun/:expid": read("/v3/ifrun/a000"),
  "GET /v3/joblog/:logfile": read("/v3/joblog/a000_SIM.out"),
  "GET /v3/login": open("/v3/login", 404),
  "GET /v3/logrun/:expid": read("/v3/logrun/a000"),
  "GET /v3/performance/:expid": read("/v3/performance/a000"),
  "GET /v3/pklinfo/:expid/:timeStamp": read("/v3/pklinfo/a000/0"),
  "GET /v3/pkltreeinfo/:expid/:timeStamp": read("/v3/pkltreeinfo/a000/0"),
  "GET /v3/quick/:expid": read("/v3/quick/a000"),
  "GET /v3/rundetail/:expid/:runid": read("/v3/rundetail/a000/1"),
  "GET /v3/running/": read("/v3/running/"),
  "GET /v3/runs/:expid": read("/v3/runs/a000"),
  "GET /v3/search/:query": read("/v3/search/a000"),
  "GET /v3/search/:query/:exptype/:onlyactive": read("/v3/search/a000/test/true"),
  "GET /v3/searchowner/:owner": read("/v3/searchowner/ann"),
  "GET /v3/shutdown/:route": read("/v3/shutdown/tree"),
  "GET /v3/stats/:expid/:hours/:section": read("/v3/stats/a000/1/Any"),
  "GET /v3/summary/:expid": read("/v3/summary/a000"),
  "GET /v3/tree/:expid": read("/v3/tree/a000"),
  "GET /v4": open("/v4"),
  "GET /v4/audit": { access: "admin", url: "/v4/audit" },
  "GET /v4/auth/cas/v2/login": open("/v4/auth/cas/v2/login", 404),
  "GET /v4/auth/oauth2/github/login": open("/v4/auth/oauth2/github/login", 404),
  "GET /v4/auth/oidc/login": open("/v4/auth/oidc/login", 404),
  "GET /v4/events": read("/v4/events", 503),
  "POST /v4/events/tickets": read("/v4/events/tickets"),
  "GET /v4/experiments": read("/v4/experiments"),
  "GET /v4/experiments/:expid": read("/v4/experiments/a000"),
  "GET /v4/experiments/:expid/eta": read("/v4/experiments/a000/eta"),
  "GET /v4/experiments/:expid/events": read("/v4/experiments/a000/events", 503),
  "GET /v4/experiments/:expid/filesystem-config": read("/v4/experiments/a000/filesystem-config"),
  "GET /v4/experiments/:expid/jobs": read("/v4/experiments/a000/jobs"),
  "GET /v4/experiments/:expid/jobs-category-tree": read("/v4/experiments/a000/jobs-category-tree"),
  "GET /v4/experiments/:expid/jobs-history": read("/v4/experiments/a000/jobs-history", 500),
  "GET /v4/experiments/:expid/jobs/:job_name": read("/v4/experiments/a000/jobs/a000_SIM"),
  "GET /v4/experiments/:expid/jobs/:job_name/children": read("/v4/experiments/a000/jobs/a000_SIM/children"),
  "GET /v4/experiments/:expid/jobs/:job_name/parents": read("/v4/experiments/a000/jobs/a000_SIM/parents"),
  "GET /v4/experiments/:expid/logs": read("/v4/experiments/a000/logs"),
  "GET /v4/experiments/:expid/logs/:name": read("/v4/experiments/a000/logs/a000_SIM.out"),
  "GET /v4/experiments/:expid/logs/:name/raw": read("/v4/experiments/a000/logs/a000_SIM.out/raw", 500),
  "GET /v4/experiments/:expid/performance": read("/v4/experiments/a000/performance"),
  "GET /v4/experiments/:expid/runs": read("/v4/experiments/a000/runs"),
  "GET /v4/experiments/:expid/runs/:run_id/config": read("/v4/experiments/a000/runs/1/config"),
  "GET /v4/experiments/:expid/runs/:run_id/user-metrics": read("/v4/experiments/a000/runs/1/user-metrics"),
  "GET /v4/experiments/:expid/status": read("/v4/experiments/a000/status"),
  "GET /v4/experiments/:expid/user-metrics-runs": read("/v4/experiments/a000/user-metrics-runs"),
  "GET /v4/experiments/:expid/wrappers": read("/v4/experiments/a000/wrappers"),
  "GET /v4/user-settings/preferred-username": {
    access: "account",
    url: "/v4/user-settings/preferred-username",
    ok: 400,
  },
  "POST /v4/user-settings/preferred-username": {
    access: "account",
    url: "/v4/user-settings/preferred-username",
    ok: 422,
    payload: {},
  },
  "GET /v4/runners/configuration/endpoints": read("/v4/runners/configuration/endpoints"),
  "GET /v4/runners/configuration/profiles": read("/v4/runners/configuration/profiles"),
  "GET /v4/runners/configuration/ssh-public-keys": read("/v4/runners/configuration/ssh-public-keys"),
  "GET /v4/runners/processes/:id": read("/v4/runners/processes/1", 404),
  "POST /v4/runners/command/create-experiment": command(
    "/v4/runners/command/create-experiment",
    { ...PROFILE, command_params: { description: "x" } },
    400,
    { creates: true },
  ),
  "POST /v4/runners/command/get-runner-run-status": {
    ...read("/v4/runners/command/get-runner-run-status"),
    payload: { expid: "a000" },
  },
  "POST /v4/runners/command/run-experiment": command("/v4/runners/command/run-experiment", PROFILE, 400),
  "POST /v4/runners/command/set-job-status": command(
    "/v4/runners/command/set-job-status",
    { ...PROFILE, command_params: { final_status: "WAITING", job_names_list: ["a000_SIM"] } },
    400,
  ),
  "POST /v4/runners/command/stop-experiment": command("/v4/runners/command/stop-experiment", {}, 409),
  "POST /v4/runners/command/update-experiment-description": command(
    "/v4/runners/command/update-experiment-description",
    { ...PROFILE, description: "x" },
    400,
  ),
  "GET /v4alpha/experiments/:expid/get-runner-status": read("/v4alpha/experiments/a000/get-runner-status", 404),
  // Runners that requests describe themselves are 403 for everybody unless the site enables them.
  "GET /v4alpha/runner-detail": command("/v4alpha/runner-detail?runner=LOCAL&module_loader=NO_MODULE", {}, 403),
  "POST /v4alpha/experiments/:expid/create-job-list": command("/v4alpha/experiments/a000/create-job-list", RUNNER, 403),
  "POST /v4alpha/experiments/:expid/run-experiment": command("/v4alpha/experiments/a000/run-experiment", RUNNER, 403),
  "POST /v4alpha/experiments/:expid/set-job-status": command(
    "/v4alpha/experiments/a000/set-job-status",
    { ...RUNNER, final_status: "WAITING", job_names_list: ["a000_SIM"] },
    403,
  ),
  "POST /v4alpha/experiments/:expid/stop-experiment": command("/v4alpha/experiments/a000/stop-experiment", {}, 409),
  "POST /v4alpha/runner-create-experiment": command(
    "/v4alpha/runner-create-experiment",
    { ...RUNNER, description: "x" },
    403,
    { creates: true },
  ),
  "GET /v4/webhooks/dead-letters": { access: "admin", url: "/v4/webhooks/dead-letters", ok: 503 },
  "GET /v4/workers": read("/v4/workers"),
};

/** Routes that tell whether there is a good token: 401 is their answer, not a refusal. */
const TOKEN_TESTS: Record<string, string> = {
  "GET /v3/tokentest": "/v3/tokentest",
  "POST /v3/tokentest": "/v3/tokentest",
  "GET /v4/auth/verify-token": "/v4/auth/verify-token",
};

const STRANGERS = ["nobody", "bad token", "expired token", "wrong algorithm"] as const;
const KNOWN = ["viewer", "owner", "operator", "admin", "secret token"] as const;
type Actor = (typeof STRANGERS)[number] | (typeof KNOWN)[number];

const SETTINGS = "ACCESS: { USERS: { olga: operator, adam: admin } }";

function headersOf(actor: Actor, now: Date): Record<string, string> {
  const tokens: Record<Actor, string | null> = {
    nobody: null,
    "bad token": `${craftToken(claimsOf("adam", now)).slice(0, -2)}xx`,
    "expired token": craftToken(claimsOf("adam", now, { exp: 1 })),
    "wrong algorithm": craftToken(claimsOf("adam", now), { alg: "none" }),
    viewer: craftToken(claimsOf("vera", now)),
    owner: craftToken(claimsOf("ann", now)),
    operator: craftToken(claimsOf("olga", now)),
    admin: craftToken(claimsOf("adam", now)),
    "secret token": SERVICE_TOKEN,
  };
  const token = tokens[actor];
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

/** What docs/security.md says; `in` is whatever the route answers. */
function documentedStatus(
  { access, creates }: Pick<Entry, "access" | "creates">,
  level: ProtectionLevel,
  actor: Actor,
): "in" | 401 | 403 {
  const isStranger = (STRANGERS as readonly string[]).includes(actor);
  switch (access) {
    case "public":
      return "in";
    case "read":
      return isStranger && level === "ALL" ? 401 : "in";
    case "account":
      return isStranger ? 401 : "in";
    case "operate":
      if (isStranger) return 401;
      return actor === "viewer" && creates !== true ? 403 : "in";
    case "admin":
      if (isStranger) return 401;
      return actor === "admin" ? "in" : 403;
  }
}

describe.each(["ALL", "WRITEONLY", "NONE"] as const)("at level %s", (level) => {
  let api: AccessApp;
  beforeAll(async () => {
    const unlimited = { AS_API_RATE_LIMIT_READS: "0", AS_API_RATE_LIMIT_LOGINS: "0", AS_API_RATE_LIMIT_COMMANDS: "0" };
    api = await accessApp({ PROTECTION_LEVEL: level, ...unlimited }, SETTINGS);
    await api.app.ready();
  });
  afterAll(() => api.close());

  async function statusOf(method: string, { url, payload }: Entry, actor: Actor): Promise<number> {
    const asked = { method: method as HTTPMethods & "GET", url, headers: headersOf(actor, api.now) };
    const body = payload === undefined ? {} : { payload };
    return (await api.app.inject({ ...asked, ...body })).statusCode;
  }

  test("every route is in this table, and nothing else is", () => {
    const registered = api.app.routeAccess.filter(({ method }) => method !== "HEAD");
    const names = registered.map(({ method, url }) => `${method} ${url}`);
    expect(names.sort()).toEqual([...Object.keys(ROUTES), ...Object.keys(TOKEN_TESTS)].sort());
    for (const { method, url, access } of registered)
      expect([`${method} ${url}`, access]).toEqual([
        `${method} ${url}`,
        ROUTES[`${method} ${url}`]?.access ?? "public",
      ]);
  });

  test.each([...STRANGERS, ...KNOWN])("each route answers %s as documented", async (actor) => {
    const wrong: string[] = [];
    for (const [name, entry] of Object.entries(ROUTES)) {
      const documented = documentedStatus(entry, level, actor);
      const expected = documented === "in" ? (entry.ok ?? 200) : documented;
      const [method = ""] = name.split(" ");
      const found = await statusOf(method, entry, actor);
      if (found !== expected) wrong.push(`${name}: ${found}, not ${expected}`);
    }
    expect(wrong).toEqual([]);
  });

  test.each([...STRANGERS, ...KNOWN])("questions about the token itself answer %s by their status", async (actor) => {
    const expected = (STRANGERS as readonly string[]).includes(actor) ? 401 : 200;
    for (const [name, url] of Object.entries(TOKEN_TESTS))
      expect([name, await statusOf(name.split(" ")[0] ?? "", open(url), actor)]).toEqual([name, expected]);
  });

  test("HEAD is answered as GET is", async () => {
    for (const { method, url } of api.app.routeAccess) {
      const entry = ROUTES[`GET ${url}`];
      if (method !== "HEAD" || entry === undefined) continue;
      const refused = documentedStatus(entry, level, "nobody");
      const { statusCode } = await api.app.inject({ method: "HEAD", url: entry.url });
      expect([url, refused === "in" ? statusCode : refused]).toEqual([url, statusCode]);
    }
  });
});
