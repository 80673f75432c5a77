import type { FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { type ApiMetrics, createApiMetrics } from "../metrics/api-metrics.js";
import { type MetricsAccess, mayReadMetrics } from "../metrics/metrics-access.js";
import type { RenderPool } from "../render/render-pool.js";
import type { SiteMetrics } from "../render/views/site-metrics.js";
import type { RouteApp } from "../routes/route-app.js";

export interface MetricsServices {
  access: MetricsAccess;
  renderPool: RenderPool;
  logger: Logger;
}

/** Prometheus waits for ten seconds; the rest of the metrics must not be lost for a database that is locked. */
const SITE_TIMEOUT_MS = 3_000;

/**
 * Counts requests and views, and tells them at `GET /metrics` in the text format of Prometheus. Without access nothing is
 * counted and the route does not exist. Registered before all routes, to hear of their requests.
 * @returns what is counted; null without access
 */
export function registerMetrics(app: RouteApp, { access, renderPool, logger }: MetricsServices): ApiMetrics | null {
  if (access === null) return null;
  const metrics = createApiMetrics(() => renderPool.state);
  renderPool.observe(metrics.observer);
  countRequests(app, metrics);
  app.get(
    "/metrics",
    { config: { access: "public", rateLimit: false } as const, logLevel: "warn", schema: { hide: true } },
    async (request, reply) => {
      if (!mayReadMetrics(access, request.headers.authorization))
        return reply.code(401).header("WWW-Authenticate", "Bearer").send({ detail: "Unauthorized" });
      metrics.site(await readSite(renderPool, logger));
      const text = await metrics.write();
      if (text === null)
        return reply.code(503).send({ detail: "Metrics of other processes cannot be had at the moment" });
      return reply.header("Cache-Control", "no-store").type(metrics.contentType).send(text);
    },
  );
  return metrics;
}

function countRequests(app: RouteApp, metrics: ApiMetrics): void {
  app.addHook("onRequest", async (_request, reply) => {
    metrics.requestStarted();
    // Also when the client goes away: then there is no answer to count.
    reply.raw.once("close", metrics.requestEnded);
  });
  app.addHook("onResponse", async (request, reply) => {
    metrics.requestAnswered({
      method: request.method,
      route: request.routeOptions.url ?? "unmatched",
      status: reply.statusCode,
      // A stream of events lasts as long as its client listens: that is no latency.
      durationSeconds: asksForEvents(request) ? null : reply.elapsedTime / 1_000,
    });
  });
}

function asksForEvents({ headers }: FastifyRequest): boolean {
  return (headers.accept ?? "").includes("text/event-stream");
}

/** Null, and a line in the log, when the site's databases cannot be read in time. */
async function readSite(renderPool: RenderPool, logger: Logger): Promise<SiteMetrics | null> {
  try {
    const request = { view: "metrics", expid: null, parameters: {}, light: true, keep: false } as const;
    const { bytes } = await renderPool.render(request, AbortSignal.timeout(SITE_TIMEOUT_MS));
    // The view of that name answers with these.
    return JSON.parse(new TextDecoder().decode(bytes)) as SiteMetrics;
  } catch (error) {
    logger.warn({ err: error }, "metrics of experiments and workers are left out");
    return null;
  }
}
