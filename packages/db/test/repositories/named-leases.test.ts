import { describe, expect, it } from "vitest";
import { siteWithExperiments } from "../site.js";

const claim = (worker: string, second: number) => ({ worker, at: new Date(second * 1_000), leaseMs: 10_000 });

describe("a named lease", () => {
  it("has one holder until it ends or is given back", async () => {
    const { namedLeases } = (await siteWithExperiments(0)).databases;
    expect(await namedLeases.claim("watch", claim("one", 0))).toBe(true);
    expect(await namedLeases.claim("watch", claim("two", 5))).toBe(false);
    expect(await namedLeases.claim("other", claim("two", 5))).toBe(true);
    expect(await namedLeases.claim("watch", claim("one", 9))).toBe(true);
    expect(await namedLeases.claim("watch", claim("two", 18))).toBe(false);
    expect(await namedLeases.claim("watch", claim("two", 20))).toBe(true);
    await namedLeases.release("watch", "one");
    expect(await namedLeases.claim("watch", claim("one", 21))).toBe(false);
    await namedLeases.release("watch", "two");
    expect(await namedLeases.claim("watch", claim("one", 21))).toBe(true);
  });
});
