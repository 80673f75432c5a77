import { Reference, TokenTestV3, type TokenTestV3Body } from "@autosubmit-api/shared-types";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { RouteApp } from "../route-app.js";

/** Whether the token of a request is good; with its status, too. */
export function tokenTestRoutes(app: RouteApp): void {
  const schema = {
    tags: ["v3"],
    summary: "Whether the token is good",
    response: { 200: Reference(TokenTestV3, "It is"), 401: Reference(TokenTestV3, "It is not") },
  };
  app.get("/v3/tokentest", { config: { access: "public" }, schema }, answerTokenTest);
  app.post("/v3/tokentest", { config: { access: "public" }, schema }, answerTokenTest);
}

async function answerTokenTest({ principal }: FastifyRequest, reply: FastifyReply): Promise<TokenTestV3Body> {
  reply.code(principal === null ? 401 : 200).header("Cache-Control", "no-store");
  return principal === null ? { isValid: false, message: "Unauthorized" } : { isValid: true, message: null };
}
