import { type Static, Type } from "typebox";
import { readSection, type SettingsFile } from "../config/settings-file.js";
import type { Principal, Role } from "./principal.js";

const RoleName = Type.Enum(["viewer", "operator", "admin"]);

const UserRule = Type.Object(
  {
    ROLE: Type.Optional(RoleName),
    /** The login name on the machines that Autosubmit runs on, where it is not the one of the API's login. */
    LINUX_NAME: Type.Optional(Type.String({ pattern: "^[a-z_][a-z0-9_.-]*$" })),
  },
  { additionalProperties: false },
);

/** The section `ACCESS` of the settings file. */
const AccessSection = Type.Object(
  {
    /** Of everybody who logged in. */
    DEFAULT_ROLE: Type.Optional(RoleName),
    /** Of whoever holds AS_API_SECRET_TOKEN. */
    SERVICE_ROLE: Type.Optional(RoleName),
    /** The least role that may create experiments. */
    CREATE_ROLE: Type.Optional(RoleName),
    /** Whether owners may run commands on their own experiments. */
    OWNERS_OPERATE: Type.Optional(Type.Boolean()),
    /** Identity providers whose user names are those of the machines that Autosubmit runs on. */
    LINUX_NAMES_FROM: Type.Optional(Type.Array(Type.Enum(["cas", "oidc", "github"]))),
    USERS: Type.Optional(Type.Record(Type.String(), Type.Union([RoleName, UserRule]))),
    GROUPS: Type.Optional(Type.Record(Type.String(), RoleName)),
  },
  { additionalProperties: false },
);

/** What the configuration says about who may do what. */
export interface RoleRules {
  defaultRole: Role;
  serviceRole: Role;
  createRole: Role;
  ownersOperate: boolean;
  linuxNamesFrom: readonly string[];
  users: ReadonlyMap<string, Static<typeof UserRule>>;
  groups: ReadonlyMap<string, Role>;
}

/** @throws ConfigurationError that names the file and the key */
export function readRoleRules(file: SettingsFile): RoleRules {
  const section = readSection(file, "ACCESS", AccessSection) ?? {};
  const users = Object.entries(section.USERS ?? {}).map(
    ([name, rule]) => [name, typeof rule === "string" ? { ROLE: rule } : rule] as const,
  );
  return {
    defaultRole: section.DEFAULT_ROLE ?? "viewer",
    serviceRole: section.SERVICE_ROLE ?? "operator",
    createRole: section.CREATE_ROLE ?? "viewer",
    ownersOperate: section.OWNERS_OPERATE ?? true,
    // Anybody may choose a name on GitHub, also that of somebody else's account at the site.
    linuxNamesFrom: section.LINUX_NAMES_FROM ?? ["cas", "oidc"],
    users: new Map(users),
    groups: new Map(Object.entries(section.GROUPS ?? {})),
  };
}

const RANKS: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };

export function includesRole(role: Role, needed: Role): boolean {
  return RANKS[role] >= RANKS[needed];
}

/** The highest role that the rules give: to everybody, to the user, to any of the user's groups. */
export function roleOf(principal: Principal, rules: RoleRules): Role {
  if (principal.kind === "service") return rules.serviceRole;
  if (principal.kind === "anonymous") return "operator";
  const given = [rules.users.get(principal.user)?.ROLE, ...principal.groups.map((group) => rules.groups.get(group))];
  return given.reduce<Role>(
    (best, role) => (role !== undefined && includesRole(role, best) ? role : best),
    rules.defaultRole,
  );
}

/**
 * The name that the user's files belong to, to be compared with owners of experiments; null where a login does not prove
 * it. Never what users can set themselves, such as the preferred user name.
 */
export function linuxNameOf({ user, kind, provider }: Principal, rules: RoleRules): string | null {
  if (kind !== "token") return null;
  const configured = rules.users.get(user)?.LINUX_NAME;
  if (configured !== undefined) return configured;
  // Tokens of the reference implementation do not tell their provider: whoever shares the key with it trusts its logins.
  return provider === null || rules.linuxNamesFrom.includes(provider) ? user : null;
}
