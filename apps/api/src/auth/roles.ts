import { type SettingsFile, type SettingsSection, settingsSection } from "@autosubmit-api/settings";
import type { Principal, Role } from "./principal.js";

const ROLES = ["viewer", "operator", "admin"] as const;
const PROVIDERS = ["cas", "oidc", "github"] as const;

const KEYS = [
  // Of everybody who logged in.
  "DEFAULT_ROLE",
  // Of whoever holds AS_API_SECRET_TOKEN.
  "SERVICE_ROLE",
  // The least role that may create experiments.
  "CREATE_ROLE",
  // Whether owners may run commands on their own experiments.
  "OWNERS_OPERATE",
  // Identity providers whose user names are those of the machines that Autosubmit runs on.
  "LINUX_NAMES_FROM",
  "USERS",
  "GROUPS",
];

/** What is said of one user; null where nothing is. */
interface UserRule {
  role: Role | null;
  /** The login name on the machines that Autosubmit runs on, where it is not the one of the API's login. */
  linuxName: string | null;
}

/** What the configuration says about who may do what. */
export interface RoleRules {
  defaultRole: Role;
  serviceRole: Role;
  createRole: Role;
  ownersOperate: boolean;
  linuxNamesFrom: readonly string[];
  users: ReadonlyMap<string, UserRule>;
  groups: ReadonlyMap<string, Role>;
}

/** The section `ACCESS` of the settings file. @throws ConfigurationError that names the file and the key */
export function readRoleRules(file: SettingsFile): RoleRules {
  const access = settingsSection(file, "ACCESS");
  access.allow(KEYS);
  const users = access.section("USERS");
  return {
    defaultRole: access.word("DEFAULT_ROLE", ROLES) ?? "viewer",
    serviceRole: access.word("SERVICE_ROLE", ROLES) ?? "operator",
    createRole: access.word("CREATE_ROLE", ROLES) ?? "viewer",
    ownersOperate: access.boolean("OWNERS_OPERATE") ?? true,
    // Anybody may choose a name on GitHub, also that of somebody else's account at the site.
    linuxNamesFrom: access.words("LINUX_NAMES_FROM", PROVIDERS) ?? ["cas", "oidc"],
    users: new Map(users.names().map((name) => [name, readUserRule(users, name)])),
    groups: readGroups(access.section("GROUPS")),
  };
}

/** A role, or a mapping of what there is to say. */
function readUserRule(users: SettingsSection, name: string): UserRule {
  if (typeof users.value(name) === "string") return { role: users.word(name, ROLES), linuxName: null };
  const rule = users.section(name);
  rule.allow(["ROLE", "LINUX_NAME"]);
  const linuxName = rule.converted("LINUX_NAME", "a login name", (value) =>
    typeof value === "string" && /^[a-z_][a-z0-9_.-]*$/.test(value) ? value : undefined,
  );
  return { role: rule.word("ROLE", ROLES), linuxName };
}

function readGroups(groups: SettingsSection): Map<string, Role> {
  const roles = new Map<string, Role>();
  for (const name of groups.names()) {
    const role = groups.word(name, ROLES);
    if (role !== null) roles.set(name, role);
  }
  return roles;
}

const RANKS: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };

export function includesRole(role: Role, needed: Role): boolean {
  return RANKS[role] >= RANKS[needed];
}

/** The highest role that the rules give: to everybody, to the user, to any of the user's groups. */
export function roleOf(principal: Principal, rules: RoleRules): Role {
  if (principal.kind === "service") return rules.serviceRole;
  if (principal.kind === "anonymous") return "operator";
  const given = [rules.users.get(principal.user)?.role, ...principal.groups.map((group) => rules.groups.get(group))];
  return given.reduce<Role>(
    (best, role) => (role != null && includesRole(role, best) ? role : best),
    rules.defaultRole,
  );
}

/**
 * The name that the user's files belong to, to be compared with owners of experiments; null where a login does not prove
 * it. Never what users can set themselves, such as the preferred user name.
 */
export function linuxNameOf({ user, kind, provider }: Principal, rules: RoleRules): string | null {
  if (kind !== "token") return null;
  const configured = rules.users.get(user)?.linuxName ?? null;
  if (configured !== null) return configured;
  // Tokens of the reference implementation do not tell their provider: whoever shares the key with it trusts its logins.
  return provider === null || rules.linuxNamesFrom.includes(provider) ? user : null;
}
