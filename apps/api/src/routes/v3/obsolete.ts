import { FileStatusV3, Reference, ShutdownV3 } from "@autosubmit-api/shared-types";
import type { FastifyReply } from "fastify";
import { Type } from "typebox";
import { presentFileStatus } from "../../presenters/v3/file-status.js";
import type { RouteApp } from "../route-app.js";

const ShutdownParams = Type.Object({ route: Type.String({ examples: ["tree"] }) });

/** Questions that GUIs still ask and that have nothing to do any more. */
export function obsoleteRoutes(app: RouteApp): void {
  // GUIs call it whenever a page opens or closes; the reference restarted its own processes then.
  app.get(
    "/v3/shutdown/:route",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "Does nothing",
        params: ShutdownParams,
        response: { 200: Reference(ShutdownV3, "Nothing") },
      },
    },
    async (_request, reply: FastifyReply) => reply.type("application/json; charset=utf-8").send('""'),
  );

  app.get(
    "/v3/filestatus",
    {
      config: { access: "read" },
      schema: {
        tags: ["v3"],
        summary: "No longer supported",
        response: { 200: Reference(FileStatusV3, "That it is not") },
      },
    },
    async () => presentFileStatus(),
  );
}
