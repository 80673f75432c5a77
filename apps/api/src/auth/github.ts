import { asGroups, asUsername, isCredential, type LoginOutcome, ProviderError } from "./login-outcome.js";
import { fetchFromProvider, parseJson, readJsonObject } from "./provider-fetch.js";

/** An OAuth application of GitHub or of a GitHub Enterprise server. */
export interface GithubSettings {
  clientId: string;
  clientSecret: string;
  /** Where users log in, without a slash at its end. */
  url: string;
  apiUrl: string;
  /** Only their members are let in; anybody where empty. */
  organizations: readonly string[];
  /** Only their members are let in; every member of an organization where empty. */
  teams: readonly Team[];
}

export interface Team {
  organization: string;
  /** As in GitHub's addresses. */
  slug: string;
}

const PROVIDER = "GitHub";
const NOT_FOUND = "Couldn't find user on GitHub";
const NOT_A_MEMBER = "User is not member of organization or team";

/**
 * Who a code stands for, and whether the lists of organizations and teams let them in. Groups are the teams, as
 * `github:ORGANIZATION/TEAM`, that GitHub tells us of: those of the lists, and others where the user granted `read:org`.
 * @throws ProviderError
 */
export async function loginWithGithub(
  settings: GithubSettings,
  code: string,
  signal: AbortSignal,
): Promise<LoginOutcome> {
  const accessToken = isCredential(code) ? await exchangeCode(settings, code, signal) : null;
  if (accessToken === null) return { refused: NOT_FOUND, reason: "the code is not valid" };
  const ask: Ask = (path) =>
    fetchFromProvider({ provider: PROVIDER, signal }, settings.apiUrl + path, {
      headers: { Accept: "application/vnd.github+json", Authorization: `Bearer ${accessToken}` },
    });

  const profile = await ask("/user");
  if (profile.status >= 500) throw misbehaved(profile);
  const user = profile.status === 200 ? asUsername((await readJsonObject(profile, PROVIDER)).login) : null;
  if (user === null) return { refused: NOT_FOUND, reason: `the profile has no usable name (status ${profile.status})` };

  const memberships = await findMemberships(settings, user, ask);
  if (memberships === null) return { refused: NOT_A_MEMBER, reason: `${user} is in none of the allowed lists` };
  return { identity: { user, groups: teamGroups([...(await listTeams(ask)), ...memberships]) } };
}

type Ask = (path: string) => Promise<Response>;

/** Null where the code is not valid: unknown, used or too old. */
async function exchangeCode(
  { url, clientId, clientSecret }: GithubSettings,
  code: string,
  signal: AbortSignal,
): Promise<string | null> {
  const response = await fetchFromProvider({ provider: PROVIDER, signal }, `${url}/login/oauth/access_token`, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, code }),
  });
  if (response.status !== 200) throw misbehaved(response);
  const { access_token: token, error } = await readJsonObject(response, PROVIDER);
  if (error === "incorrect_client_credentials")
    throw new ProviderError("GitHub does not accept this API's credentials");
  return typeof token === "string" && isCredential(token) ? token : null;
}

/** The allowed teams that the user is in; null where none of the lists lets them in. */
async function findMemberships(
  { organizations, teams }: GithubSettings,
  user: string,
  ask: Ask,
): Promise<Team[] | null> {
  if (teams.length > 0) {
    const found = await Promise.all(teams.map(async (team) => ((await isInTeam(team, user, ask)) ? [team] : [])));
    return found.flat().length > 0 ? found.flat() : null;
  }
  if (organizations.length === 0) return [];
  const found = await Promise.all(organizations.map((organization) => isInOrganization(organization, user, ask)));
  return found.includes(true) ? [] : null;
}

/** An invitation that was not accepted yet is no membership. */
async function isInTeam({ organization, slug }: Team, user: string, ask: Ask): Promise<boolean> {
  const [org, team, name] = [organization, slug, user].map(encodeURIComponent);
  const response = await ask(`/orgs/${org}/teams/${team}/memberships/${name}`);
  if (response.status === 200) return (await readJsonObject(response, PROVIDER)).state === "active";
  return isRefusal(response);
}

async function isInOrganization(organization: string, user: string, ask: Ask): Promise<boolean> {
  const response = await ask(`/orgs/${encodeURIComponent(organization)}/members/${encodeURIComponent(user)}`);
  return response.status === 204 || isRefusal(response);
}

/** 302 sends those who may not see the members to the public ones; 403 may also mean that we ask too often. */
function isRefusal(response: Response): false {
  const askedTooOften = response.headers.get("x-ratelimit-remaining") === "0";
  if ([302, 404].includes(response.status) || (response.status === 403 && !askedTooOften)) return false;
  throw misbehaved(response);
}

/** Without the permission `read:org` GitHub tells no teams, which is no failure: they only add roles. */
async function listTeams(ask: Ask): Promise<Team[]> {
  const response = await ask("/user/teams?per_page=100");
  const teams = response.status === 200 ? parseJson(await response.text()) : [];
  if (!Array.isArray(teams)) return [];
  return teams.flatMap((team: unknown) => {
    const { slug, organization } = (team ?? {}) as { slug?: unknown; organization?: { login?: unknown } };
    const login = organization?.login;
    return typeof slug === "string" && typeof login === "string" ? [{ organization: login, slug }] : [];
  });
}

/** Each once, spelled as where it comes first: upper and lower case are the same to GitHub. */
function teamGroups(teams: readonly Team[]): string[] {
  const groups = teams.map(({ organization, slug }) => `github:${organization}/${slug}`);
  return asGroups([...new Map(groups.toReversed().map((group) => [group.toLowerCase(), group])).values()].toReversed());
}

const misbehaved = ({ status }: Response) =>
  new ProviderError("GitHub gave an answer that makes no sense", { cause: new Error(`status ${status}`) });
