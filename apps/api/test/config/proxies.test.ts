import { fastify } from "fastify";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../src/config/config.js";
import { trustOf } from "../../src/config/proxies.js";

/** The client's address as the application sees it, when 10.0.0.2 connects and says who it forwards for. */
async function addressSeen(setting: string | undefined, forwardedFor: string): Promise<string> {
  const { trustProxy } = readConfig(setting === undefined ? {} : { AS_API_TRUST_PROXY: setting });
  const app = fastify({ trustProxy: trustOf(trustProxy) });
  app.get("/", async ({ ip }) => ip);
  const answer = await app.inject({
    url: "/",
    remoteAddress: "10.0.0.2",
    headers: { "x-forwarded-for": forwardedFor },
  });
  return answer.body;
}

describe("AS_API_TRUST_PROXY", () => {
  test.each([
    [undefined, "198.51.100.1", "10.0.0.2"],
    ["false", "198.51.100.1", "10.0.0.2"],
    ["true", "203.0.113.9, 198.51.100.1", "203.0.113.9"],
    ["1", "203.0.113.9, 198.51.100.1", "198.51.100.1"],
    ["2", "203.0.113.9, 198.51.100.1", "203.0.113.9"],
    ["10.0.0.0/8", "203.0.113.9, 198.51.100.1", "198.51.100.1"],
    ["10.0.0.0/8, 198.51.100.1", "203.0.113.9, 198.51.100.1", "203.0.113.9"],
    ["uniquelocal", "203.0.113.9", "203.0.113.9"],
    ["192.0.2.1", "203.0.113.9", "10.0.0.2"],
    ["loopback", "203.0.113.9", "10.0.0.2"],
  ])("%s: of %s it believes %s", async (setting, forwardedFor, expected) => {
    expect(await addressSeen(setting, forwardedFor)).toBe(expected);
  });

  test.each(["maybe", "10.0.0.0/33", "10.0.0.256", "proxy.example.org", "10.0.0.1,", "-1", "::1/129"])(
    "%s is refused",
    (setting) => {
      expect(() => readConfig({ AS_API_TRUST_PROXY: setting })).toThrow(/^AS_API_TRUST_PROXY must be/);
    },
  );
});
