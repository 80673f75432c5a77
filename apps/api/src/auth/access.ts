import type { Principal } from "./principal.js";

/**
 * Who may use a route. `public`: anybody. `read`: protected at level ALL. `account`: a user's own settings. `operate`:
 * commands on experiments. `admin`: the audit trail and the like. Roles of `operate` are checked by the route, which knows
 * the experiment; those of `admin` before it.
 */
export type Access = "public" | "read" | "account" | "operate" | "admin";

export type ProtectionLevel = "ALL" | "WRITEONLY" | "NONE";

/** What holds for everybody, from the configuration. */
export interface Protection {
  level: ProtectionLevel;
  /** Whether anybody may run commands; only at level NONE. */
  anonymousCommands: boolean;
}

/** Whether somebody of whom nothing is known may use such a route. */
export function admitsAnonymous(access: Access, { level, anonymousCommands }: Protection): boolean {
  switch (access) {
    case "public":
      return true;
    case "read":
      return level !== "ALL";
    case "operate":
      return level === "NONE" && anonymousCommands;
    case "account":
    case "admin":
      return false;
  }
}

/** Why a request has no principal, in the words of the reference implementation. */
export type Refusal = "Unauthorized" | "Expired token";

/** Who asks, or why that is not known. */
export type Identification = { principal: Principal } | { refusal: Refusal };
