import { Reference, VerifiedTokenV4, type VerifiedTokenV4Body } from "@autosubmit-api/shared-types";
import type { RouteApp } from "../route-app.js";

/** Whose token it is. Status 401 is what GUIs go to their login page on; with any 2xx they never would (GUI contract §1.8). */
export function verifyTokenRoutes(app: RouteApp): void {
  app.get(
    "/v4/auth/verify-token",
    {
      config: { access: "public" },
      schema: {
        tags: ["v4"],
        summary: "Whether the token is good, and whose it is",
        response: { 200: Reference(VerifiedTokenV4, "It is good"), 401: Reference(VerifiedTokenV4, "It is not") },
      },
    },
    async ({ principal }, reply): Promise<VerifiedTokenV4Body> => {
      reply.code(principal === null ? 401 : 200).header("Cache-Control", "no-store");
      return { authenticated: principal !== null, user: principal?.user ?? null };
    },
  );
}
