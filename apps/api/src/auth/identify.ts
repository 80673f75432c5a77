import { createHash, timingSafeEqual } from "node:crypto";
import type { Identification } from "./access.js";
import { type Principal, SERVICE_USER } from "./principal.js";
import type { Tokens } from "./tokens.js";

const SERVICE: Principal = { user: SERVICE_USER, kind: "service", groups: [], provider: null };

/** Longer headers hold no token of ours; a megabyte of it is not worth a signature. */
const LONGEST_TOKEN = 8_192;

/** Tells who sent a request, by its Authorization header. */
export function createIdentifier(
  tokens: Tokens,
  serviceToken: string | null,
): (authorization: string | undefined, now: Date) => Identification {
  const isServiceToken = serviceToken === null ? () => false : equalTo(serviceToken);
  return (authorization, now) => {
    const [, token] = /^bearer (.+)$/i.exec(authorization ?? "") ?? [];
    if (token === undefined || token.length > LONGEST_TOKEN) return { refusal: "Unauthorized" };
    return isServiceToken(token) ? { principal: SERVICE } : tokens.verifyToken(token, now);
  };
}

/** Compares with a secret in a time that tells nothing about it, its length included. */
function equalTo(secret: string): (text: string) => boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const expected = digest(secret);
  return (text) => timingSafeEqual(digest(text), expected);
}
