import { describe, expect, it } from "vitest";
import { siteWithExperiments } from "../site.js";

describe("user preferences", () => {
  it("are kept by user; the time of the first choice stays", async () => {
    const { databases } = await siteWithExperiments(0);
    const { userPreferences } = databases;
    expect(await userPreferences.find("ann@example.org")).toBeNull();
    const first = await userPreferences.savePreferredUsername("ann@example.org", "bsc1", "2026-01-01-12:00:00+01:00");
    const second = await userPreferences.savePreferredUsername("ann@example.org", "bsc2", "2026-02-01-12:00:00+01:00");
    expect(second).toEqual({ ...first, preferredUsername: "bsc2", modified: "2026-02-01-12:00:00+01:00" });
    expect(await userPreferences.find("ann@example.org")).toEqual(second);
  });
});
