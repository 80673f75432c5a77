import { describe, expect, test } from "vitest";
import { negotiateCoding } from "../../src/routes/content-negotiation.js";

describe("Accept-Encoding", () => {
  test.each([
    [undefined, "identity"],
    ["", "identity"],
    ["gzip, deflate, br, zstd", "br"],
    ["gzip, deflate", "gzip"],
    ["x-gzip", "gzip"],
    ["GZIP;Q=1.0", "gzip"],
    ["br;q=0.5, gzip;q=0.8", "gzip"],
    ["br;q=0, gzip", "gzip"],
    ["gzip;q=0.5, identity", "identity"],
    ["gzip;q=0.5, identity;q=0.1", "gzip"],
    ["deflate", "identity"],
    ["*", "br"],
    ["br;q=0, *;q=0.3", "gzip"],
    ["*;q=0", "identity"],
    ["identity;q=0, deflate", "identity"],
    ["gzip;q=2", "identity"],
    ["gzip;q=x, br", "br"],
    [",,gzip,,", "gzip"],
  ])("%j asks for %s", (header, coding) => expect(negotiateCoding(header)).toBe(coding));
});
