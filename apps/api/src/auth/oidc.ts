import { asGroups, asUsername, isCredential, type LoginOutcome, ProviderError } from "./login-outcome.js";
import { describeProvider, exchangeForVerifiedTokens, type ProviderKnowledge } from "./oidc-client.js";
import { fetchFromProvider, type ProviderCall, readJsonObject } from "./provider-fetch.js";
import { parseServiceUrl } from "./service-urls.js";

/** How users are known at an OpenID Connect provider. */
export interface OidcSettings {
  clientId: string;
  clientSecret: string;
  /** Who may issue id_tokens, and where to find out about that. */
  trust: OidcTrust;
  usernameSource: "id_token" | "userinfo";
  usernameClaim: string;
  groupsClaim: string;
  /** Only their members are let in; anybody where empty. */
  allowedGroups: readonly string[];
}

/**
 * `issuer`: id_tokens are verified; addresses that are null are those that the issuer publishes.
 * `userinfo-only`: nothing could verify an id_token, so none is looked at; what counts is the user information.
 */
export type OidcTrust =
  | { kind: "issuer"; issuer: string; tokenUrl: string | null; userinfoUrl: string | null; jwksUrl: string | null }
  | { kind: "userinfo-only"; tokenUrl: string; userinfoUrl: string };

/** A provider, and what was learnt of it at earlier logins. */
export interface OidcProvider {
  settings: OidcSettings;
  known: ProviderKnowledge;
}

export const openidProvider = (settings: OidcSettings): OidcProvider => ({
  settings,
  known: { metadata: null, keys: null },
});

const PROVIDER = "The OpenID Connect provider";
const NOT_VERIFIED = "Can't verify user";
const NOT_FOUND = "Couldn't find user on OpenID Connect provider";
const NOT_A_MEMBER = "User is not member of an allowed group";

/** A code as the provider gave it to the GUI, and the address that it gave it to, if the GUI says so. */
export interface AuthorizationCode {
  code: string;
  redirectUri: string | null;
}

/**
 * Who a code stands for. Where an issuer is configured, the id_token's signature, issuer, audience and times are verified,
 * also when the name comes from the user information, which must then be of the same subject.
 *
 * differs: the reference believes any id_token.
 * @throws ProviderError
 */
export async function loginWithOidc(
  provider: OidcProvider,
  granted: AuthorizationCode,
  signal: AbortSignal,
): Promise<LoginOutcome> {
  const call = { provider: PROVIDER, signal };
  if (!isCredential(granted.code)) return { refused: NOT_VERIFIED, reason: "the code cannot be one" };
  if (granted.redirectUri !== null && parseServiceUrl(granted.redirectUri) === null)
    return { refused: NOT_VERIFIED, reason: "the redirect_uri cannot be one" };
  const { settings } = provider;
  const claims =
    settings.trust.kind === "issuer"
      ? await claimsOfIssuer(provider, settings.trust, granted, call)
      : await claimsOfUserinfo(settings, settings.trust, granted, call);
  return "reason" in claims ? { refused: NOT_VERIFIED, reason: claims.reason } : identify(settings, claims);
}

interface Claims {
  /** Where the name is looked for. */
  named: Record<string, unknown>;
  /** Those of the verified id_token. */
  verified: Record<string, unknown>;
}
/** Why there are none. */
interface NoClaims {
  reason: string;
}

function identify(
  { usernameClaim, groupsClaim, allowedGroups }: OidcSettings,
  { named, verified }: Claims,
): LoginOutcome {
  const user = asUsername(named[usernameClaim]);
  if (user === null) return { refused: NOT_FOUND, reason: `the claim ${usernameClaim} holds no usable name` };
  const groups = asGroups(named[groupsClaim] ?? verified[groupsClaim]);
  if (allowedGroups.length > 0 && !groups.some((group) => allowedGroups.includes(group)))
    return { refused: NOT_A_MEMBER, reason: `${user} is in none of the allowed groups` };
  return { identity: { user, groups } };
}

async function claimsOfIssuer(
  { settings, known }: OidcProvider,
  trust: Extract<OidcTrust, { kind: "issuer" }>,
  granted: AuthorizationCode,
  call: ProviderCall,
): Promise<Claims | NoClaims> {
  known.metadata ??= await describeProvider(settings, trust, call);
  const { metadata } = known;
  const tokens = await exchangeForVerifiedTokens({ settings, trust, metadata, known }, granted, call);
  if ("reason" in tokens) return tokens;
  const { verified, accessToken } = tokens;
  if (settings.usernameSource === "id_token") return { named: verified, verified };

  if (metadata.userinfo_endpoint === undefined)
    throw new ProviderError(`${PROVIDER} names no address for user information; set OIDC_USERINFO_URL`);
  const named = await askUserinfo(metadata.userinfo_endpoint, accessToken, call);
  if (named === null) return { reason: "the provider refuses the user information" };
  return named.sub === verified.sub ? { named, verified } : { reason: "the user information is of somebody else" };
}

/** As the reference does it, but for the id_token, which is not looked at. */
async function claimsOfUserinfo(
  { clientId, clientSecret }: OidcSettings,
  { tokenUrl, userinfoUrl }: Extract<OidcTrust, { kind: "userinfo-only" }>,
  { code, redirectUri }: AuthorizationCode,
  call: ProviderCall,
): Promise<Claims | NoClaims> {
  const response = await fetchFromProvider(call, tokenUrl, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      client_secret: clientSecret,
      code,
      ...(redirectUri === null ? {} : { redirect_uri: redirectUri }),
    }),
  });
  if (![200, 400, 401].includes(response.status)) throw misbehaved(`status ${response.status}`);
  const { access_token: accessToken, error } = await readJsonObject(response, PROVIDER);
  if (error === "invalid_client" || error === "unauthorized_client")
    throw new ProviderError(`${PROVIDER} does not accept this API's credentials`);
  if (typeof accessToken !== "string" || !isCredential(accessToken))
    return { reason: "the provider does not accept the code" };
  const named = await askUserinfo(userinfoUrl, accessToken, call);
  return named === null ? { reason: "the provider refuses the user information" } : { named, verified: {} };
}

/** Null where the provider refuses it. */
async function askUserinfo(
  url: string,
  accessToken: string,
  call: ProviderCall,
): Promise<Record<string, unknown> | null> {
  const headers = { Accept: "application/json", Authorization: `Bearer ${accessToken}` };
  const response = await fetchFromProvider(call, url, { headers });
  if (response.status === 401 || response.status === 403) return null;
  if (response.status !== 200) throw misbehaved(`status ${response.status}`);
  return readJsonObject(response, PROVIDER);
}

const misbehaved = (reason: string) =>
  new ProviderError(`${PROVIDER} gave an answer that makes no sense`, { cause: new Error(reason) });
