import { request as httpRequest } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Environment } from "@autosubmit-api/settings";
import { AutosubmitReadError, type ReadErrorCode } from "autosubmit-reader";
import { afterEach, describe, expect, test } from "vitest";
import { STATUS_OF_READ_ERROR } from "../src/plugins/error-handler.js";
import { toErrorData } from "../src/render/error-data.js";
import type { RenderPoolSettings } from "../src/render/render-pool.js";
import { type ScriptedApp, scriptedApp } from "./support/scripted-app.js";

const apps: ScriptedApp[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

async function start(environment: Environment = {}, poolSettings: Partial<RenderPoolSettings> = {}) {
  const made = await scriptedApp(environment, poolSettings);
  apps.push(made);
  return made;
}

const failingWith = (error: Error): Partial<RenderPoolSettings> => ({
  thread: {
    environment: { FAILURE: JSON.stringify(toErrorData(error)) },
    workingDirectory: "/",
    timeZone: "UTC",
    sourceCacheBytes: 0,
  },
});

const ORIGIN = "https://gui.example.org";

describe("who may call", () => {
  test("a browser of any origin, with the headers it asks for by name", async () => {
    const { app } = await start();
    const preflight = await app.inject({
      method: "OPTIONS",
      url: "//v4/experiments/a000",
      headers: {
        origin: ORIGIN,
        "access-control-request-method": "GET",
        "access-control-request-headers": "authorization, content-type",
      },
    });
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "authorization, content-type",
    });
    expect(String(preflight.headers["access-control-allow-methods"]).split(/,\s*/)).toEqual(
      expect.arrayContaining(["GET", "POST"]),
    );
  });

  test.each([
    ["/", 200],
    ["/nothing", 404],
    ["/v4/experiments/a000/jobs?view=bogus", 422],
    ["/v4/experiments/die/jobs", 500],
    ["/%zz", 404],
  ])("%s has the headers too, with status %d", async (url, status) => {
    const { app } = await start();
    const answer = await app.inject({ url, headers: { origin: ORIGIN } });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
    // Cookies of a proxy in front are not for pages of any origin.
    expect(answer.headers).not.toHaveProperty("access-control-allow-credentials");
  });

  test("only the configured origins, when some are", async () => {
    const { app } = await start({ AS_API_CORS_ORIGINS: `${ORIGIN},http://localhost:3000` });
    const allowed = await app.inject({ url: "/", headers: { origin: "http://localhost:3000" } });
    expect(allowed.headers["access-control-allow-origin"]).toBe("http://localhost:3000");
    expect(allowed.headers["access-control-allow-credentials"]).toBe("true");
    expect(allowed.headers.vary).toContain("Origin");
    const other = await app.inject({ url: "/", headers: { origin: "https://evil.example.org" } });
    expect(other.headers["access-control-allow-origin"]).toBeUndefined();
  });

  test("a program without an origin is answered all the same", async () => {
    const { app } = await start();
    expect((await app.inject("/")).statusCode).toBe(200);
  });
});

