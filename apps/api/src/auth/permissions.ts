import { ForbiddenError, UnauthorizedError } from "./errors.js";
import { ANONYMOUS, type Principal, type Role } from "./principal.js";
import { includesRole, linuxNameOf, type RoleRules, roleOf } from "./roles.js";

/** A request as far as permissions look at it. */
export interface PermissionRequest {
  readonly principal: Principal | null;
}

export interface Permissions {
  /** The role that the principal has everywhere; owners of experiments may do more there. */
  roleOf(principal: Principal): Role;
  /**
   * Who asks, if that one may run commands on the experiment, or for null create one. The experiment's owner is asked of
   * its folder.
   * @throws UnauthorizedError, ForbiddenError
   * @throws AutosubmitReadError when the experiment's folder is not there or cannot be looked at
   */
  requireOperator(request: PermissionRequest, expid: string | null): Promise<Principal>;
  /**
   * Whether the principal, who may run commands on the experiment, may have them run as that account of another machine: as
   * the own one, as the experiment's owner, or, for administrators, services and where anybody may run commands, as any.
   */
  mayActAs(principal: Principal, account: string, expid: string | null): Promise<boolean>;
  /** @throws UnauthorizedError, ForbiddenError */
  requireAdmin(request: PermissionRequest): Principal;
}

export interface PermissionSettings {
  rules: RoleRules;
  /** Whether anybody may run commands. */
  anonymousCommands: boolean;
  /** The login name of the user whom the experiment's folder belongs to; null when the machine knows none. */
  ownerOf(expid: string): Promise<string | null>;
}

export function createPermissions({ rules, anonymousCommands, ownerOf }: PermissionSettings): Permissions {
  async function owns(principal: Principal, expid: string): Promise<boolean> {
    if (!rules.ownersOperate) return false;
    const name = linuxNameOf(principal, rules);
    return name !== null && (await ownerOf(expid)) === name;
  }
  async function mayOperate(principal: Principal, expid: string | null): Promise<boolean> {
    const role = roleOf(principal, rules);
    if (anonymousCommands || includesRole(role, "operator")) return true;
    return expid === null ? includesRole(role, rules.createRole) : owns(principal, expid);
  }
  return {
    roleOf: (principal) => roleOf(principal, rules),
    requireOperator: async ({ principal }, expid) => {
      const known = principal ?? (anonymousCommands ? ANONYMOUS : null);
      if (known === null) throw new UnauthorizedError();
      if (await mayOperate(known, expid)) return known;
      throw new ForbiddenError(
        expid === null
          ? `${known.user} may not create experiments`
          : `${known.user} may not run commands on ${expid}: only its owner and operators may`,
      );
    },
    mayActAs: async (principal, account, expid) => {
      if (anonymousCommands || principal.kind === "service" || roleOf(principal, rules) === "admin") return true;
      return account === linuxNameOf(principal, rules) || (expid !== null && account === (await ownerOf(expid)));
    },
    requireAdmin: ({ principal }) => {
      if (principal === null) throw new UnauthorizedError();
      if (includesRole(roleOf(principal, rules), "admin")) return principal;
      throw new ForbiddenError("Only administrators may do that");
    },
  };
}
