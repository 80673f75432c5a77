import { isIPv6 } from "node:net";
import fastifyRateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import type { Config } from "../config/config.js";

/** What requests are counted together, each with its own limit; routes with `rateLimit: false` are not counted. */
export type RateClass = "reads" | "logins" | "commands";

declare module "fastify" {
  interface FastifyContextConfig {
    /** How requests of the route are counted; by default commands and settings apart from everything else. */
    rate?: RateClass;
  }
}

const MINUTE_MS = 60_000;
/** Users and addresses whose requests are counted; the oldest are forgotten first. */
const COUNTED = 50_000;

export type RateLimits = Pick<Config, "readsPerMinute" | "loginsPerMinute" | "commandsPerMinute">;

/**
 * Limits how many requests a minute a user may send, or an address where nobody is logged in. Registered after requests are
 * identified and before they are refused, so that attempts count. Counts are this process's own.
 */
export async function registerRateLimit(app: FastifyInstance, limits: RateLimits): Promise<void> {
  const limitOf: Record<RateClass, number> = {
    reads: limits.readsPerMinute,
    logins: limits.loginsPerMinute,
    commands: limits.commandsPerMinute,
  };
  await app.register(fastifyRateLimit, {
    timeWindow: MINUTE_MS,
    store: MinuteCounts,
    max: (request) => limitOf[classOf(request)],
    allowList: (request) => limitOf[classOf(request)] === 0,
    keyGenerator: (request) => `${classOf(request)} ${clientOf(request)}`,
    errorResponseBuilder: (_request, { max, ttl }) => new RateLimitedError(max, Math.ceil(ttl / 1000)),
  });
}

/** Not the library's own, which takes the time from the clock: set back by hours, it would refuse for hours. */
class MinuteCounts {
  readonly #counts = new LRUCache<string, { current: number; since: number }>({ max: COUNTED });

  incr(key: string, callback: (error: Error | null, result: { current: number; ttl: number }) => void): void {
    const now = performance.now();
    let count = this.#counts.get(key);
    if (count === undefined || now - count.since >= MINUTE_MS) {
      count = { current: 0, since: now };
      this.#counts.set(key, count);
    }
    count.current += 1;
    callback(null, { current: count.current, ttl: Math.ceil(count.since + MINUTE_MS - now) });
  }

  child(): MinuteCounts {
    return this;
  }
}

/** Too many requests in this minute; Retry-After tells when to ask again. */
class RateLimitedError extends Error {
  override readonly name = "RateLimitedError";
  readonly statusCode = 429;

  constructor(limit: number, seconds: number) {
    super(`More than ${limit} requests of this kind in a minute; please ask again in ${seconds} s`);
  }
}

function classOf({ routeOptions: { config } }: FastifyRequest): RateClass {
  if (config.rate !== undefined) return config.rate;
  return config.access === "operate" || config.access === "account" ? "commands" : "reads";
}

/** Users are counted wherever they are; anybody else by address. */
function clientOf({ principal, ip }: FastifyRequest): string {
  return principal?.kind === "token" ? `user ${principal.user}` : `address ${networkOf(ip)}`;
}

/** An IPv6 subscriber has a whole network of 64 bits: its addresses count as one. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes(".")) return address;
  const [head = "", tail] = address.split("%")[0]?.split("::") ?? [];
  const first = head === "" ? [] : head.split(":");
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array.from({ length: Math.max(0, missing) }, () => "0"), ...last];
  return `${groups.slice(0, 4).join(":")}::/64`;
}
