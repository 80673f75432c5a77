import { JsonObject } from "@autosubmit-api/shared-types";
import { Type } from "typebox";
import { IMPLEMENTATION, IMPLEMENTATION_VERSION, REFERENCE_VERSION } from "../version.js";
import type { RouteApp } from "./route-app.js";

interface IndexedRoute {
  path: string;
  methods: string[];
}

/** `GET /`, `GET /v4` and the API's own description. Registered before all other routes, to hear of them. */
export function metaRoutes(app: RouteApp, { rootPath }: { rootPath: string }): void {
  const routes = collectRoutes(app, "/v4", rootPath);

  app.get(
    "/",
    {
      config: { access: "public", rateLimit: false },
      schema: { tags: ["meta"], summary: "What this is", response: { 200: Type.Ref("Home") } },
    },
    async () => ({
      name: "Autosubmit API",
      version: REFERENCE_VERSION,
      implementation: IMPLEMENTATION,
      implementation_version: IMPLEMENTATION_VERSION,
    }),
  );

  app.get(
    "/v4",
    {
      config: { access: "public" },
      schema: { tags: ["v4"], summary: "The routes of this version", response: { 200: Type.Ref("RouteIndex") } },
    },
    async () => ({ routes: [...routes.values()] }),
  );

  app.get(
    "/openapi.json",
    {
      config: { access: "public" },
      schema: { tags: ["meta"], summary: "This description", response: { 200: JsonObject } },
    },
    async () => app.swagger(),
  );
}

/** The routes at and below `prefix`, gathered as they are registered; without HEAD and OPTIONS, which all have. */
function collectRoutes(app: RouteApp, prefix: string, rootPath: string): ReadonlyMap<string, IndexedRoute> {
  const routes = new Map<string, IndexedRoute>();
  app.addHook("onRoute", ({ url, method }) => {
    if (url !== prefix && !url.startsWith(`${prefix}/`)) return;
    const methods = [method].flat().filter((name) => name !== "HEAD" && name !== "OPTIONS");
    if (methods.length === 0) return;
    const path = rootPath + url.replace(/:([A-Za-z_]+)/g, "{$1}");
    const known = routes.get(path);
    if (known) known.methods.push(...methods);
    else routes.set(path, { path, methods });
  });
  return routes;
}
