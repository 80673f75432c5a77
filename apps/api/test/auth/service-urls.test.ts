import { describe, expect, test } from "vitest";
import { isAllowedService, parseAllowedServices, v3LoginPage } from "../../src/auth/service-urls.js";

const allowed = (...entries: string[]) => parseAllowedServices(entries).services;

describe("a service", () => {
  test.each([
    ["https://gui.example.org/", "https://gui.example.org/login"],
    ["https://gui.example.org", "https://gui.example.org"],
    ["https://gui.example.org", "https://gui.example.org/"],
    ["https://gui.example.org/app", "https://gui.example.org/app"],
    ["https://gui.example.org/app", "https://gui.example.org/app/login?next=%2F"],
    ["https://gui.example.org/app/", "https://gui.example.org/app/login"],
    ["https://gui.example.org", "https://GUI.example.org:443/login"],
    ["http://127.0.0.1:3000", "http://127.0.0.1:3000/login"],
  ])("listed as %s may be %s", (entry, service) => {
    expect(isAllowedService(allowed(entry), service)).toBe(true);
  });

  test.each([
    ["another scheme", "https://gui.example.org/", "http://gui.example.org/"],
    ["another port", "https://gui.example.org/", "https://gui.example.org:8443/"],
    ["a longer host", "https://gui.example.org", "https://gui.example.org.evil.test/"],
    ["a host within a host", "https://example.org", "https://gui.example.org/"],
    ["the listed URL as a parameter", "https://gui.example.org/", "https://evil.test/?https://gui.example.org/"],
    ["the listed host as a user", "https://gui.example.org", "https://gui.example.org@evil.test/"],
    ["a user at the listed host", "https://gui.example.org", "https://me:pw@gui.example.org/"],
    ["half a segment", "https://gui.example.org/app", "https://gui.example.org/apple"],
    ["the folder above", "https://gui.example.org/app", "https://gui.example.org/"],
    ["steps up", "https://gui.example.org/app", "https://gui.example.org/app/../evil"],
    ["encoded steps up", "https://gui.example.org/app", "https://gui.example.org/app/%2e%2e/evil"],
    ["encoded slashes", "https://gui.example.org/app", "https://gui.example.org/app/..%2Fevil"],
    ["backslashes", "https://gui.example.org", "https://gui.example.org\\@evil.test/"],
    ["line breaks", "https://gui.example.org", "https://gui.example.org/\r\nX: y"],
    ["tabs that URL parsers drop", "https://gui.example.org", "https://gui.example.org/a\tb"],
    ["three slashes", "https://gui.example.org", "https:///gui.example.org/"],
    ["no slashes", "https://gui.example.org", "https:gui.example.org/"],
    ["a fragment", "https://gui.example.org", "https://gui.example.org/#x"],
    ["a script", "https://gui.example.org", "javascript:alert(1)"],
    ["letters that look alike", "https://gui.example.org", "https://guі.example.org/"],
    ["nothing", "https://gui.example.org", ""],
    ["2,001 characters", "https://gui.example.org", `https://gui.example.org/${"a".repeat(1_977)}`],
  ])("is refused: %s", (_what, entry, service) => {
    expect(isAllowedService(allowed(entry), service)).toBe(false);
  });

  test("may be anywhere when the list is a star alone, and only as a URL", () => {
    expect(isAllowedService(allowed("*"), "https://anywhere.test/x")).toBe(true);
    expect(isAllowedService(allowed("*"), "javascript:alert(1)")).toBe(false);
  });

  test("a star beside others allows nothing and is told", () => {
    const { services, warnings } = parseAllowedServices(["https://gui.example.org", "*"]);
    expect(isAllowedService(services, "https://evil.test/")).toBe(false);
    expect(warnings).toEqual([
      'clients.authorized of .autosubmitrc: "*" counts only when it stands alone; it allows nothing',
    ]);
  });

  test.each(["gui.example.org", "https://gui.example.org/?x=1", "https://*.example.org\\", "ftp://gui.example.org"])(
    "an entry %s is no place, and is told",
    (entry) => {
      const { services, warnings } = parseAllowedServices([entry]);
      expect(services.places).toEqual([]);
      expect(warnings).toHaveLength(1);
    },
  );

  test("an empty list allows nothing", () => {
    expect(isAllowedService(allowed(), "https://gui.example.org/")).toBe(false);
  });
});

describe("the login page of /v3/login", () => {
  const services = allowed("https://gui.example.org/", "https://gui.example.org/test");

  test.each([
    ["https://gui.example.org/", "autosubmitapp", "https://gui.example.org/autosubmitapp/login"],
    ["https://gui.example.org/x/y?z", "", "https://gui.example.org/login"],
    ["https://gui.example.org/test/page", "/app/", "https://gui.example.org/test/app/login"],
    ["https://gui.example.org/", "a/b-c.d", "https://gui.example.org/a/b-c.d/login"],
  ])("asked for from %s with env %j is %s", (referer, env, page) => {
    expect(v3LoginPage(services, referer, env)).toBe(page);
  });

  test.each([
    ["https://evil.test/?https://gui.example.org/", "app"],
    ["https://gui.example.org/", "../app"],
    ["https://gui.example.org/", "a//b"],
    ["https://gui.example.org/", "@evil.test"],
    ["https://gui.example.org/", "?x="],
    ["https://gui.example.org/", "%2e%2e"],
    ["https://gui.example.org/", "."],
  ])("asked for from %s with env %j is refused", (referer, env) => {
    expect(v3LoginPage(services, referer, env)).toBeNull();
  });

  test("is at the place that asked when anywhere is allowed", () => {
    expect(v3LoginPage(allowed("*"), "https://any.test/deep/page", "app")).toBe("https://any.test/app/login");
  });
});
