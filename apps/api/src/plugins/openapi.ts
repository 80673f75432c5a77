import fastifySwagger from "@fastify/swagger";
import fastifySwaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance, FastifySchema } from "fastify";
import { REFERENCE_VERSION } from "../version.js";

/** The API's description at `/openapi.json`, and pages to try it out at `/docs`, served from here. */
export async function registerOpenapi(app: FastifyInstance, rootPath: string): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Autosubmit API",
        version: REFERENCE_VERSION,
        description: "Experiments of the Autosubmit workflow manager: their jobs, runs, configuration and metrics.",
        license: { name: "GPL-3.0-or-later", url: "https://www.gnu.org/licenses/gpl-3.0.html" },
      },
      ...(rootPath === "" ? {} : { servers: [{ url: rootPath }] }),
      tags: [
        { name: "v4", description: "Proper statuses; errors are {error: true, error_message}." },
        { name: "v3", description: "Errors have status 200 and {error: true, error_message} beside the usual fields." },
        { name: "meta", description: "About this API." },
      ],
    },
    transform: ({ schema, url }) => ({ schema: withOptionalDefaults(schema), url }),
    refResolver: { buildLocalReference: (json, _base, _fragment, index) => String(json.$id ?? `schema-${index}`) },
  });
  await app.register(fastifySwaggerUi, {
    routePrefix: "/docs",
    indexPrefix: rootPath,
    // Pages, styles and scripts from here only. Not upgraded to TLS: many sites serve this inside, without.
    staticCSP: true,
    transformStaticCSP: (policy) =>
      policy.replace(" upgrade-insecure-requests;", "").replace(" validator.swagger.io", ""),
    uiConfig: { docExpansion: "list", deepLinking: true, tryItOutEnabled: true },
  });
}

/** TypeBox requires properties that have a default, since they are always there in the end; clients may leave them out. */
function withOptionalDefaults(schema: FastifySchema): FastifySchema {
  const { querystring } = schema as { querystring?: QuerySchema };
  if (querystring?.required === undefined) return schema;
  const { properties = {}, required } = querystring;
  const needed = required.filter((name) => properties[name]?.default === undefined);
  return { ...schema, querystring: { ...querystring, required: needed } };
}

interface QuerySchema {
  properties?: Record<string, { default?: unknown }>;
  required?: string[];
}
