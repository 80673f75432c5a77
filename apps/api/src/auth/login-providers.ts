import { ConfigurationError, type Secrets } from "@autosubmit-api/settings";
import type { Config } from "../config/config.js";
import type { CasSettings } from "./cas.js";
import type { GithubSettings, Team } from "./github.js";
import { type OidcProvider, type OidcSettings, type OidcTrust, openidProvider } from "./oidc.js";
import { type AllowedServices, parseAllowedServices } from "./service-urls.js";

/** The ways in that a site has configured; null for those that it has not. */
export interface LoginProviders {
  cas: CasSettings | null;
  github: GithubSettings | null;
  oidc: OidcProvider | null;
  /** Where logins through CAS may be sent to. */
  services: AllowedServices;
  /** For everything that a login asks its provider, together. */
  timeoutMs: number;
  /** What in the configuration does nothing, or more than may be meant, for the log. */
  warnings: readonly string[];
}

export type LoginConfig = Pick<
  Config,
  | "allowInsecureProviders"
  | "casGroupsAttribute"
  | "casLoginUrl"
  | "casVerifyUrl"
  | "githubApiUrl"
  | "githubClientId"
  | "githubOrganizations"
  | "githubTeams"
  | "githubUrl"
  | "loginTimeoutMs"
  | "oidcAllowedGroups"
  | "oidcClientId"
  | "oidcGroupsClaim"
  | "oidcIssuer"
  | "oidcJwksUrl"
  | "oidcTokenUrl"
  | "oidcUserinfoUrl"
  | "oidcUsernameClaim"
  | "oidcUsernameSource"
>;
export type LoginSecrets = Pick<Secrets, "githubClientSecret" | "oidcClientSecret">;

/**
 * The login providers of a configuration.
 * @param allowedClients `clients.authorized` of `.autosubmitrc`
 * @throws ConfigurationError where one is configured by half, or so that what it says could not be believed
 */
export function loginProviders(
  config: LoginConfig,
  secrets: LoginSecrets,
  allowedClients: readonly string[],
): LoginProviders {
  const { services, warnings } = parseAllowedServices(allowedClients);
  const cas = casSettings(config);
  const github = githubSettings(config, secrets.githubClientSecret);
  const oidc = oidcSettings(config, secrets.oidcClientSecret);
  const anybody = github !== null && github.organizations.length === 0 && github.teams.length === 0;
  const nowhere = cas !== null && !services.anywhere && services.places.length === 0;
  return {
    cas,
    github,
    oidc: oidc && openidProvider(oidc),
    services,
    timeoutMs: config.loginTimeoutMs,
    warnings: [
      ...warnings,
      ...(nowhere ? ["CAS is configured, but clients.authorized of .autosubmitrc allows nobody to use it"] : []),
      ...(cas !== null && services.anywhere
        ? ["clients.authorized of .autosubmitrc is *: any page may log in as its visitors"]
        : []),
      ...(anybody ? ["everybody with an account at GitHub may log in: no organization or team is listed"] : []),
    ],
  };
}

function casSettings(config: LoginConfig): CasSettings | null {
  const { casLoginUrl: loginUrl, casVerifyUrl: validateUrl } = config;
  if (loginUrl === null && validateUrl === null) return null;
  if (loginUrl === null || validateUrl === null)
    throw new ConfigurationError("CAS_LOGIN_URL and CAS_VERIFY_URL go together; CAS_SERVER_URL sets both");
  requireHttps(config, { CAS_LOGIN_URL: loginUrl, CAS_VERIFY_URL: validateUrl });
  return { loginUrl, validateUrl, groupsAttribute: config.casGroupsAttribute };
}

