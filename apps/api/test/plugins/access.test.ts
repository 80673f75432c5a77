import type { Environment } from "@autosubmit-api/settings";
import { type FastifyInstance, fastify } from "fastify";
import { pino } from "pino";
import { afterEach, describe, expect, test } from "vitest";
import { registerErrorHandler } from "../../src/plugins/error-handler.js";
import { registerSecurity } from "../../src/plugins/security.js";
import { claimsOf, craftToken, KEY } from "../support/craft-token.js";
import { scriptedPool } from "../support/scripted-pool.js";
import { testServices } from "../support/services.js";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** Routes of commands behind the real plugins: one on an experiment, one that creates one. */
async function commands(environment: Environment): Promise<FastifyInstance> {
  const app = fastify();
  registerErrorHandler(app);
  const renderPool = scriptedPool();
  const services = testServices(
    { SECRET_KEY: KEY, AS_API_SECRET_TOKEN: "service", ...environment },
    { settings: "ACCESS: { USERS: { olga: operator, adam: admin } }" },
  );
  const { permissions } = await registerSecurity(app, { ...services, logger: pino({ level: "silent" }), renderPool });
  app.post("/stop", { config: { access: "operate" } }, async (request) => {
    const { expid } = request.body as { expid: string };
    return { by: (await permissions.requireOperator(request, expid)).kind };
  });
  app.post("/create", { config: { access: "operate" } }, async (request) => ({
    by: (await permissions.requireOperator(request, null)).kind,
  }));
  closing.push(
    () => app.close(),
    () => renderPool.close(),
  );
  return app;
}

const ANONYMOUS = { PROTECTION_LEVEL: "NONE", AS_API_ANONYMOUS_COMMANDS: "true" };

describe("commands", () => {
  test.each([
    // Environment; who; their own experiment, somebody else's, creating one.
    [{ PROTECTION_LEVEL: "ALL" }, null, 401, 401, 401],
    [{ PROTECTION_LEVEL: "WRITEONLY" }, null, 401, 401, 401],
    [{ PROTECTION_LEVEL: "NONE" }, null, 401, 401, 401],
    [ANONYMOUS, null, 200, 200, 200],
    ...["ALL", "WRITEONLY", "NONE"].flatMap((level): [Environment, string, number, number, number][] => [
      [{ PROTECTION_LEVEL: level }, "vera", 403, 403, 200],
      [{ PROTECTION_LEVEL: level }, "ann", 200, 403, 200],
      [{ PROTECTION_LEVEL: level }, "olga", 200, 200, 200],
      [{ PROTECTION_LEVEL: level }, "adam", 200, 200, 200],
      [{ PROTECTION_LEVEL: level }, "service", 200, 200, 200],
    ]),
    [ANONYMOUS, "vera", 200, 200, 200],
  ])(
    "with %j %s gets %d on ann's experiment, %d on another, %d to create one",
    async (environment, who, ...expected) => {
      const app = await commands(environment);
      const token = who === "service" ? who : craftToken(claimsOf(who ?? "", new Date()));
      const headers = who === null ? {} : { authorization: `Bearer ${token}` };
      const post = async (url: string, payload: object) =>
        (await app.inject({ method: "POST", url, headers, payload })).statusCode;
      expect([
        await post("/stop", { expid: "a000" }),
        await post("/stop", { expid: "a001" }),
        await post("/create", {}),
      ]).toEqual(expected);
    },
  );

  test("tell why they are refused, in words for the user", async () => {
    const app = await commands({ PROTECTION_LEVEL: "NONE" });
    const send = async (headers: Record<string, string>) =>
      (await app.inject({ method: "POST", url: "/stop", headers, payload: { expid: "a000" } })).json();
    expect(await send({})).toEqual({ error: true, error_message: "Unauthorized", detail: "Unauthorized" });
    const expired = craftToken(claimsOf("ann", new Date(), { exp: 1 }));
    expect(await send({ authorization: `Bearer ${expired}` })).toMatchObject({ detail: "Expired token" });
    const vera = craftToken(claimsOf("vera", new Date()));
    expect(await send({ authorization: `Bearer ${vera}` })).toMatchObject({
      detail: "vera may not run commands on a000: only its owner and operators may",
    });
  });
});

test("a route that does not say who may use it cannot be registered", async () => {
  const app = await commands({});
  expect(() => app.get("/new", async () => "secrets")).toThrow(
    "The route GET /new does not say who may use it: config.access",
  );
});
