import { ConfigurationError } from "@autosubmit-api/settings";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../src/config/config.js";

describe("readConfig", () => {
  test("has a default for everything", () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      host: "127.0.0.1",
      port: 8081,
      logLevel: "info",
      rootPath: "",
      corsOrigins: "*",
      protectionLevel: "ALL",
      anonymousCommands: false,
      tokenLifetimeSeconds: 432_000,
      casLoginUrl: null,
    });
    expect(config.renderThreads).toBeGreaterThanOrEqual(1);
    expect(Object.isFrozen(config)).toBe(true);
  });

  test("reads texts as numbers, booleans, lists and durations", () => {
    const config = readConfig({
      PORT: "0",
      LOG_LEVEL: "WARN",
      AS_API_TRUST_PROXY: "True",
      AS_API_CORS_ORIGINS: "https://gui.example.org, http://localhost:3000",
      AS_API_RENDER_TIMEOUT_SECONDS: "1.5",
      AS_API_SOURCE_CACHE_MB: "2",
      TZ: ":Europe/Madrid",
    });
    expect(config).toMatchObject({
      port: 0,
      logLevel: "warn",
      trustProxy: true,
      corsOrigins: ["https://gui.example.org", "http://localhost:3000"],
      renderTimeoutMs: 1_500,
      sourceCacheBytes: 2 * 1024 * 1024,
      timeZone: "Europe/Madrid",
    });
  });

  test("drops the slash at the end of the root path", () => {
    expect(readConfig({ AS_API_ROOT_PATH: "/autosubmit/api/" }).rootPath).toBe("/autosubmit/api");
    expect(readConfig({ AS_API_ROOT_PATH: "/" }).rootPath).toBe("");
  });

  test("derives the pages of a CAS server from its address", () => {
    const config = readConfig({ CAS_SERVER_URL: "https://cas.example.org/cas/" });
    expect(config.casLoginUrl).toBe("https://cas.example.org/cas/login");
    expect(config.casVerifyUrl).toBe("https://cas.example.org/cas/serviceValidate");
  });

  test.each([
    ["PORT", "80a"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["LOG_LEVEL", "loud"],
    ["TZ", "Mars/Olympus"],
    ["AS_API_ROOT_PATH", "api"],
    ["AS_API_CORS_ORIGINS", "gui.example.org"],
    ["AS_API_TRUST_PROXY", "maybe"],
    ["AS_API_RENDER_THREADS", "0"],
    ["AS_API_RENDER_TIMEOUT_SECONDS", "0"],
    ["PROTECTION_LEVEL", "none"],
    ["OIDC_TOKEN_URL", "example.org/token"],
  ])("refuses %s=%s and names the variable", (variable, value) => {
    expect(() => readConfig({ [variable]: value })).toThrow(ConfigurationError);
    expect(() => readConfig({ [variable]: value })).toThrow(new RegExp(`^${variable} must be .*${value}`));
  });

  test.each(["ALL", "WRITEONLY", "NONE"])("accepts PROTECTION_LEVEL=%s", (level) => {
    expect(readConfig({ PROTECTION_LEVEL: level }).protectionLevel).toBe(level);
  });

  test.each(["ALL", "WRITEONLY"])("refuses commands by anybody at level %s", (level) => {
    const environment = { PROTECTION_LEVEL: level, AS_API_ANONYMOUS_COMMANDS: "true" };
    expect(() => readConfig(environment)).toThrow(/^AS_API_ANONYMOUS_COMMANDS must be false/);
    expect(readConfig({ ...environment, PROTECTION_LEVEL: "NONE" }).anonymousCommands).toBe(true);
  });
});
