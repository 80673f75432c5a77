import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SECRET_VARIABLES } from "@autosubmit-api/settings";
import { describe, expect, test } from "vitest";
import { SETTINGS } from "../../src/config/settings.js";

const root = join(import.meta.dirname, "../../../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** The first two columns of the table below a heading: variables and defaults. */
function tableBelow(document: string, heading: string): Map<string, string> {
  const section = read(document).split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const rows = [...section.matchAll(/^\| `(\w+)` \| ([^|]*) \|/gm)];
  return new Map(rows.map(([, variable = "", fallback = ""]) => [variable, fallback.trim()]));
}

describe("docs/security.md", () => {
  const settings = tableBelow("docs/security.md", "Settings");
  const variables = [...Object.values(SETTINGS).map(({ variable }) => variable), ...SECRET_VARIABLES];

  test("its table names settings that exist", () => {
    expect(settings.size).toBeGreaterThan(10);
    expect([...settings.keys()].filter((variable) => !variables.includes(variable))).toEqual([]);
  });

  test("every setting about protection is in it", () => {
    const wanted = variables.filter((name) =>
      /^(PROTECTION_LEVEL|NODE_ENV|SECRET_KEY|AS_API_(SECRET_TOKEN|ANONYMOUS|TOKEN_LIFE|AUDIT|RATE_LIMIT|CORS|TRUST|BODY|URL_|HEADER|REQUEST))/.test(
        name,
      ),
    );
    expect(wanted.filter((variable) => !settings.has(variable))).toEqual([]);
  });

  test.each([
    ["protectionLevel", 1],
    ["anonymousCommands", 1],
    ["tokenLifetimeSeconds", 3_600],
    ["auditRetentionMs", 86_400_000],
    ["databasePatienceMs", 1_000],
    ["corsOrigins", 1],
    ["trustProxy", 1],
    ["readsPerMinute", 1],
    ["loginsPerMinute", 1],
    ["commandsPerMinute", 1],
    ["bodyLimitBytes", 1_024],
    ["urlLimitBytes", 1_024],
    ["headerLimitBytes", 1_024],
    ["requestTimeoutMs", 1_000],
  ] as const)("its default of %s holds", (name, unit) => {
    const { variable, fallback } = SETTINGS[name];
    const value = fallback({});
    expect(settings.get(variable)).toBe(`\`${typeof value === "number" ? value / unit : String(value)}\``);
  });
});
