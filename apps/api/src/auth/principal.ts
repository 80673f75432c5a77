/** What somebody may do, each including the ones before: see everything, run commands, look after the API. */
export type Role = "viewer" | "operator" | "admin";

/** Who asks, as far as a token proves it. */
export interface Principal {
  /** The name that the user logged in with. */
  user: string;
  /**
   * `token`: a user who logged in. `service`: whoever holds the secret token. `anonymous`: nobody is known, and the
   * configuration lets anybody run commands.
   */
  kind: "token" | "service" | "anonymous";
  /** Groups that the identity provider told: as it names them, or `github:ORGANISATION/TEAM`. */
  groups: readonly string[];
  /** Who vouched for the name: `cas`, `oidc` or `github`; null for tokens of other servers, which do not tell. */
  provider: string | null;
}

/** The name that the reference implementation gives to whoever holds the secret token. */
export const SERVICE_USER = "User";

export const ANONYMOUS: Principal = { user: "anonymous", kind: "anonymous", groups: [], provider: null };
