import fastifyHelmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

/**
 * Headers that tell browsers to do as little as possible with an answer. GUIs of other origins read answers all the same:
 * that is up to CORS. `/docs` says for itself what its pages may do.
 */
export async function registerHeaders(app: FastifyInstance): Promise<void> {
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    crossOriginResourcePolicy: { policy: "cross-origin" },
    // Whether a host is reached by TLS only is for whoever runs it to say: the proxy that has the certificate.
    strictTransportSecurity: false,
  });
}
