import type { SiteDatabases } from "@autosubmit-api/db";
import type { TimeZone } from "@autosubmit-api/shared-types";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import type { AuditTrail } from "../auth/audit.js";
import type { LoginProviders } from "../auth/login-providers.js";
import type { Permissions } from "../auth/permissions.js";
import type { Tickets } from "../auth/tickets.js";
import type { Tokens } from "../auth/tokens.js";
import type { LiveFeed } from "../feed/live-feed.js";
import type { RenderPool } from "../render/render-pool.js";
import type { Runners } from "../runners/open-runners.js";

/** The application as routes see it: parameters are typed by their schemas. */
export type RouteApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What routes may use, given to them explicitly. */
export interface RouteServices {
  renderPool: RenderPool;
  /** Prefix under which a proxy serves this API; empty for none. */
  rootPath: string;
  permissions: Permissions;
  audit: AuditTrail;
  tokens: Tokens;
  login: LoginProviders;
  tickets: Tickets;
  /** On a thread of their own. */
  databases: SiteDatabases;
  feed: LiveFeed;
  timeZone: TimeZone;
  runners: Runners;
  clock: () => Date;
}
