import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { json } from "node:stream/consumers";
import { type WrittenWorkspace, writeWorkspace } from "@autosubmit-api/fixtures";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { builtProgram } from "./support/built-program.js";
import { startCasServer } from "./support/cas-server.js";

let cli: string;
let workspace: WrittenWorkspace;
beforeAll(async () => {
  cli = join(await builtProgram(), "cli.js");
  workspace = writeWorkspace({
    root: mkdtempSync(join(tmpdir(), "api-server-")),
    experiments: [{ expid: "a000" }, { expid: "big0", jobs: 20_000 }],
  });
});

const processes = new Set<ChildProcess>();
afterEach(() => {
  for (const child of processes) child.kill("SIGKILL");
  processes.clear();
});

/** A process of the built program: what it printed so far, and how it ended. */
interface Started {
  child: ChildProcess;
  lines: Record<string, unknown>[];
  stderr: () => string;
  /** Resolves with the exit status. */
  ended: Promise<number | null>;
}

/** Runs the command line with exactly these variables. */
function run(args: string[], environment: Record<string, string> = {}): Started {
  // The bundle only exports its command; the committed starter calls it the same way.
  const program = `import(${JSON.stringify(`file://${cli}`)}).then(({ main }) => main(${JSON.stringify(args)}))`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: workspace.root,
    env: { PATH: process.env.PATH ?? "", HOME: workspace.root, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  processes.add(child);
  const lines: Record<string, unknown>[] = [];
  let pending = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    const parts = (pending + chunk.toString()).split("\n");
    pending = parts.pop() ?? "";
    for (const part of parts)
      lines.push(part.startsWith("{") ? (JSON.parse(part) as Record<string, unknown>) : { text: part });
  });
  let errors = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = once(child, "close").then(([status]) => status as number | null);
  return { child, lines, stderr: () => errors, ended };
}

async function startServer(environment: Record<string, string> = {}): Promise<Started & { base: string }> {
  const started = run(["start", "--port", "0"], {
    AUTOSUBMIT_CONFIGURATION: workspace.configurationFile,
    PROTECTION_LEVEL: "NONE",
    TZ: "UTC",
    ...environment,
  });
  const listening = () =>
    started.lines.map(({ msg }) => /Server listening at (\S+)/.exec(String(msg))?.[1]).find(Boolean);
  await expect.poll(listening, { timeout: 20_000 }).toBeDefined();
  return { ...started, base: listening() ?? "" };
}

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
}

