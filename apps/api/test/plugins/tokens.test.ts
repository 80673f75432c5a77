import { fastify } from "fastify";
import { beforeAll, describe, expect, test } from "vitest";
import { CLOCK_TOLERANCE_SECONDS, type Tokens } from "../../src/auth/tokens.js";
import { registerTokens } from "../../src/plugins/tokens.js";
import { claimsOf, craftToken, KEY } from "../support/craft-token.js";

const NOW = new Date("2026-07-01T09:00:00.500Z");
const SECONDS = Math.floor(NOW.getTime() / 1000);
const ANN = { principal: { user: "ann", kind: "token", groups: [], provider: null } };
const UNAUTHORIZED = { refusal: "Unauthorized" };

let tokens: Tokens;
beforeAll(async () => {
  ({ tokens } = await registerTokens(fastify(), { key: KEY, lifetimeSeconds: 432_000 }));
});

const verify = (token: string, now = NOW) => tokens.verifyToken(token, now);
const craft = (more: Record<string, unknown>) => craftToken(claimsOf("ann", NOW, more));

describe("tokens of the reference implementation", () => {
  test("are accepted", () => {
    expect(verify(craftToken(claimsOf("ann", NOW)))).toEqual(ANN);
  });

  test("need no expiry, as PyJWT needs none", () => {
    expect(verify(craftToken({ user_id: "ann" }))).toEqual(ANN);
  });
});

describe("issued tokens", () => {
  test("hold what PyJWT reads: user_id, sub, iat and exp in whole seconds, signed with HS256", () => {
    const [header = "", claims = ""] = tokens.issueToken("ann", NOW).split(".");
    const decode = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
    expect(decode(header)).toEqual({ alg: "HS256", typ: "JWT" });
    expect(decode(claims)).toEqual({ user_id: "ann", sub: "ann", iat: SECONDS, exp: SECONDS + 432_000 });
  });

  test("are byte for byte what a token put together by hand is", () => {
    const claims = { user_id: "ann", sub: "ann", iat: SECONDS, exp: SECONDS + 432_000 };
    expect(tokens.issueToken("ann", NOW)).toBe(craftToken(claims));
  });

  test("carry groups and who vouched for the name", () => {
    const token = tokens.issueToken("ann", NOW, ["github:bsc/models", "b"], "github");
    expect(verify(token)).toEqual({
      principal: { user: "ann", kind: "token", groups: ["github:bsc/models", "b"], provider: "github" },
    });
  });
});

describe("times", () => {
  test("a token is good up to the second of its expiry, without tolerance", () => {
    const token = craft({ exp: SECONDS + 1 });
    expect(verify(token)).toEqual(ANN);
    expect(verify(token, new Date(NOW.getTime() + 499))).toEqual(ANN);
    expect(verify(token, new Date(NOW.getTime() + 500))).toEqual({ refusal: "Expired token" });
  });

  test.each(["iat", "nbf"])("%s in the future is refused, but for clocks that are a little ahead", (claim) => {
    expect(verify(craft({ [claim]: SECONDS + CLOCK_TOLERANCE_SECONDS }))).toEqual(ANN);
    expect(verify(craft({ [claim]: SECONDS + CLOCK_TOLERANCE_SECONDS + 1 }))).toEqual(UNAUTHORIZED);
  });

  test("a token of the future that is also expired is unauthorized, as with PyJWT", () => {
    expect(verify(craft({ iat: SECONDS + 3_600, exp: SECONDS - 1 }))).toEqual(UNAUTHORIZED);
  });

  test.each([
    ["iat", "soon"],
    ["exp", null],
    ["nbf", [1]],
    ["exp", "99999999999"],
  ])("%s that is no number (%j) is refused", (claim, value) => {
    expect(verify(craft({ [claim]: value }))).toEqual(UNAUTHORIZED);
  });
});

describe("refused as unauthorized, whatever the reason:", () => {
  const good = craftToken(claimsOf("ann", NOW));
  const [header = "", claims = "", signature = ""] = good.split(".");
  const bytes = Buffer.from(signature, "base64url");
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  test.each([
    ["another key", craftToken(claimsOf("ann", NOW), { key: `${KEY}.` })],
    ["HS384", craftToken(claimsOf("ann", NOW), { alg: "HS384" })],
    ["HS512", craftToken(claimsOf("ann", NOW), { alg: "HS512" })],
    ["no algorithm", craftToken(claimsOf("ann", NOW), { alg: "none" })],
    ["None", craftToken(claimsOf("ann", NOW), { alg: "None" })],
    ["an algorithm of key pairs", craftToken(claimsOf("ann", NOW), { alg: "RS256" })],
    ["a header that asks for what we do not know", craftToken(claimsOf("ann", NOW), { header: { crit: ["x"], x: 1 } })],
    ["one bit of the signature", `${header}.${claims}.${bytes.toString("base64url")}`],
    ["no signature", `${header}.${claims}.`],
    ["other claims", `${header}.${Buffer.from('{"user_id":"root"}').toString("base64url")}.${signature}`],
    ["expired and signed with another key", craftToken(claimsOf("ann", NOW, { exp: 1 }), { key: "other" })],
    ["no user", craftToken({ sub: "ann" })],
    ["an empty user", craftToken({ user_id: " " })],
    ["a user that is no text", craftToken({ user_id: { name: "ann" } })],
    ["claims that are a list", craftToken([] as unknown as Record<string, unknown>)],
    ["no token", "hello"],
    ["nothing", ""],
    ["dots", ".."],
    ["JSON", "{}"],
    ["a zero byte", `${good}\0`],
    ["a megabyte", "a".repeat(1e6)],
  ])("%s", (_what, token) => {
    expect(verify(token)).toEqual(UNAUTHORIZED);
  });
});
