/**
 * What lets its holder in: a token as a login answers with it, with or without `Bearer`, or how to get the present one; null
 * for nobody. Asked for before every request.
 */
export type Token = string | null | (() => string | null | Promise<string | null>);

/** The Authorization header of a token; null without one. */
export async function authorizationOf(token: Token | undefined): Promise<string | null> {
  const text = typeof token === "function" ? await token() : (token ?? null);
  if (text === null || text === "") return null;
  return /^bearer /i.test(text) ? text : `Bearer ${text}`;
}
