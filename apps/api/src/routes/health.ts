import {
  type HealthCheckBody,
  HealthLive,
  HealthReady,
  type HealthReadyBody,
  Reference,
} from "@autosubmit-api/shared-types";
import { RenderAbandonedError } from "../render/errors.js";
import type { RenderPool } from "../render/render-pool.js";
import type { SiteHealth } from "../render/views/health.js";
import type { RouteApp, RouteServices } from "./route-app.js";

/** Who asks whether we are ready does not wait for long; probes of Kubernetes and proxies give up after a few seconds. */
const READY_TIMEOUT_MS = 4_000;
/** Asked every few seconds: neither counted nor logged. */
const UNCOUNTED = { config: { access: "public", rateLimit: false }, logLevel: "warn" } as const;

/** Whether the process lives, and whether it can answer for the site. For proxies and monitoring; open to everybody. */
export function healthRoutes(app: RouteApp, { renderPool }: Pick<RouteServices, "renderPool">): void {
  app.get(
    "/health/live",
    {
      ...UNCOUNTED,
      schema: {
        tags: ["meta"],
        summary: "Whether this process answers",
        response: { 200: Reference(HealthLive, "It does") },
      },
    },
    async () => ({ status: "alive" as const }),
  );

  app.get(
    "/health/ready",
    {
      ...UNCOUNTED,
      schema: {
        tags: ["meta"],
        summary: "Whether experiments can be answered for, check by check",
        response: {
          200: Reference(HealthReady, "They can; warnings do not matter for that"),
          503: Reference(HealthReady, "They cannot; the failing checks tell why"),
        },
      },
    },
    async (_request, reply) => {
      const body = await examine(renderPool);
      reply.header("Cache-Control", "no-store");
      return reply.code(body.status === "ready" ? 200 : 503).send(body);
    },
  );
}

const NOT_KNOWN: HealthCheckBody = { status: "failing", detail: "not known" };
const ALL_NOT_KNOWN: SiteHealth = {
  root_folder: NOT_KNOWN,
  main_database: NOT_KNOWN,
  status_database: NOT_KNOWN,
  workers: NOT_KNOWN,
};

/** Looked at in a thread: files and databases that hang never hold up the event loop. */
async function examine(renderPool: RenderPool): Promise<HealthReadyBody> {
  let checks: HealthReadyBody["checks"];
  try {
    const request = { view: "health.ready", expid: null, parameters: {}, light: true, keep: false } as const;
    const { bytes } = await renderPool.render(request, AbortSignal.timeout(READY_TIMEOUT_MS));
    // The view of that name answers with these checks.
    const site = JSON.parse(new TextDecoder().decode(bytes)) as SiteHealth;
    checks = { render_threads: { status: "ok", detail: "answer" }, ...site };
  } catch (error) {
    const detail = error instanceof RenderAbandonedError ? "do not answer in time" : "do not answer";
    checks = { render_threads: { status: "failing", detail }, ...ALL_NOT_KNOWN };
  }
  const isReady = Object.values(checks).every(({ status }) => status !== "failing");
  return { status: isReady ? "ready" : "not ready", checks };
}
