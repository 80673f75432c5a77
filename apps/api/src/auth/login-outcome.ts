/** Somebody whom a login provider vouches for. */
export interface Identity {
  user: string;
  /** Groups or teams at the provider, for roles; spelled as the provider spells them. */
  groups: readonly string[];
}

/** What became of a login: who it is, or what to tell somebody who is not let in, and why for the log. */
export type LoginOutcome = { identity: Identity } | { refused: string; reason: string };

/**
 * A provider that could not be asked or answered nonsense: nobody's login is decided. The message is fit to show and names
 * the provider; the cause is for the log.
 */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
}

/** Names of accounts, mail addresses and subject identifiers; nothing that could break a log line, a path or a header. */
const USERNAME = /^[A-Za-z0-9_][A-Za-z0-9._@+|:=-]{0,127}$/;

/** The user name that a provider gave, or null where it is none that we would put into a token. */
export function asUsername(value: unknown): string | null {
  return typeof value === "string" && USERNAME.test(value) ? value : null;
}

const MOST_GROUPS = 200;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const GROUP = /^[^\x00-\x1f\x7f]{1,200}$/;

/**
 * The groups that a provider gave, as a list or a single text; anything else is no group. Tokens travel in headers, so that
 * there is a limit to how many are kept.
 */
export function asGroups(value: unknown): string[] {
  const found = (Array.isArray(value) ? value : [value]).filter(
    (group): group is string => typeof group === "string" && GROUP.test(group),
  );
  return [...new Set(found)].slice(0, MOST_GROUPS);
}

/** One-time codes and tickets: printable, without spaces. What is none need not be asked about. */
export const isCredential = (text: string) => /^[\x21-\x7e]{1,4096}$/.test(text);
