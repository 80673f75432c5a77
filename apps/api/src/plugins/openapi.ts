import fastifySwagger from "@fastify/swagger";
import fastifySwaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance, FastifySchema, RouteOptions } from "fastify";
import { completeDocument, type RouteMarks } from "../openapi/complete-document.js";
import type { OpenApiDocument } from "../openapi/document.js";
import { REFERENCE_VERSION } from "../version.js";

/** The API's description at `/openapi.json`, and pages to try it out at `/docs`, served from here. */
export async function registerOpenapi(app: FastifyInstance, rootPath: string): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Autosubmit API",
        version: REFERENCE_VERSION,
        description: DESCRIPTION,
        license: { name: "GPL-3.0-or-later", url: "https://www.gnu.org/licenses/gpl-3.0.html" },
      },
      ...(rootPath === "" ? {} : { servers: [{ url: rootPath }] }),
      tags: [
        { name: "v4", description: "Proper statuses; errors are {error: true, error_message}." },
        { name: "v3", description: "Errors have status 200 and {error: true, error_message} beside the usual fields." },
        { name: "v4alpha", description: "Commands of the reference implementation's first form." },
        { name: "meta", description: "About this API." },
      ],
    },
    transform: ({ schema, url, route }) => ({ schema: { ...withOptionalDefaults(schema), ...marksOf(route) }, url }),
    // The library types what it makes more loosely than what it makes is.
    transformObject: (made) =>
      completeDocument(("openapiObject" in made ? made.openapiObject : {}) as OpenApiDocument) as object,
    refResolver: { buildLocalReference: (json, _base, _fragment, index) => String(json.$id ?? `schema-${index}`) },
  });
  await app.register(fastifySwaggerUi, {
    routePrefix: "/docs",
    indexPrefix: rootPath,
    // Pages, styles and scripts from here only. Not upgraded to TLS: many sites serve this inside, without.
    staticCSP: true,
    transformStaticCSP: (policy) =>
      policy
        .replace(" upgrade-insecure-requests;", "")
        .replace(" validator.swagger.io", "")
        .replace("style-src 'self' https:", `style-src 'self' https: ${SCRIPTED_STYLE}`),
    uiConfig: { docExpansion: "list", deepLinking: true, tryItOutEnabled: true },
  });
}

/** The one style sheet that the page's script inserts. */
const SCRIPTED_STYLE = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";

const DESCRIPTION = `Experiments of the Autosubmit workflow manager: their jobs, runs, configuration and metrics.

What can be read with GET answers HEAD too, without a body. Every answer has an X-Request-Id, which is in the log as well. What is no
HTTP, or comes too slowly, is answered before any route with 400, 408 or 431.`;

/** What the document tells of a route beside its schemas. */
function marksOf({ config }: RouteOptions): RouteMarks {
  return {
    "x-access": config?.access ?? "public",
    "x-limited": config?.rateLimit !== false,
    "x-tickets": config?.admitsTickets === true,
  };
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
