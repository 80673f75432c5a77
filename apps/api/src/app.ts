import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { SiteDatabases } from "@autosubmit-api/db";
import type { Secrets, SettingsFile } from "@autosubmit-api/settings";
import { createTimeZone } from "@autosubmit-api/shared-types";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { type FastifyBaseLogger, fastify, LogController } from "fastify";
import type { Logger } from "pino";
import type { LoginProviders } from "./auth/login-providers.js";
import type { Config } from "./config/config.js";
import { trustOf } from "./config/proxies.js";
import { LiveFeed } from "./feed/live-feed.js";
import { metricsAccess } from "./metrics/metrics-access.js";
import { registerConnectionLimit } from "./plugins/connection-limit.js";
import { registerCors } from "./plugins/cors.js";
import { registerDraining } from "./plugins/draining.js";
import { registerErrorHandler } from "./plugins/error-handler.js";
import { registerHeaders } from "./plugins/headers.js";
import { registerLivePage } from "./plugins/live-page.js";
import { registerMetrics } from "./plugins/metrics.js";
import { registerOpenapi } from "./plugins/openapi.js";
import { registerRequestLog } from "./plugins/request-log.js";
import { registerRunners } from "./plugins/runners.js";
import { registerSecurity } from "./plugins/security.js";
import { registerTracing } from "./plugins/tracing.js";
import { normaliseUrl } from "./plugins/url.js";
import { registerUrlLimit } from "./plugins/url-limit.js";
import type { RenderPool } from "./render/render-pool.js";
import { registerRoutes } from "./routes/index.js";
import { metaRoutes } from "./routes/meta.js";
import type { RouteApp } from "./routes/route-app.js";
import { WIRE_SCHEMAS } from "./routes/schemas.js";
import { openRunners, type RunnerPlace } from "./runners/open-runners.js";
import type { OpenTelemetry } from "./tracing/render-spans.js";

/** Job names are part of paths, and may be long. */
const LONGEST_PATH_PARAMETER = 1_000;

/** How long a client of the live feed may leave events unread. */
const FEED_PATIENCE_MS = 20_000;

/** What the application is made of; the process gives it the real things, tests theirs. */
export interface AppServices {
  config: Config;
  secrets: Secrets;
  settingsFile: SettingsFile;
  logger: Logger;
  renderPool: RenderPool;
  /** On a thread of their own, except in tests. */
  databases: SiteDatabases;
  login: LoginProviders;
  runnerPlace: RunnerPlace;
  clock: () => Date;
  /** OpenTelemetry, where it is configured. */
  tracing?: OpenTelemetry | undefined;
}

/** The whole HTTP application, not listening yet. The order of registration is the order in which requests meet things. */
export async function buildApp(services: AppServices): Promise<RouteApp> {
  const { config, secrets, logger, renderPool, databases, login, clock } = services;
  const timeZone = createTimeZone(config.timeZone);
  // As Fastify's own type: with pino's, the application's type would differ from what plugins and routes expect.
  const loggerInstance: FastifyBaseLogger = logger;
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    // Random, so that an id that a user quotes is found in the logs of any process and day.
    genReqId: () => randomBytes(6).toString("base64url"),
    trustProxy: trustOf(config.trustProxy),
    forceCloseConnections: "idle",
    rewriteUrl: (request: IncomingMessage) => normaliseUrl(request.url ?? "/", config.rootPath),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: LONGEST_PATH_PARAMETER },
    bodyLimit: config.bodyLimitBytes,
    // The first line counts, too; an address that is too long is told from headers that are (registerUrlLimit).
    http: { maxHeaderSize: config.headerLimitBytes + config.urlLimitBytes, ...patienceWithClients(config) },
    requestTimeout: config.requestTimeoutMs,
    clientErrorHandler: answerMalformedRequest,
    ajv: { customOptions: { coerceTypes: "array", removeAdditional: false, verbose: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();

  // Views answer with bytes, and what is left is small. Fastify's own serialisers would take most of the start to compile,
  // and silently drop or change what a schema does not foresee; tests hold bodies to their schemas instead.
  app.setSerializerCompiler(() => (body) => JSON.stringify(body));
  if (services.tracing) registerTracing(app, services.tracing, renderPool);
  registerRequestLog(app);
  registerDraining(app);
  registerConnectionLimit(app);
  await registerCors(app, config);
  await registerHeaders(app);
  registerErrorHandler(app);
  registerUrlLimit(app, config.urlLimitBytes);
  for (const schema of WIRE_SCHEMAS) app.addSchema(schema);
  const security = await registerSecurity(app, services);
  registerLivePage(app);
  await registerOpenapi(app, config.rootPath);
  registerMetrics(app, { access: metricsAccess(config, secrets), renderPool, logger });
  metaRoutes(app, config);
  const feed = new LiveFeed({
    journal: databases.eventJournal,
    timeZone,
    logger,
    mostPerUser: config.feedStreamsPerUser,
    mostStreams: config.feedStreams,
    patienceMs: FEED_PATIENCE_MS,
  });
  const runners = openRunners({
    ...services.runnerPlace,
    settingsFile: services.settingsFile,
    processes: databases.runnerProcesses,
    timeZone,
    clock,
    logger,
  });
  registerRunners(app, runners, logger);
  const provided = { renderPool, rootPath: config.rootPath, databases, login, clock, timeZone };
  registerRoutes(app, { ...provided, feed, runners, ...security });
  return app;
}

/** Clients that send a request byte by byte would hold their connections for ever; looked for four times within their time. */
function patienceWithClients({ requestTimeoutMs }: Config) {
  return { headersTimeout: requestTimeoutMs, connectionsCheckingInterval: requestTimeoutMs / 4 };
}

/** What is wrong with a request that never became one, by the code of the error; anything else is malformed. */
const REFUSALS: Record<string, { status: string; message: string }> = {
  HPE_HEADER_OVERFLOW: {
    status: "431 Request Header Fields Too Large",
    message: "The request's headers are too large",
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: "408 Request Timeout", message: "The request did not arrive in time" },
};
const MALFORMED = { status: "400 Bad Request", message: "The request is malformed" };

/** What is not even HTTP gets its answer straight on the socket, readable for browsers. */
function answerMalformedRequest(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { status, message } = REFUSALS[error.code ?? ""] ?? MALFORMED;
  const body = JSON.stringify({ error: true, error_message: message });
  const head = [
    `HTTP/1.1 ${status}`,
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Access-Control-Allow-Origin: *",
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
