import type { Identification } from "./access.js";

/**
 * How far the clock of another server may be ahead of ours, in seconds, before a token that it issued counts as one from
 * the future. Expiry knows no tolerance. differs: the reference has none for either.
 */
export const CLOCK_TOLERANCE_SECONDS = 10;

/** Signs and opens; the key and the algorithm are its own. */
export interface TokenSigner {
  sign(claims: Record<string, unknown>): string;
  /** The claims of a token that was signed with our key and algorithm, unchecked otherwise; null for any other text. */
  open(token: string): Record<string, unknown> | null;
}

export interface Tokens {
  /**
   * A token for a user who proved the name, without the word `Bearer`.
   * @param groups as in `Principal`
   * @param provider who vouched for the name
   */
  issueToken(user: string, now: Date, groups?: readonly string[], provider?: string): string;
  /** Who holds the token, which may also be one of the reference implementation with the same key. */
  verifyToken(token: string, now: Date): Identification;
}

/** @param lifetimeSeconds of issued tokens */
export function createTokens(signer: TokenSigner, lifetimeSeconds: number): Tokens {
  return {
    issueToken: (user, now, groups = [], provider) => {
      const iat = Math.floor(now.getTime() / 1000);
      const claims = { user_id: user, sub: user, iat, exp: iat + lifetimeSeconds };
      return signer.sign({
        ...claims,
        ...(groups.length === 0 ? {} : { groups }),
        ...(provider === undefined ? {} : { idp: provider }),
      });
    },
    verifyToken: (token, now) => {
      const claims = signer.open(token);
      return claims === null ? UNAUTHORIZED : identify(claims, now.getTime() / 1000);
    },
  };
}

const UNAUTHORIZED: Identification = { refusal: "Unauthorized" };

/** Checks in the order of PyJWT, so that the reasons are the same. */
function identify(claims: Record<string, unknown>, nowSeconds: number): Identification {
  const { user_id: user, iat, nbf, exp, groups, idp } = claims;
  if ([iat, nbf, exp].some((time) => time !== undefined && !Number.isFinite(time))) return UNAUTHORIZED;
  const latest = nowSeconds + CLOCK_TOLERANCE_SECONDS;
  if (Number(iat ?? 0) > latest || Number(nbf ?? 0) > latest) return UNAUTHORIZED;
  if (exp !== undefined && Math.floor(Number(exp)) <= nowSeconds) return { refusal: "Expired token" };
  if (typeof user !== "string" || user.trim() === "") return UNAUTHORIZED;
  const named = Array.isArray(groups) ? groups.filter((group) => typeof group === "string") : [];
  return { principal: { user, kind: "token", groups: named, provider: typeof idp === "string" ? idp : null } };
}
