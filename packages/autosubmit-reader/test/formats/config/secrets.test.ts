import { describe, expect, test } from "vitest";
import type { ConfigMap, ConfigValue } from "../../../src/formats/config/config-value.js";
import { configurationJson } from "../../../src/formats/config/plain.js";
import { maskSecrets, maskUrl } from "../../../src/formats/config/secrets.js";
import { show } from "./load-in-memory.js";

const map = (entries: Record<string, ConfigValue>): ConfigMap => new Map(Object.entries(entries));

describe("maskSecrets", () => {
  test("hides AS_ENV variables whose names say so, and nothing else", () => {
    const data = map({ AS_ENV_TOKEN: "t", AS_ENV_db_Password: 5, AS_ENV_KEYS: ["a"], AS_ENV_USER: "u", TOKEN: "x" });
    expect(show(maskSecrets(data))).toEqual({
      AS_ENV_TOKEN: "***",
      AS_ENV_db_Password: "***",
      AS_ENV_KEYS: "***",
      AS_ENV_USER: "u",
      TOKEN: "x",
    });
  });

  test("hides the database's password", () => {
    expect(maskSecrets(map({ DATABASE_CONN_URL: "postgresql://u:p@ss@h:5432/d" })).get("DATABASE_CONN_URL")).toBe(
      "postgresql://u:***@h:5432/d",
    );
  });

  test("hides secrets wherever placeholders carried them", () => {
    const url = "postgresql://u:secret@h/d";
    const data = map({
      A: new Map<string, ConfigValue>([["B", ["x hunter22 y", { kind: "tagged", text: "hunter22" }]]]),
      hunter22: url,
      AS_ENV_SECRET: "hunter22",
      DATABASE_CONN_URL: url,
    });
    const json = configurationJson(maskSecrets(data));
    expect(json).not.toMatch(/hunter22|secret@/);
    expect(maskSecrets(data).get("***")).toBe("postgresql://u:***@h/d");
  });

  test("short secrets are not looked for elsewhere", () => {
    expect(show(maskSecrets(map({ A: "true", AS_ENV_KEY: "true" })))).toEqual({ A: "true", AS_ENV_KEY: "***" });
  });

  test.each([
    ["", ""],
    ["postgresql://h/d", "postgresql://h/d"],
    ["postgresql://u@h:5432/d", "postgresql://u@h:5432/d"],
    ["postgresql+psycopg2://u:p@/d", "postgresql+psycopg2://u:***@/d"],
    ["postgresql://h/d?user=u&password=p&x=1", "postgresql://h/d?user=u&password=***&x=1"],
    ["sqlite:///a:b.db", "sqlite:///a:b.db"],
  ])("maskUrl(%j)", (url, masked) => {
    expect(maskUrl(url)).toBe(masked);
  });
});
