import fastifyJwt from "@fastify/jwt";
import type { FastifyInstance } from "fastify";
import { createTickets, type Tickets } from "../auth/tickets.js";
import { createTokens, type TokenSigner, type Tokens } from "../auth/tokens.js";

const ALGORITHM = "HS256";

/**
 * Login tokens signed with HMAC-SHA256, as the reference implementation signs them. The library checks form, algorithm and
 * signature; times are checked by `createTokens`, as PyJWT does.
 */
export async function registerTokens(
  app: FastifyInstance,
  { key, lifetimeSeconds }: { key: string; lifetimeSeconds: number },
): Promise<{ tokens: Tokens; tickets: Tickets }> {
  await app.register(fastifyJwt, {
    secret: key,
    sign: { algorithm: ALGORITHM },
    verify: { algorithms: [ALGORITHM], ignoreExpiration: true, ignoreNotBefore: true },
  });
  const { jwt } = app;
  const signer: TokenSigner = {
    sign: (claims) => jwt.sign(claims),
    open: (token) => {
      // The library takes that for a mistake of ours.
      if (token === "") return null;
      try {
        const claims = jwt.verify<object | string>(token);
        return typeof claims === "object" ? { ...claims } : null;
      } catch (error) {
        // Whatever is wrong with a text that somebody sent, it is no token.
        if (isTokenError(error)) return null;
        throw error;
      }
    },
  };
  return { tokens: createTokens(signer, lifetimeSeconds), tickets: createTickets(signer) };
}

function isTokenError(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^FAST_JWT_|^FST_JWT_/.test(String(error.code));
}