function githubSettings(config: LoginConfig, clientSecret: string | null): GithubSettings | null {
  const { githubClientId: clientId, githubUrl, githubOrganizations: organizations, githubTeams } = config;
  const limited = organizations.length > 0 || githubTeams.length > 0;
  if (clientId === null && clientSecret === null && !limited) return null;
  if (clientId === null || clientSecret === null)
    throw new ConfigurationError("login through GitHub needs GITHUB_OAUTH_CLIENT_ID and GITHUB_OAUTH_CLIENT_SECRET");
  const url = githubUrl.replace(/\/+$/, "");
  const ownServer = url === "https://github.com" ? "https://api.github.com" : `${url}/api/v3`;
  const apiUrl = config.githubApiUrl?.replace(/\/+$/, "") ?? ownServer;
  requireHttps(config, { AS_API_GITHUB_URL: url, AS_API_GITHUB_API_URL: apiUrl });
  return { clientId, clientSecret, url, apiUrl, organizations, teams: teamsOf(githubTeams, organizations) };
}

/** Teams belong to organizations: to the one that they are written with, or else to each of the list. */
function teamsOf(teams: readonly string[], organizations: readonly string[]): Team[] {
  return teams.flatMap((team) => {
    const [organization, slug] = team.split("/");
    if (organization !== undefined && slug !== undefined) return [{ organization, slug }];
    if (organizations.length > 0) return organizations.map((owner) => ({ organization: owner, slug: team }));
    throw new ConfigurationError(
      `GITHUB_OAUTH_WHITELIST_TEAM names ${team} without its organization; write ORGANIZATION/${team}, ` +
        "or set GITHUB_OAUTH_WHITELIST_ORGANIZATION",
    );
  });
}

function oidcSettings(config: LoginConfig, clientSecret: string | null): OidcSettings | null {
  const { oidcClientId: clientId, oidcTokenUrl, oidcIssuer, oidcAllowedGroups: allowedGroups } = config;
  const configured = [clientId, clientSecret, oidcTokenUrl, oidcIssuer].some((value) => value !== null);
  if (!configured && allowedGroups.length === 0) return null;
  if (clientId === null || clientSecret === null)
    throw new ConfigurationError("login through OpenID Connect needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET");
  return {
    clientId,
    clientSecret,
    trust: oidcTrust(config),
    usernameSource: config.oidcUsernameSource,
    usernameClaim: config.oidcUsernameClaim,
    groupsClaim: config.oidcGroupsClaim,
    allowedGroups,
  };
}

function oidcTrust(config: LoginConfig): OidcTrust {
  const { oidcIssuer: issuer, oidcTokenUrl: tokenUrl, oidcUserinfoUrl: userinfoUrl, oidcJwksUrl: jwksUrl } = config;
  requireHttps(config, {
    AS_API_OIDC_ISSUER: issuer,
    OIDC_TOKEN_URL: tokenUrl,
    OIDC_USERINFO_URL: userinfoUrl,
    AS_API_OIDC_JWKS_URL: jwksUrl,
  });
  if (issuer !== null) return { kind: "issuer", issuer, tokenUrl, userinfoUrl, jwksUrl };
  if (config.oidcUsernameSource === "userinfo" && tokenUrl !== null && userinfoUrl !== null)
    return { kind: "userinfo-only", tokenUrl, userinfoUrl };
  throw new ConfigurationError(
    "nothing could verify the id_tokens of OpenID Connect: set AS_API_OIDC_ISSUER to the provider's issuer (its " +
      "description and keys are then found by themselves), or OIDC_USERNAME_SOURCE=userinfo with OIDC_TOKEN_URL and " +
      "OIDC_USERINFO_URL",
  );
}

/** Without https anybody on the way can be anybody. This machine itself is no way. */
function requireHttps({ allowInsecureProviders }: LoginConfig, urls: Readonly<Record<string, string | null>>): void {
  if (allowInsecureProviders) return;
  for (const [variable, url] of Object.entries(urls)) {
    if (url === null || url.startsWith("https://") || isLoopback(new URL(url).hostname)) continue;
    throw new ConfigurationError(
      `${variable} must start with https://, since whoever could change what the provider says could log in as ` +
        "anybody; AS_API_LOGIN_ALLOW_HTTP=true does without, in a network that you trust",
    );
  }
}

const isLoopback = (host: string) => host === "localhost" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
