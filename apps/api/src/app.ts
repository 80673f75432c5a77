import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { type FastifyBaseLogger, fastify, LogController } from "fastify";
import type { Logger } from "pino";
import type { Config } from "./config/config.js";
import { registerCors } from "./plugins/cors.js";
import { registerDraining } from "./plugins/draining.js";
import { registerErrorHandler } from "./plugins/error-handler.js";
import { registerOpenapi } from "./plugins/openapi.js";
import { registerRequestLog } from "./plugins/request-log.js";
import { normaliseUrl } from "./plugins/url.js";
import type { RenderPool } from "./render/render-pool.js";
import { registerRoutes } from "./routes/index.js";
import { metaRoutes } from "./routes/meta.js";
import type { RouteApp } from "./routes/route-app.js";
import { WIRE_SCHEMAS } from "./routes/schemas.js";

/** Job names are part of paths, and may be long. */
const LONGEST_PATH_PARAMETER = 1_000;

/** What the application is made of; the process gives it the real things, tests theirs. */
export interface AppServices {
  config: Pick<Config, "corsOrigins" | "rootPath" | "trustProxy">;
  logger: Logger;
  renderPool: RenderPool;
}

/** The whole HTTP application, not listening yet. The order of registration is the order in which requests meet things. */
export async function buildApp({ config, logger, renderPool }: AppServices): Promise<RouteApp> {
  // As Fastify's own type: with pino's, the application's type would differ from what plugins and routes expect.
  const loggerInstance: FastifyBaseLogger = logger;
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    trustProxy: config.trustProxy,
    forceCloseConnections: "idle",
    rewriteUrl: (request: IncomingMessage) => normaliseUrl(request.url ?? "/", config.rootPath),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: LONGEST_PATH_PARAMETER },
    clientErrorHandler: answerMalformedRequest,
    ajv: { customOptions: { coerceTypes: "array", removeAdditional: false, verbose: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();

  registerRequestLog(app);
  registerDraining(app);
  await registerCors(app, config);
  registerErrorHandler(app);
  for (const schema of WIRE_SCHEMAS) app.addSchema(schema);
  await registerOpenapi(app, config.rootPath);
  metaRoutes(app, config);
  registerRoutes(app, { renderPool, rootPath: config.rootPath });
  return app;
}

/** What is not even HTTP never becomes a request: it gets its answer straight on the socket, readable for browsers. */
function answerMalformedRequest(_error: Error, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify({ error: true, error_message: "The request is malformed" });
  const head = [
    "HTTP/1.1 400 Bad Request",
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Access-Control-Allow-Origin: *",
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
