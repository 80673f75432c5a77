import { ConfigurationError, parseSettingsFile } from "@autosubmit-api/settings";
import { describe, expect, test } from "vitest";
import { ForbiddenError, UnauthorizedError } from "../../src/auth/errors.js";
import { createPermissions } from "../../src/auth/permissions.js";
import type { Principal } from "../../src/auth/principal.js";
import { readRoleRules } from "../../src/auth/roles.js";

const OWNERS: Record<string, string | null> = { a000: "ann", a001: "bob", a002: null, a003: "1234" };

function permissions(settings = "", anonymousCommands = false) {
  const rules = readRoleRules(parseSettingsFile("settings.yaml", settings));
  return createPermissions({ rules, anonymousCommands, ownerOf: async (expid) => OWNERS[expid] ?? null });
}

const user = (name: string, more: Partial<Principal> = {}): Principal => ({
  user: name,
  kind: "token",
  groups: [],
  provider: "cas",
  ...more,
});
const SERVICE = user("User", { kind: "service", provider: null });

async function mayOperate(principal: Principal | null, expid: string | null, settings = "", anonymous = false) {
  return permissions(settings, anonymous)
    .requireOperator({ principal }, expid)
    .then(
      () => true,
      (error: unknown) => {
        if (error instanceof ForbiddenError || error instanceof UnauthorizedError) return error.name;
        throw error;
      },
    );
}

describe("without configuration", () => {
  test.each([
    ["an owner on an own experiment", user("ann"), "a000", true],
    ["a user on somebody else's", user("ann"), "a001", "ForbiddenError"],
    ["a user on one whose owner nobody knows", user("ann"), "a002", "ForbiddenError"],
    ["a user whose name is the number of an owner without name", user("1234"), "a002", "ForbiddenError"],
    ["a user who is called null", user("null"), "a002", "ForbiddenError"],
    ["a user who writes the name otherwise", user("Ann"), "a000", "ForbiddenError"],
    ["a user to create one", user("carl"), null, true],
    ["a service on any", SERVICE, "a001", true],
    ["nobody", null, "a000", "UnauthorizedError"],
    ["nobody to create one", null, null, "UnauthorizedError"],
    ["a name of GitHub that is also an owner's", user("ann", { provider: "github" }), "a000", "ForbiddenError"],
    ["an owner of the reference implementation's login", user("ann", { provider: null }), "a000", true],
  ])("%s", async (_who, principal, expid, expected) => {
    expect(await mayOperate(principal, expid)).toBe(expected);
  });

  test("nobody is an administrator", () => {
    for (const principal of [user("root"), user("admin"), SERVICE])
      expect(() => permissions().requireAdmin({ principal })).toThrow(ForbiddenError);
    expect(() => permissions().requireAdmin({ principal: null })).toThrow(UnauthorizedError);
  });
});

describe("roles", () => {
  const settings = `
ACCESS:
  USERS:
    olga: operator
    adam: admin
    ann@example.org: { LINUX_NAME: ann }
    gh-bob: { ROLE: viewer, LINUX_NAME: bob }
  GROUPS:
    wheel: admin
    github:bsc/models: operator`;

  test.each([
    ["an operator", user("olga"), "a001", true],
    ["an administrator", user("adam"), "a001", true],
    ["a member of a group", user("x", { groups: ["staff", "github:bsc/models"] }), "a001", true],
    ["a member of other groups", user("x", { groups: ["staff"] }), "a001", "ForbiddenError"],
    ["an owner under another name", user("ann@example.org", { provider: "oidc" }), "a000", true],
    ["an owner under another name of GitHub", user("gh-bob", { provider: "github" }), "a001", true],
    ["a user called as a group", user("wheel"), "a001", "ForbiddenError"],
    ["a user called as the service", user("User"), "a001", "ForbiddenError"],
  ])("%s", async (_who, principal, expid, expected) => {
    expect(await mayOperate(principal, expid, settings)).toBe(expected);
  });

  test("the highest of all that are given counts", () => {
    const { roleOf } = permissions(settings);
    expect(roleOf(user("olga", { groups: ["wheel"] }))).toBe("admin");
    expect(roleOf(user("adam", { groups: ["github:bsc/models"] }))).toBe("admin");
    expect(roleOf(user("gh-bob"))).toBe("viewer");
    expect(permissions(settings).requireAdmin({ principal: user("adam") })).toEqual(user("adam"));
  });

  test.each([
    ["OWNERS_OPERATE: false", user("ann"), "a000", "ForbiddenError"],
    ["DEFAULT_ROLE: operator", user("carl"), "a000", true],
    ["SERVICE_ROLE: viewer", SERVICE, "a000", "ForbiddenError"],
    ["CREATE_ROLE: operator", user("carl"), null, "ForbiddenError"],
    ["{ CREATE_ROLE: operator, USERS: { carl: operator } }", user("carl"), null, true],
    ["LINUX_NAMES_FROM: [oidc]", user("ann"), "a000", "ForbiddenError"],
    ["LINUX_NAMES_FROM: [github]", user("ann", { provider: "github" }), "a000", true],
  ])("%s", async (line, principal, expid, expected) => {
    expect(await mayOperate(principal, expid, `ACCESS:\n  ${line}`.replace("\n  {", " {"))).toBe(expected);
  });

  test("where anybody may run commands, so may everybody who is logged in", async () => {
    expect(await mayOperate(null, "a000", "", true)).toBe(true);
    expect(await mayOperate(user("carl"), "a000", "", true)).toBe(true);
    expect(() => permissions("", true).requireAdmin({ principal: null })).toThrow(UnauthorizedError);
  });
});

describe("mistakes in the settings file name the key:", () => {
  test.each([
    ["ACCESS: { USERS: { ann: boss } }", "ACCESS.USERS.ann must be one of viewer, operator, admin"],
    ["ACCESS: { USERS: { ann: { RANK: admin } } }", "ACCESS.USERS.ann.RANK is unknown"],
    ["ACCESS: { USER: {} }", "ACCESS.USER is unknown"],
    ["ACCESS: { OWNERS_OPERATE: maybe }", "ACCESS.OWNERS_OPERATE"],
    ["ACCESS: { LINUX_NAMES_FROM: [cas, ldap] }", "ACCESS.LINUX_NAMES_FROM.1"],
    ["ACCESS: [admin]", "ACCESS must be"],
    ["- ACCESS", "must be a mapping of sections"],
    ["ACCESS: {", "settings.yaml: "],
  ])("%s", (text, problem) => {
    const read = () => readRoleRules(parseSettingsFile("settings.yaml", text));
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(problem);
    expect(read).toThrow("settings.yaml");
  });
});
