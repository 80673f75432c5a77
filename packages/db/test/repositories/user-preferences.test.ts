import { describe, expect, it } from "vitest";
import { siteWithExperiments } from "../site.js";

describe("user preferences", () => {
  it("are kept by user; the time of the first choice stays", async () => {
    const { databases } = await siteWithExperiments(0);
    const { userPreferences } = databases;
    expect(await userPreferences.find("ann@example.org")).toBeNull();
    const first = await userPreferences.savePreferredUsername(
      "ann@example.org",
      "bsc1",
      new Date("2026-01-01T12:00:00Z"),
    );
    const second = await userPreferences.savePreferredUsername(
      "ann@example.org",
      "bsc2",
      new Date("2026-02-01T12:00:00Z"),
    );
    expect(second).toEqual({ ...first, preferredUsername: "bsc2", modified: second.modified });
    expect(second.modified).toMatch(/^2026-02-0\d-\d\d:00:00[+-]\d\d:\d\d$/);
    expect(await userPreferences.find("ann@example.org")).toEqual(second);
  });
});
