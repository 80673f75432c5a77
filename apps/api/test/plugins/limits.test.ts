import { request } from "node:http";
import type { AddressInfo } from "node:net";
import type { Environment } from "@autosubmit-api/settings";
import { afterEach, describe, expect, test } from "vitest";
import { networkOf } from "../../src/plugins/rate-limit.js";
import { type AccessApp, accessApp, SERVICE_TOKEN } from "../support/access-app.js";

const opened: AccessApp[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((api) => api.close()));
});

async function start(environment: Environment = {}): Promise<AccessApp> {
  const api = await accessApp({ PROTECTION_LEVEL: "NONE", ...environment });
  opened.push(api);
  return api;
}

describe("rate limits", () => {
  const LIMITS = { AS_API_RATE_LIMIT_READS: "5", AS_API_RATE_LIMIT_LOGINS: "2", AS_API_RATE_LIMIT_COMMANDS: "3" };

  test("tell clients how much is left", async () => {
    const { app } = await start(LIMITS);
    const { headers } = await app.inject("/v4/experiments/a000");
    expect(headers).toMatchObject({ "x-ratelimit-limit": "5", "x-ratelimit-remaining": "4" });
    expect(Number(headers["x-ratelimit-reset"])).toBeGreaterThan(0);
    const cors = await app.inject({ url: "/v4/experiments/a000", headers: { origin: "https://gui.example.org" } });
    expect(String(cors.headers["access-control-expose-headers"])).toContain("X-RateLimit-Remaining");
  });

  test("count all reads of an address together, and refuse with 429 and the time to wait", async () => {
    const { app } = await start(LIMITS);
    const urls = ["/v4/experiments/a000", "/v3/quick/a000", "/nothing", "/v4/auth/verify-token", "/v4/experiments/a1"];
    for (const url of urls) expect((await app.inject(url)).statusCode).not.toBe(429);
    const refused = await app.inject("/v3/tree/a000");
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    const message = expect.stringMatching(/^More than 5 requests of this kind in a minute; please ask again in \d+ s$/);
    expect(refused.json()).toEqual({ error: true, error_message: message, detail: message });
    expect((await app.inject({ url: "/v3/tree/a000", remoteAddress: "192.0.2.1" })).statusCode).toBe(200);
    expect((await app.inject("/nothing")).statusCode).toBe(429);
  });

  test("never refuse the question whether the server lives", async () => {
    const { app } = await start({ ...LIMITS, AS_API_RATE_LIMIT_READS: "1" });
    for (let times = 0; times < 5; times++)
      for (const url of ["/", "/health/live"]) {
        const { statusCode, headers } = await app.inject(url);
        expect(statusCode).toBe(200);
        expect(headers).not.toHaveProperty("x-ratelimit-limit");
      }
  });

  test("follow users wherever they are, and leave others at the same address alone", async () => {
    const { app, as } = await start(LIMITS);
    const ask = (user: string, remoteAddress: string) =>
      app.inject({ url: "/v4/experiments/a000", headers: as(user), remoteAddress });
    for (let n = 1; n <= 5; n++) expect((await ask("ann", `192.0.2.${n}`)).statusCode).toBe(200);
    expect((await ask("ann", "192.0.2.9")).statusCode).toBe(429);
    expect((await ask("bob", "192.0.2.1")).statusCode).toBe(200);
    expect((await app.inject({ url: "/v4/experiments/a000", remoteAddress: "192.0.2.1" })).statusCode).toBe(200);
  });

  test("are stricter for settings and commands, and count attempts that are refused", async () => {
    const { app } = await start({ ...LIMITS, PROTECTION_LEVEL: "ALL" });
    const settings = () => app.inject({ method: "POST", url: "/v4/user-settings/preferred-username", payload: {} });
    expect([await settings(), await settings(), await settings(), await settings()].map((a) => a.statusCode)).toEqual([
      401, 401, 401, 429,
    ]);
    expect((await app.inject("/v4/experiments/a000")).statusCode).toBe(401);
  });

  test("count services by their address: many share one token", async () => {
    const { app } = await start(LIMITS);
    const ask = (remoteAddress: string) =>
      app.inject({ url: "/v4", headers: { authorization: `Bearer ${SERVICE_TOKEN}` }, remoteAddress });
    for (let n = 0; n < 5; n++) await ask("192.0.2.1");
    expect((await ask("192.0.2.1")).statusCode).toBe(429);
    expect((await ask("192.0.2.2")).statusCode).toBe(200);
  });

  test("are off with 0", async () => {
    const { app } = await start({ AS_API_RATE_LIMIT_READS: "0" });
    expect((await app.inject("/v4")).headers).not.toHaveProperty("x-ratelimit-limit");
  });

  test.each([
    ["192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::ffff:192.0.2.7", "::ffff:192.0.2.7"],
  ])("count %s as %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe("sizes", () => {
  async function send(api: AccessApp, path: string, headers: Record<string, string>, body = "") {
    if (api.app.server.listening === false) await api.app.listen({ host: "127.0.0.1", port: 0 });
    const { port } = api.app.server.address() as AddressInfo;
    return new Promise<{ status: number; body: unknown }>((resolve, reject) => {
      const method = body === "" ? "GET" : "POST";
      const sent = request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
        let text = "";
        answer.on("data", (chunk) => {
          text += String(chunk);
        });
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) }));
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }

  test("an address that is too long is 414", async () => {
    const api = await start();
    expect(await send(api, `/v4?x=${"a".repeat(8_000)}`, {})).toMatchObject({ status: 200 });
    const message = "The address is longer than 8192 bytes";
    expect(await send(api, `/v4?x=${"a".repeat(9_000)}`, {})).toEqual({
      status: 414,
      body: { error: true, error_message: message, detail: message },
    });
  });

  test("headers that are too long are 431", async () => {
    const api = await start({ AS_API_HEADER_LIMIT_KB: "4" });
    expect(await send(api, "/v4", { "x-long": "a".repeat(4_000) })).toMatchObject({ status: 200 });
    expect(await send(api, "/v4", { "x-long": "a".repeat(13_000) })).toEqual({
      status: 431,
      body: { error: true, error_message: "The request's headers are too large" },
    });
  });

  test("a body that is too long is 413, and is not even read of who may not send it", async () => {
    const api = await start({ AS_API_BODY_LIMIT_KB: "1" });
    const path = "/v4/user-settings/preferred-username";
    const body = JSON.stringify({ preferred_username: "a".repeat(2_000) });
    const headers = { "content-type": "application/json" };
    expect(await send(api, path, { ...headers, ...api.as("ann") }, body)).toMatchObject({
      status: 413,
      body: { error: true, detail: "Request body is too large" },
    });
    expect(await send(api, path, headers, body)).toMatchObject({ status: 401 });
  });
});

describe("headers", () => {
  test("tell browsers to run nothing and to guess nothing, also with errors", async () => {
    const { app } = await start();
    for (const url of ["/v4", "/nothing", "/v4/audit"])
      expect((await app.inject(url)).headers).toMatchObject({
        "content-security-policy": "default-src 'none';frame-ancestors 'none'",
        "cross-origin-resource-policy": "cross-origin",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-frame-options": "SAMEORIGIN",
      });
    expect((await app.inject("/v4")).headers).not.toHaveProperty("strict-transport-security");
  });

  test("let /docs run its own scripts and styles, over HTTP too", async () => {
    const { app } = await start({ PROTECTION_LEVEL: "ALL" });
    const page = await app.inject("/docs/");
    expect(page.statusCode).toBe(200);
    const policy = String(page.headers["content-security-policy"]);
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/upgrade-insecure-requests|unsafe-inline|validator/);
    for (const url of ["/docs/static/swagger-ui-bundle.js", "/docs/static/swagger-ui.css", "/docs/json"])
      expect((await app.inject(url)).statusCode).toBe(200);
  });
});
