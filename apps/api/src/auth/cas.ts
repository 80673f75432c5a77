import { parseCasResponse } from "./cas-response.js";
import { asGroups, asUsername, isCredential, type LoginOutcome, ProviderError } from "./login-outcome.js";
import { fetchFromProvider } from "./provider-fetch.js";

/** A CAS server. */
export interface CasSettings {
  loginUrl: string;
  /** `serviceValidate`, or `p3/serviceValidate`, which tells attributes too. */
  validateUrl: string;
  /** The attribute that holds the user's groups; null for none. */
  groupsAttribute: string | null;
}

const PROVIDER = "The CAS server";

/** Where the server asks for name and password, to come back to `service` with a ticket. */
export function casLoginUrl({ loginUrl }: CasSettings, service: string): string {
  const url = new URL(loginUrl);
  url.searchParams.set("service", service);
  return url.href;
}

/**
 * Who a ticket stands for. The server accepts each once, for the service it was given to, which the caller has checked
 * against the list of allowed ones.
 * @param refusal what somebody is told who is not let in
 * @throws ProviderError
 */
export async function validateTicket(
  { validateUrl, groupsAttribute }: CasSettings,
  { service, ticket }: { service: string; ticket: string },
  refusal: string,
  signal: AbortSignal,
): Promise<LoginOutcome> {
  const refused = (reason: string) => ({ refused: refusal, reason });
  if (!isCredential(ticket)) return refused("the ticket cannot be one");
  const url = new URL(validateUrl);
  url.searchParams.set("service", service);
  url.searchParams.set("ticket", ticket);
  const response = await fetchFromProvider({ provider: PROVIDER, signal }, url, {
    headers: { Accept: "application/xml, text/xml" },
  });
  if (response.status !== 200) throw misbehaved(`status ${response.status}`);

  const answer = parseCasResponse(await response.text());
  if ("malformed" in answer) throw misbehaved(answer.malformed);
  if ("failure" in answer) {
    if (answer.failure === "INTERNAL_ERROR") throw misbehaved(answer.failure);
    return refused(`the CAS server says ${answer.failure}`);
  }
  const user = asUsername(answer.user);
  if (user === null) return refused("the user's name has characters that names here do not have");
  return { identity: { user, groups: groupsAttribute === null ? [] : asGroups(answer.attributes[groupsAttribute]) } };
}

const misbehaved = (reason: string) =>
  new ProviderError(`${PROVIDER} gave an answer that makes no sense`, { cause: new Error(reason) });
