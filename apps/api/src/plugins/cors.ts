import fastifyCors from "@fastify/cors";
import type { FastifyInstance } from "fastify";
import type { Config } from "../config/config.js";

/**
 * Lets a GUI of another origin call this API (GUI contract §0.3). Registered before anything that can refuse a request, so
 * that errors carry the headers too; preflights are answered here and never reach protection.
 */
export async function registerCors(app: FastifyInstance, { corsOrigins }: Pick<Config, "corsOrigins">): Promise<void> {
  await app.register(fastifyCors, {
    // Echoed rather than `*`, as the reference does for requests with credentials, which `*` would not allow.
    origin: corsOrigins === "*" ? true : [...corsOrigins],
    credentials: true,
    methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    // No `allowedHeaders`: whatever the preflight asks for is allowed by name; `*` would not cover Authorization.
    exposedHeaders: ["ETag", "Retry-After", "X-Request-Id"],
    maxAge: 600,
    strictPreflight: false,
  });
}
