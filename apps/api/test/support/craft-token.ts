import { createHmac } from "node:crypto";

export const KEY = "a key of the tests, long enough for HMAC-SHA256";

const DIGESTS: Record<string, string> = { HS256: "sha256", HS384: "sha384", HS512: "sha512" };

/** A token put together by hand, as PyJWT writes one. */
export function craftToken(
  claims: Record<string, unknown>,
  { alg = "HS256", key = KEY, header = {} }: { alg?: string; key?: string; header?: Record<string, unknown> } = {},
): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg, typ: "JWT", ...header })}.${part(claims)}`;
  const digest = DIGESTS[alg];
  const signature = digest === undefined ? "" : createHmac(digest, key).update(signed).digest("base64url");
  return `${signed}.${signature}`;
}

/** What the reference implementation puts into its tokens, valid at `now`. */
export function claimsOf(user: string, now: Date, more: Record<string, unknown> = {}): Record<string, unknown> {
  const iat = Math.floor(now.getTime() / 1000);
  return { user_id: user, sub: user, iat, exp: iat + 420_000, ...more };
}
