import type { SiteDatabases } from "@autosubmit-api/db";
import type { Secrets, SettingsFile } from "@autosubmit-api/settings";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { type AuditEvent, type AuditTrail, createAuditTrail } from "../auth/audit.js";
import { ForbiddenError } from "../auth/errors.js";
import { createIdentifier } from "../auth/identify.js";
import { createPermissions, type Permissions } from "../auth/permissions.js";
import { readRoleRules } from "../auth/roles.js";
import type { Tickets } from "../auth/tickets.js";
import { newTokenKey } from "../auth/token-key.js";
import type { Tokens } from "../auth/tokens.js";
import type { Config } from "../config/config.js";
import { experimentOwner } from "../render/experiment-owner.js";
import type { RenderPool } from "../render/render-pool.js";
import { registerAccess } from "./access.js";
import { registerRateLimit } from "./rate-limit.js";
import { registerTokens } from "./tokens.js";

export interface SecuritySettings {
  config: Config;
  secrets: Secrets;
  settingsFile: SettingsFile;
  logger: Logger;
  renderPool: RenderPool;
  databases: SiteDatabases;
  clock: () => Date;
}

/** What routes need to let the right people do the right things, and to remember that they did. */
export interface Security {
  tokens: Tokens;
  tickets: Tickets;
  permissions: Permissions;
  audit: AuditTrail;
}

/** Everything that decides who may do what. Routes that are registered after it say who may use them. */
export async function registerSecurity(app: FastifyInstance, settings: SecuritySettings): Promise<Security> {
  const { config, secrets, settingsFile, logger, renderPool, databases, clock } = settings;
  const { protectionLevel: level, anonymousCommands, tokenLifetimeSeconds: lifetimeSeconds } = config;
  const { tokens, tickets } = await registerTokens(app, { key: secrets.tokenKey ?? newTokenKey(), lifetimeSeconds });
  const permissions = createPermissions({
    rules: readRoleRules(settingsFile),
    anonymousCommands,
    ownerOf: (expid) => experimentOwner(renderPool, expid),
  });
  const identify = createIdentifier(tokens, secrets.serviceToken);
  registerAccess(app, {
    protection: { level, anonymousCommands },
    permissions,
    publicPath: "/docs",
    identify: (authorization) => identify(authorization, clock()),
    identifyTicket: (ticket) => tickets.verify(ticket, clock()),
  });
  await registerRateLimit(app, config);
  const audit = createAuditTrail({ entries: databases.audit, logger, clock, retentionMs: config.auditRetentionMs });
  app.addHook("onError", async (request, _reply, error) => {
    if (error instanceof ForbiddenError) await audit.note(request, refusalOf(request, error.message));
  });
  return { tokens, tickets, permissions, audit };
}

/** That a user was told not to do something. What strangers try is in the log only: they could fill the disk otherwise. */
function refusalOf({ method, routeOptions, params, body }: FastifyRequest, reason: string): AuditEvent {
  const detail = { method, route: routeOptions.url ?? null, reason };
  return { action: "access.refused", expid: expidIn(params) ?? expidIn(body), outcome: "refused", detail };
}

function expidIn(part: unknown): string | null {
  return typeof part === "object" && part !== null && "expid" in part && typeof part.expid === "string"
    ? part.expid
    : null;
}
