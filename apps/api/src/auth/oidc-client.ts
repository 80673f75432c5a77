import {
  // biome-ignore lint/suspicious/noDeprecatedImports: marked so that it is not overlooked; only for what the settings allow
  allowInsecureRequests,
  type ClientAuth,
  ClientError,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  type CustomFetchOptions,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  genericGrantRequest,
  getJwksCache,
  ResponseBodyError,
  type ServerMetadata,
  setJwksCache,
  WWWAuthenticateChallengeError,
} from "openid-client";
import { ProviderError } from "./login-outcome.js";
import type { AuthorizationCode, OidcSettings, OidcTrust } from "./oidc.js";
import { fetchFromProvider, type ProviderCall } from "./provider-fetch.js";

/** What an issuer publishes of itself. Filled at logins, so that an API can start while its provider does not answer. */
export interface ProviderKnowledge {
  metadata: ServerMetadata | null;
  /** Kept for minutes, and read again when a signature names a key that is not among them. */
  keys: ReturnType<typeof getJwksCache> | null;
}

type IssuerTrust = Extract<OidcTrust, { kind: "issuer" }>;

/** Signatures that need a public key only: with a shared secret, whoever checks could also sign. */
const SIGNATURES = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

/**
 * The issuer's addresses and algorithms: as it publishes them, unless all that is needed is configured.
 * @throws ProviderError
 */
export async function describeProvider(
  { clientId }: OidcSettings,
  trust: IssuerTrust,
  call: ProviderCall,
): Promise<ServerMetadata> {
  const { issuer, tokenUrl, userinfoUrl, jwksUrl } = trust;
  const published: ServerMetadata =
    tokenUrl !== null && jwksUrl !== null ? { issuer } : await discover(trust, clientId, call);
  const offered = published.id_token_signing_alg_values_supported ?? SIGNATURES;
  const metadata: ServerMetadata = {
    ...published,
    ...(tokenUrl === null ? {} : { token_endpoint: tokenUrl }),
    ...(userinfoUrl === null ? {} : { userinfo_endpoint: userinfoUrl }),
    ...(jwksUrl === null ? {} : { jwks_uri: jwksUrl }),
    id_token_signing_alg_values_supported: offered.filter((algorithm) => SIGNATURES.includes(algorithm)),
  };
  for (const name of ["token_endpoint", "jwks_uri", "userinfo_endpoint"] as const) {
    const url = metadata[name];
    if (url === undefined && name !== "userinfo_endpoint") throw misbehaved(call, new Error(`it publishes no ${name}`));
    if (url !== undefined && !isInsecure(trust) && !url.startsWith("https://"))
      throw misbehaved(call, new Error(`its ${name} is not https`));
  }
  return metadata;
}

/** Whether the installation has chosen to do without https, which the settings only allow where it says so. */
const isInsecure = ({ issuer, tokenUrl, jwksUrl, userinfoUrl }: IssuerTrust) =>
  [issuer, tokenUrl, jwksUrl, userinfoUrl].some((url) => url?.startsWith("http://") ?? false);

async function discover(trust: IssuerTrust, clientId: string, call: ProviderCall): Promise<ServerMetadata> {
  try {
    const found = await discovery(new URL(trust.issuer), clientId, undefined, undefined, {
      execute: isInsecure(trust) ? [allowInsecureRequests] : [],
      [customFetch]: fetchWith(call),
    });
    const metadata = found.serverMetadata();
    // The library makes exceptions for some providers whose tenants share a name.
    if (metadata.issuer !== trust.issuer)
      throw new ProviderError(`${call.provider} is not the issuer that AS_API_OIDC_ISSUER names`, {
        cause: new Error(`it calls itself ${metadata.issuer}`),
      });
    return { ...metadata };
  } catch (error) {
    throw providerErrorIn(error) ?? misbehaved(call, error);
  }
}

const fetchWith = (call: ProviderCall) => (url: string, request: CustomFetchOptions) =>
  fetchFromProvider(call, url, request as RequestInit);

/** A client as the library wants it; one for each login, so that what it asks ends with the login. */
interface ExchangeClient {
  settings: OidcSettings;
  trust: IssuerTrust;
  metadata: ServerMetadata;
  known: ProviderKnowledge;
}

/**
 * The access token for a code and the claims of the id_token, verified; or why the code or the id_token is refused.
 * @throws ProviderError
 */
export async function exchangeForVerifiedTokens(
  { settings, trust, metadata, known }: ExchangeClient,
  { code, redirectUri }: AuthorizationCode,
  call: ProviderCall,
): Promise<{ accessToken: string; verified: Record<string, unknown> } | { reason: string }> {
  const authentication = clientAuthentication(metadata, settings.clientSecret);
  const client = new Configuration(metadata, settings.clientId, undefined, authentication);
  client[customFetch] = fetchWith(call);
  if (isInsecure(trust)) allowInsecureRequests(client);
  enableNonRepudiationChecks(client);
  if (known.keys) setJwksCache(client, known.keys);
  try {
    // Not the library's own code grant: it wants the whole address that the provider redirected to, and GUIs pass on no
    // more than the code and the redirect_uri.
    const parameters = { code, ...(redirectUri === null ? {} : { redirect_uri: redirectUri }) };
    const tokens = await genericGrantRequest(client, "authorization_code", parameters);
    const verified = tokens.claims();
    return verified === undefined
      ? { reason: "the provider gave no id_token; the GUI must ask for the scope openid" }
      : { accessToken: tokens.access_token, verified: { ...verified } };
  } catch (error) {
    return { reason: reasonOfRefusal(error, call) };
  } finally {
    known.keys = getJwksCache(client) ?? known.keys;
  }
}

/** In the body, as the reference does, unless the provider only takes it in a header. */
function clientAuthentication({ token_endpoint_auth_methods_supported: methods }: ServerMetadata, secret: string) {
  const inHeader = methods?.includes("client_secret_basic") && !methods.includes("client_secret_post");
  const authentication: ClientAuth = inHeader ? ClientSecretBasic(secret) : ClientSecretPost(secret);
  return authentication;
}

const UNREADABLE = new Set(["OAUTH_RESPONSE_IS_NOT_CONFORM", "OAUTH_RESPONSE_IS_NOT_JSON", "OAUTH_PARSE_ERROR"]);

/**
 * Why the provider, or our checks of its id_token, refuse a login.
 * @throws ProviderError when it is not the user who is refused
 */
function reasonOfRefusal(error: unknown, call: ProviderCall): string {
  const told = providerErrorIn(error);
  if (told !== null) throw told;
  if (
    error instanceof WWWAuthenticateChallengeError ||
    (error instanceof ResponseBodyError && ["invalid_client", "unauthorized_client"].includes(error.error))
  )
    throw new ProviderError(`${call.provider} does not accept this API's credentials`);
  if (error instanceof ResponseBodyError) return `the provider does not accept the code (${error.error.slice(0, 40)})`;
  if (error instanceof ClientError && !UNREADABLE.has(error.code ?? "")) {
    const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
    return `the id_token is not acceptable (${error.message}${cause})`;
  }
  throw misbehaved(call, error);
}

/** The library wraps what its fetch throws. */
function providerErrorIn(error: unknown): ProviderError | null {
  if (error instanceof ProviderError) return error;
  return error instanceof Error && error.cause !== undefined ? providerErrorIn(error.cause) : null;
}

const misbehaved = ({ provider }: ProviderCall, cause: unknown) =>
  new ProviderError(`${provider} gave an answer that makes no sense`, { cause });
