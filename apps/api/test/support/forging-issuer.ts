import { createHmac } from "node:crypto";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from "jose";
import { type HttpPeer, type PeerHandler, sendJson, startPeer } from "./http-peer.js";

/** An issuer whose id_tokens are what a test makes them; everything else of it is in order. */
export interface ForgingIssuer extends HttpPeer {
  /** The claims of a token in order, for `client`. */
  claims(): Record<string, unknown>;
  /** What the next tokens are. */
  issue(idToken: string | undefined): void;
  sign(claims: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
  signWithUnknownKey(claims: Record<string, unknown>): Promise<string>;
  /** With HMAC, by somebody who only knows the public key, in one of the forms in which it can be had. */
  signWithPublicKey(claims: Record<string, unknown>): Promise<string>;
  signWithSecret(claims: Record<string, unknown>, secret: string): string;
  userinfo: Record<string, unknown>;
  /** What it publishes of itself beyond what is needed. */
  published: Record<string, unknown>;
  /** Answers requests for this path in another way. */
  misbehave(path: string, handler: PeerHandler | null): void;
}

/** Made once: that takes a while. */
const KEYS = Promise.all([generateKeyPair("RS256", { extractable: true }), generateKeyPair("RS256")]);

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

export const unsigned = (claims: Record<string, unknown>, algorithm = "none") =>
  `${encode({ alg: algorithm, typ: "JWT" })}.${encode(claims)}.`;

function hmac(claims: Record<string, unknown>, key: string): string {
  const signed = `${encode({ alg: "HS256", typ: "JWT", kid: "own" })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
}

export async function startForgingIssuer(client: string): Promise<ForgingIssuer> {
  const [own, other] = await KEYS;
  const special = new Map<string, PeerHandler>();
  let idToken: string | undefined;
  const keys = { keys: [{ ...(await exportJWK(own.publicKey)), kid: "own", use: "sig" }] };

  const peer: HttpPeer = await startPeer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://issuer.test");
    const handler = special.get(pathname);
    if (handler !== undefined) return handler(request, response);
    const bodies: Record<string, unknown> = {
      "/.well-known/openid-configuration": {
        issuer: peer.url,
        token_endpoint: `${peer.url}/token`,
        jwks_uri: `${peer.url}/jwks`,
        userinfo_endpoint: `${peer.url}/me`,
        authorization_endpoint: `${peer.url}/auth`,
        ...issuer.published,
      },
      "/token": { access_token: "at", token_type: "Bearer", expires_in: 60, id_token: idToken },
      "/jwks": keys,
      "/me": issuer.userinfo,
    };
    const body = bodies[pathname];
    return body === undefined ? sendJson(response, 404, {}) : sendJson(response, 200, body);
  });

  const sign = (claims: Record<string, unknown>, key: Parameters<SignJWT["sign"]>[0], header = {}) =>
    new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "own", ...header }).sign(key);
  const issuer: ForgingIssuer = {
    ...peer,
    claims: () => {
      const now = Math.floor(Date.now() / 1000);
      return { iss: peer.url, aud: client, sub: "ann", iat: now, exp: now + 60 };
    },
    issue: (token) => {
      idToken = token;
    },
    sign: (claims, header) => sign(claims, own.privateKey, header),
    signWithUnknownKey: (claims) => sign(claims, other.privateKey),
    signWithPublicKey: async (claims) => hmac(claims, await exportSPKI(own.publicKey)),
    signWithSecret: hmac,
    userinfo: { sub: "ann", preferred_username: "ann-at-site" },
    published: {},
    misbehave: (path, handler) => void (handler === null ? special.delete(path) : special.set(path, handler)),
  };
  return issuer;
}
