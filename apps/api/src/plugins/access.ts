import type { FastifyInstance, FastifyRequest, RouteOptions } from "fastify";
import { type Access, admitsAnonymous, type Identification, type Protection, type Refusal } from "../auth/access.js";
import { UnauthorizedError } from "../auth/errors.js";
import type { Permissions } from "../auth/permissions.js";
import type { Principal } from "../auth/principal.js";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Who may use the route. Every route says so; see `registerAccess`. */
    access?: Access;
    /** Whether the parameter `ticket` stands for an Authorization header. */
    admitsTickets?: boolean;
  }
  interface FastifyInstance {
    /** Every route that was registered, and who may use it. */
    routeAccess: RouteAccess[];
  }
  interface FastifyRequest {
    /** Who asks, as far as a token proves it; null for anybody. */
    principal: Principal | null;
    /** Why there is no principal; null when there is one. */
    identityRefusal: Refusal | null;
  }
}

/** A route and who may use it. */
export interface RouteAccess {
  method: string;
  url: string;
  access: Access;
}

export interface AccessSettings {
  protection: Protection;
  permissions: Permissions;
  /** Routes of plugins below this path are public. */
  publicPath: string;
  identify(authorization: string | undefined): Identification;
  identifyTicket(ticket: string): Identification;
}

/**
 * Finds out who sends each request, and refuses those who may not use its route. A route that does not say who may use it
 * cannot be registered after this.
 */
export function registerAccess(app: FastifyInstance, settings: AccessSettings): void {
  app.decorateRequest("principal", null);
  app.decorateRequest("identityRefusal", null);
  const routes: RouteAccess[] = [];
  app.decorate("routeAccess", routes);
  app.addHook("onRoute", (route) => {
    const access = requireAccess(route, settings.publicPath);
    for (const method of [route.method].flat()) routes.push({ method, url: route.url, access });
  });
  app.addHook("onRequest", async (request) => {
    const ticket = ticketOf(request);
    const found = ticket === null ? settings.identify(request.headers.authorization) : settings.identifyTicket(ticket);
    if ("principal" in found) request.principal = found.principal;
    else request.identityRefusal = found.refusal;
  });
  // Not earlier, so that requests that are refused count for rate limits too; before their bodies are read.
  app.addHook("preParsing", async (request) => {
    const access = accessOf(request);
    if (request.principal === null && !admitsAnonymous(access, settings.protection))
      throw new UnauthorizedError(request.identityRefusal ?? "Unauthorized");
    if (access === "admin") settings.permissions.requireAdmin(request);
  });
}

function requireAccess(route: RouteOptions, publicPath: string): Access {
  if (route.config?.access !== undefined) return route.config.access;
  if (route.url !== publicPath && !route.url.startsWith(`${publicPath}/`))
    throw new Error(`The route ${String(route.method)} ${route.url} does not say who may use it: config.access`);
  route.config = { ...route.config, access: "public" };
  return "public";
}

function ticketOf({ headers, query, routeOptions }: FastifyRequest): string | null {
  if (routeOptions.config?.admitsTickets !== true || headers.authorization !== undefined) return null;
  const { ticket } = query as Record<string, unknown>;
  return typeof ticket === "string" ? ticket : null;
}

/** Paths that no route serves are public: there is nothing to protect, and a wrong address is no matter of rights. */
function accessOf({ is404, routeOptions }: FastifyRequest): Access {
  return is404 ? "public" : (routeOptions.config.access ?? "admin");
}
