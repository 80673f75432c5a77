import fastifyCors from "@fastify/cors";
import type { FastifyInstance } from "fastify";
import type { Config } from "../config/config.js";

/**
 * Lets a GUI of another origin call this API (GUI contract §0.3). Registered before anything that can refuse a request, so
 * that errors carry the headers too; preflights are answered here and never reach protection.
 */
export async function registerCors(app: FastifyInstance, { corsOrigins }: Pick<Config, "corsOrigins">): Promise<void> {
  await app.register(fastifyCors, {
    // differs: the reference lets pages of any origin send cookies and read what they open. Tokens travel in a header of
    // their own, so only a proxy in front could have cookies: then its site lists the origins that it trusts.
    origin: corsOrigins === "*" ? "*" : [...corsOrigins],
    credentials: corsOrigins !== "*",
    methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    // No `allowedHeaders`: whatever the preflight asks for is allowed by name; `*` would not cover Authorization.
    exposedHeaders: [
      ...["Content-Disposition", "ETag", "Retry-After", "X-Request-Id"],
      ...["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"],
    ],
    maxAge: 600,
    strictPreflight: false,
  });
}
