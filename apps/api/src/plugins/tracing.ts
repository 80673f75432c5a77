import type { Span } from "@opentelemetry/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { RenderPool } from "../render/render-pool.js";
import { type OpenTelemetry, renderSpans, TRACER } from "../tracing/render-spans.js";

/**
 * A span for each request, below the one that the client says it belongs to (`traceparent`), named after the route; views
 * and sources become spans below it. Queries are left out: they may hold tickets and tokens.
 */
export function registerTracing(app: FastifyInstance, api: OpenTelemetry, renderPool: RenderPool): void {
  const tracer = api.trace.getTracer(TRACER);
  const spans = new WeakMap<FastifyRequest, Span>();
  renderPool.observe(renderSpans(api));

  // Everything that is done for the request goes on inside of `done`, and so in the context of its span.
  app.addHook("onRequest", (request, _reply, done) => {
    const { method, routeOptions, headers, id } = request;
    const route = routeOptions.url ?? "unmatched";
    const parent = api.propagation.extract(api.context.active(), headers);
    const span = tracer.startSpan(
      `${method} ${route}`,
      {
        kind: api.SpanKind.SERVER,
        attributes: { "http.request.method": method, "http.route": route, "autosubmit.request_id": id },
      },
      parent,
    );
    spans.set(request, span);
    api.context.with(api.trace.setSpan(parent, span), done);
  });
  app.addHook("onResponse", async (request, { statusCode }) => {
    const span = spans.get(request);
    span?.setAttribute("http.response.status_code", statusCode);
    if (statusCode >= 500) span?.setStatus({ code: api.SpanStatusCode.ERROR });
    span?.end();
  });
  app.addHook("onRequestAbort", async (request) => {
    spans.get(request)?.setStatus({ code: api.SpanStatusCode.ERROR, message: "the client went away" }).end();
  });
}
