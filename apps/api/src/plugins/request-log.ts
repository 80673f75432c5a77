import type { FastifyInstance } from "fastify";
import { redactUrl } from "./url.js";

/** One line per finished request, and the request's id in the answer so that users can quote it. */
export function registerRequestLog(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.header("X-Request-Id", request.id);
  });
  app.addHook("onResponse", async (request, reply) => {
    const level = reply.statusCode >= 500 ? "error" : "info";
    request.log[level](
      {
        method: request.method,
        path: redactUrl(request.originalUrl),
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime * 10) / 10,
      },
      "request",
    );
  });
  app.addHook("onRequestAbort", async (request) => {
    request.log.info({ method: request.method, path: redactUrl(request.originalUrl) }, "the client went away");
  });
}