/** Takes traces as OTLP over HTTP has them, in JSON. */
async function startCollector(): Promise<{ server: HttpServer; url: string; spans: Span[] }> {
  const spans: Span[] = [];
  const server = createHttpServer(async (request, response) => {
    const { resourceSpans } = (await json(request)) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
    for (const { scopeSpans } of resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans);
    response.setHeader("Content-Type", "application/json").end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return { server, url: `http://127.0.0.1:${port}`, spans };
}

describe("the command line", () => {
  test("--help shows the usage", async () => {
    const { lines, ended } = run(["--help"]);
    expect(await ended).toBe(0);
    expect(lines.map(({ text }) => text).join("\n")).toContain("usage: autosubmit-api start");
  });

  test("--version shows both versions", async () => {
    const { lines, ended } = run(["--version"]);
    expect(await ended).toBe(0);
    expect(lines).toEqual([{ text: "autosubmit-api 0.1.0 (compatible with 4.1.2b6)" }]);
  });

  test.each([[["stop"]], [["start", "--prot", "1"]], [["start", "twice"]]])(
    "refuses %j with the usage",
    async (args) => {
      const { stderr, ended } = run(args);
      expect(await ended).toBe(2);
      expect(stderr()).toContain("usage: autosubmit-api start");
    },
  );
});

describe("what keeps the server from starting is one plain line:", () => {
  let taken: Server;
  afterAll(() => void taken?.close());

  test.each([
    [{ PORT: "eighty" }, "PORT must be a whole number"],
    [{ PROTECTION_LEVEL: "WRITE" }, "PROTECTION_LEVEL must be one of ALL, WRITEONLY, NONE"],
    [{ NODE_ENV: "production" }, "SECRET_KEY must be set"],
    [{ AS_API_ANONYMOUS_COMMANDS: "true" }, "AS_API_ANONYMOUS_COMMANDS must be false"],
    [{ AS_API_CONFIG_FILE: "/nowhere.yaml" }, "AS_API_CONFIG_FILE: /nowhere.yaml cannot be read"],
    [{ AS_API_CORS_ORIGINS: "gui" }, "AS_API_CORS_ORIGINS must be"],
    [
      { OIDC_CLIENT_ID: "id", OIDC_CLIENT_SECRET: "hush", OIDC_TOKEN_URL: "https://idp.example.org/token" },
      "nothing could verify the id_tokens",
    ],
  ])("%j", async (environment, reason) => {
    const { stderr, ended } = run(["start"], environment);
    expect(await ended).toBe(1);
    expect(stderr()).toMatch(/^autosubmit-api cannot start: [^\n]+\n$/);
    expect(stderr()).toContain(reason);
  });

  test("the port is in use", async () => {
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as { port: number };
    const { stderr, ended } = run(["start", "--port", String(port)], {
      AUTOSUBMIT_CONFIGURATION: workspace.configurationFile,
    });
    expect(await ended).toBe(1);
    expect(stderr()).toBe(
      `autosubmit-api cannot start: port ${port} on 127.0.0.1 is already in use; choose another one with PORT\n`,
    );
  });
});

describe("the process", () => {
  test("answers, with options of the command line over the environment", async () => {
    const { base, lines } = await startServer({ PORT: "1", LOG_LEVEL: "info" });
    expect(await (await fetch(`${base}/`)).json()).toMatchObject({ name: "Autosubmit API", version: "4.1.2b6" });
    expect((await fetch(`${base}//v4/experiments/a000`)).status).toBe(200);
    await expect.poll(() => lines.filter(({ msg }) => msg === "request").length).toBe(2);
  });

  test("lets in through CAS, from the pages that .autosubmitrc lists", async () => {
    const cas = await startCasServer();
    const siteFile = join(workspace.root, "with-clients.autosubmitrc");
    const clients = "\n[clients]\nauthorized = https://gui.example.org/\n";
    writeFileSync(siteFile, readFileSync(workspace.configurationFile, "utf8") + clients);
    const { base } = await startServer({
      AUTOSUBMIT_CONFIGURATION: siteFile,
      CAS_SERVER_URL: cas.casUrl,
      PROTECTION_LEVEL: "ALL",
    });
    // What the GUI and the browser do: away, back with a ticket, and on with the token as it came.
    const login = `${base}/v4/auth/cas/v2/login?service=${encodeURIComponent("https://gui.example.org/login")}`;
    const away = await fetch(login, { redirect: "manual" });
    expect(away.status).toBe(307);
    const back = await fetch(String(away.headers.get("location")), { redirect: "manual" });
    const ticket = new URL(String(back.headers.get("location"))).searchParams.get("ticket");
    const { token } = (await (await fetch(`${login}&ticket=${ticket}`)).json()) as { token: string };
    const statusWith = async (headers: Record<string, string>) =>
      (await fetch(`${base}/v4/experiments`, { headers })).status;
    expect(await statusWith({})).toBe(401);
    expect(await statusWith({ Authorization: token })).toBe(200);
    const verified = await fetch(`${base}/v4/auth/verify-token`, { headers: { Authorization: token } });
    expect(await verified.json()).toEqual({ authenticated: true, user: "ann" });
    expect((await fetch(`${base}/v4/auth/verify-token`)).status).toBe(401);
    await cas.close();
  });

  test("keeps its secrets out of the log", async () => {
    const secrets = { SECRET_KEY: "hush-key", AS_API_SECRET_TOKEN: "hush-token", LOG_LEVEL: "trace" };
    const { base, lines, child, ended } = await startServer(secrets);
    await fetch(`${base}/v4/experiments/a000?token=hush-query`, { headers: { authorization: "Bearer hush-bearer" } });
    child.kill("SIGTERM");
    await ended;
    expect(JSON.stringify(lines)).toContain("SECRET_KEY is shorter");
    expect(JSON.stringify(lines)).not.toContain("hush");
  });

  test.each(["SIGTERM", "SIGINT"] as const)(
    "on %s answers what is in flight, refuses what is new, and ends",
    async (signal) => {
      const { base, child, ended, lines } = await startServer();
      const inFlight = ["jobs", "wrappers", "jobs?view=quick"].map((what) =>
        fetch(`${base}/v4/experiments/big0/${what}`),
      );
      // Connections are served in the order they are made: once this one is answered, the others have arrived.
      await fetch(`${base}/`);
      child.kill(signal);
      const answers = await Promise.all(inFlight);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      const bodies = await Promise.all(answers.map((answer) => answer.json() as Promise<{ jobs?: unknown[] }>));
      expect(bodies[0]?.jobs).toHaveLength(20_000);
      expect(await ended).toBe(0);
      await expect(fetch(`${base}/`)).rejects.toThrow();
      expect(lines.at(-1)).toMatchObject({ msg: "stopped" });
    },
  );

  test("goes on in a new log file on SIGHUP, and its last line is there when it ended", async () => {
    const logFile = join(workspace.root, "api.log");
    const { child, ended } = run(["start", "--port", "0", "--log-file", logFile], {
      AUTOSUBMIT_CONFIGURATION: workspace.configurationFile,
      PROTECTION_LEVEL: "NONE",
    });
    const log = () => (existsSync(logFile) ? readFileSync(logFile, "utf8") : "");
    await expect.poll(log, { timeout: 20_000 }).toContain("serving");
    renameSync(logFile, `${logFile}.1`);
    child.kill("SIGHUP");
    await expect.poll(() => existsSync(logFile)).toBe(true);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(log().trimEnd().split("\n").at(-1)).toContain('"msg":"stopped"');
  });

  test("sends traces where an endpoint is configured: the request, the view, the sources", async () => {
    const collector = await startCollector();
    onTestFinished(() => void collector.server.close());
    const { base, child, ended } = await startServer({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    });
    const traceparent = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;
    await fetch(`${base}/v4/experiments/a000/jobs?token=hush-query`, { headers: { traceparent } });
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    const named = (name: string) => collector.spans.find((span) => span.name === name);
    const request = named("GET /v4/experiments/:expid/jobs");
    const render = named("render v4.jobs");
    expect(request).toMatchObject({ traceId: "a".repeat(32), parentSpanId: "b".repeat(16) });
    expect(render?.parentSpanId).toBe(request?.spanId);
    expect(named("read job-list")?.parentSpanId).toBe(render?.spanId);
    expect(JSON.stringify(collector.spans)).not.toContain("hush");
  });

  test("loads nothing of OpenTelemetry otherwise", () => {
    const program = readFileSync(join(dirname(cli), "server.js"), "utf8");
    expect(program).not.toMatch(/^import .*opentelemetry/m);
  });

  test("cuts off after the time-out what does not finish", async () => {
    const { base, child, ended, lines } = await startServer({ AS_API_SHUTDOWN_TIMEOUT_SECONDS: "0.2" });
    const { port } = new URL(base);
    const slow = connect(Number(port), "127.0.0.1", () => slow.write("GET / HTTP/1.1\r\nHost: x\r\n"));
    slow.on("error", () => undefined);
    await once(slow, "connect");
    await fetch(`${base}/`);
    child.kill("SIGTERM");
    expect(await ended).toBe(1);
    expect(lines.at(-1)).toMatchObject({ msg: "requests did not finish in time and are cut off" });
  });

  test("a light question is answered while a big view is being built", async () => {
    const { base } = await startServer();
    const order: string[] = [];
    const big = fetch(`${base}/v4/experiments/big0/jobs`).then(() => order.push("big"));
    await Promise.all(
      ["/", "/v4", "/v4/experiments/a000"].map((path) => fetch(base + path).then(() => order.push("light"))),
    );
    await big;
    expect(order).toEqual(["light", "light", "light", "big"]);
  });
});
