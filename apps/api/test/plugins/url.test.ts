import { describe, expect, test } from "vitest";
import { normaliseUrl, redactUrl } from "../../src/plugins/url.js";

describe("normaliseUrl", () => {
  test.each([
    ["//v4/experiments", "", "/v4/experiments"],
    ["/v4///experiments//a000/", "", "/v4/experiments/a000/"],
    ["/v4?next=http://x//y", "", "/v4?next=http://x//y"],
    ["/api/v4", "/api", "/v4"],
    ["//api//v4?x=1", "/api", "/v4?x=1"],
    ["/api", "/api", "/"],
    ["/v4", "/api", "/v4"],
    ["/apis/v4", "/api", "/apis/v4"],
    ["/v4/50%done/%C3%A9%41", "", "/v4/50%25done/%C3%A9%41"],
    ["/v4/%ff%41/%", "", "/v4/%EF%BF%BD%41/%25"],
  ])("%s below %j is %s", (url, rootPath, expected) => {
    expect(normaliseUrl(url, rootPath)).toBe(expected);
  });
});

describe("redactUrl", () => {
  test.each([
    ["/v4/x?ticket=ST-1&service=http://gui", "/v4/x?ticket=***&service=http://gui"],
    ["/v4/x?a=1&TOKEN=abc", "/v4/x?a=1&TOKEN=***"],
    ["/v4/x?%74oken=abc", "/v4/x?token=***"],
    ["/v4/x?code=abc#f", "/v4/x?code=***#f"],
    ["/v4/x?barcode=1", "/v4/x?barcode=1"],
    ["/v4/x?%zz=1&code=abc", "/v4/x?%zz=1&code=***"],
    ["/v4/x?tok%65n%=1&c%6Fde=abc", "/v4/x?token%=1&code=***"],
    ["/v4/x?service=http://gui/?ticket=ST-1&b=2", "/v4/x?service=http://gui/?ticket=***&b=2"],
    ["/v4/x?service=http%3A%2F%2Fgui%3Fa%3D1%26ticket%3DST-1", "/v4/x?service=http%3A%2F%2Fgui%3Fa%3D1%26ticket%3D***"],
    ["/v4/x?service=http%253A%253Fcode%253Dabc&b=2", "/v4/x?service=http%253A%253Fcode%253D***&b=2"],
  ])("%s is logged as %s", (url, expected) => {
    expect(redactUrl(url)).toBe(expected);
  });

  test("cuts what is very long", () => {
    expect(redactUrl(`/${"x".repeat(10_000)}`)).toHaveLength(500);
  });
});