describe("errors of requests", () => {
  test("a path that no route serves is 404 with a detail", async () => {
    const { app } = await start();
    for (const url of ["/nothing", "/v3/nothing-here", "/v4/experiments/a000/nothing", "/v4x"]) {
      const answer = await app.inject(url);
      expect([answer.statusCode, answer.json()]).toEqual([404, { detail: "Not Found" }]);
    }
  });

  test("a refused parameter is 422 in the shape of FastAPI", async () => {
    const { app } = await start();
    const answer = await app.inject("/v4/experiments/a000/jobs?view=bogus");
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toEqual({
      detail: [
        {
          type: "literal_error",
          loc: ["query", "view"],
          msg: "Input should be 'quick', 'base' or 'extended'",
          input: "bogus",
          ctx: { expected: "'quick', 'base' or 'extended'" },
        },
      ],
    });
  });

  test("a percent sign that starts no escape stands for itself, and bytes that are no text for U+FFFD", async () => {
    const { app } = await start();
    for (const [url, expid] of [
      ["/v4/experiments/50%done/jobs", "50%done"],
      ["/v4/experiments/x%E0%A4%A/jobs", "x\ufffd%A"],
    ] as const)
      expect((await app.inject(url)).json()).toMatchObject({ expid });
  });

  test("headers beyond every measure are 431, and the next request is answered", async () => {
    const { app } = await start();
    await app.listen({ port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const base = `http://127.0.0.1:${port}/`;
    const answer = await fetch(base, { headers: { "x-large": "x".repeat(40_000) } });
    expect(answer.status).toBe(431);
    expect(await answer.json()).toEqual({ error: true, error_message: "The request's headers are too large" });
    expect((await fetch(base)).status).toBe(200);
  });

  test("what is not HTTP gets an answer that browsers may read", async () => {
    const { app } = await start();
    await app.listen({ port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const answer = await new Promise<string>((resolve, reject) => {
      let received = "";
      const socket = connect(port, "127.0.0.1", () => socket.write("NOT HTTP AT ALL\r\n\r\n"));
      socket.on("data", (chunk) => {
        received += String(chunk);
      });
      socket.on("end", () => resolve(received));
      socket.on("error", reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.toLowerCase()).toContain("access-control-allow-origin: *");
    expect(answer).toContain('{"error":true,"error_message":"The request is malformed"}');
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  });
});

describe("errors of reading", () => {
  test.each(Object.entries(STATUS_OF_READ_ERROR))("%s is %d in v4, with its own message", async (code, status) => {
    const error = new AutosubmitReadError(code as ReadErrorCode, "what is wrong, and where");
    const { app, log } = await start({}, failingWith(error));
    const answer = await app.inject("/v4/experiments/throw/jobs");
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toEqual({ error: true, error_message: "what is wrong, and where" });
    expect(answer.headers["retry-after"]).toBe(status === 503 ? "2" : undefined);
    expect(log.some(({ msg }) => msg === "a request failed")).toBe(status >= 500);
  });

  test("is 200 with error: true and the usual fields in v3", async () => {
    const { app } = await start({}, failingWith(new AutosubmitReadError("SOURCE_CORRUPT", "what is wrong, and where")));
    const answer = await app.inject("/v3/quick/throw");
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      {
        error: true,
        error_message: "what is wrong, and where",
        view_data: [],
        tree_view: [],
        total: 0,
        completed: 0,
        failed: 0,
        running: 0,
        queuing: 0,
      },
    ]);
  });
});

describe("errors of this program", () => {
  test("are a constant text to clients and a full account in the log", async () => {
    const { app, log } = await start({}, failingWith(new TypeError("secret detail")));
    const answer = await app.inject("/v4/experiments/throw/jobs");
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toEqual({ error: true, error_message: "An unexpected error occurred." });
    expect(JSON.stringify(log)).toContain("secret detail");
  });

  test("are 200 with error: true in v3", async () => {
    const { app } = await start({}, failingWith(new TypeError("secret detail")));
    const answer = await app.inject("/v3/expcount/throw");
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      error: true,
      error_message: "An unexpected error occurred.",
      expid: "throw",
    });
  });

  test.each(["die", "exhaust"])(
    "a thread that ends (%s) is a clean 500, and the next request is answered",
    async (script) => {
      const { app } = await start();
      const lost = await app.inject(`/v4/experiments/${script}/jobs`);
      expect(lost.statusCode).toBe(500);
      expect(lost.json()).toEqual({ error: true, error_message: "An unexpected error occurred." });
      expect((await app.inject("/v4/experiments/a000/jobs")).statusCode).toBe(200);
    },
  );

  test("a view that takes too long is 504", async () => {
    const { app } = await start({}, { timeoutMs: 200 });
    await app.inject("/v4/experiments/x/jobs");
    const answer = await app.inject("/v4/experiments/spin-60000/jobs");
    expect(answer.statusCode).toBe(504);
    expect(answer.json()).toMatchObject({
      error: true,
      error_message: expect.stringContaining("longer than") as string,
    });
  });

  test("a full queue is 503 with Retry-After; in v3 200 with it", async () => {
    const { app } = await start({}, { threads: 1, queueLimit: 1 });
    const busy = ["wait-300", "wait-301"].map((script) => app.inject(`/v4/experiments/${script}/jobs`).then((a) => a));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const [refused, refusedV3] = await Promise.all([app.inject("/v4/experiments/x/jobs"), app.inject("/v3/quick/x")]);
    expect(refused.statusCode).toBe(503);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThanOrEqual(1);
    expect(refused.json()).toMatchObject({ error: true });
    expect(refusedV3.statusCode).toBe(200);
    expect(refusedV3.json()).toMatchObject({ error: true });
    expect(Number(refusedV3.headers["retry-after"])).toBeGreaterThanOrEqual(1);
    expect((await Promise.all(busy)).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  });
});

describe("paths", () => {
  test("duplicate slashes are one, without a redirect", async () => {
    const { app } = await start();
    expect((await app.inject("//v4//experiments///a000//jobs")).statusCode).toBe(200);
  });

  test("a slash at the end does not matter", async () => {
    const { app } = await start();
    expect((await app.inject("/v4/")).statusCode).toBe(200);
    expect((await app.inject("/v4/experiments/a000/jobs/?view=quick")).statusCode).toBe(200);
  });

  test.each(["/api/v4", "/v4", "//api//v4/"])("below a root path, %s is served", async (url) => {
    const { app } = await start({ AS_API_ROOT_PATH: "/api" });
    const answer = await app.inject(url);
    expect(answer.statusCode).toBe(200);
    expect(answer.json<{ routes: unknown[] }>().routes).toContainEqual({ path: "/api/v4", methods: ["GET"] });
  });

  test("the index of v4 lists each route once, in the notation of OpenAPI", async () => {
    const { app } = await start();
    const { routes } = (await app.inject("/v4")).json<{ routes: { path: string; methods: string[] }[] }>();
    const paths = routes.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(routes).toContainEqual({ path: "/v4/experiments/{expid}/jobs", methods: ["GET"] });
  });
});

describe("unchanged answers", () => {
  test("have an ETag and must be asked for again", async () => {
    const { app } = await start();
    const answer = await app.inject("/v4/experiments/a000/jobs");
    expect(answer.headers).toMatchObject({ etag: '"a000"', "cache-control": "no-cache" });
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
  });

  test.each(['"a000"', 'W/"a000"', '"x", "a000"', "*"])("are 304 for If-None-Match: %s", async (header) => {
    const { app } = await start();
    const answer = await app.inject({ url: "/v3/quick/a000", headers: { "if-none-match": header, origin: ORIGIN } });
    expect(answer.statusCode).toBe(304);
    expect(answer.body).toBe("");
    expect(answer.headers.etag).toBe('"a000"');
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
  });

  test("are sent whole for another ETag", async () => {
    const { app } = await start();
    const answer = await app.inject({ url: "/v3/quick/a000", headers: { "if-none-match": '"b"' } });
    expect(answer.statusCode).toBe(200);
  });

  test("HEAD tells the length and sends nothing", async () => {
    const { app } = await start();
    const answer = await app.inject({ method: "HEAD", url: "/v3/quick/a000" });
    expect(answer.statusCode).toBe(200);
    expect(Number(answer.headers["content-length"])).toBeGreaterThan(0);
    expect(answer.body).toBe("");
  });
});

describe("the log", () => {
  test("has one line a request, with an id that the answer carries too", async () => {
    const { app, log } = await start();
    const answer = await app.inject("/v4/experiments/a000/jobs?view=quick");
    const lines = log.filter(({ msg }) => msg === "request");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ method: "GET", path: "/v4/experiments/a000/jobs?view=quick", status: 200 });
    expect(lines[0]?.durationMs).toBeTypeOf("number");
    expect(lines[0]?.reqId).toBe(answer.headers["x-request-id"]);
  });

  test("has no secrets of URLs and headers, whatever the outcome", async () => {
    const { app, log } = await start();
    const headers = { authorization: "Bearer hush", cookie: "hush=1" };
    await app.inject({ url: "/v4/nothing?token=hush&%63ode=hush&TICKET=hush", headers });
    await app.inject({ url: "/v4/experiments/die/jobs?token=hush", headers });
    await app.inject({ url: "/%zz?token=hush", headers });
    expect(log.filter(({ msg }) => msg === "request")).toHaveLength(3);
    expect(JSON.stringify(log)).not.toContain("hush");
  });

  test("tells of a client that went away before its answer", async () => {
    const { app, log } = await start();
    await app.listen({ port: 0 });
    const { port } = app.server.address() as AddressInfo;
    await new Promise<void>((resolve) => {
      const request = httpRequest({ port, path: "/v4/experiments/wait-60000/jobs?token=hush" });
      request.on("error", () => resolve());
      request.end();
      setTimeout(() => request.destroy(), 100);
    });
    await expect.poll(() => log.map(({ msg }) => msg)).toContain("the client went away");
    // The thread was told to stop: it is free for others.
    expect((await app.inject("/v4/experiments/wait-60000.x/jobs?view=bogus")).statusCode).toBe(422);
    expect((await app.inject("/v4/experiments/x/jobs")).statusCode).toBe(200);
    expect(JSON.stringify(log)).not.toContain("hush");
  });
});
