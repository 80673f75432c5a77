import { emptyConfigurationFacts, type PlatformSettings, type SectionSettings } from "autosubmit-reader";
import { describe, expect, test } from "vitest";
import {
  jobPlatform,
  jobQueue,
  jobWallclock,
  platformSettings,
  processorCount,
  sectionSettings,
  versionText,
} from "../../src/configuration/settings.js";

const ini = emptyConfigurationFacts("ini");
const yaml = emptyConfigurationFacts("yaml");

function section(settings: Partial<SectionSettings>): SectionSettings {
  return { ...yaml.otherSections, ...settings };
}

function platform(settings: Partial<PlatformSettings>): PlatformSettings {
  return { ...yaml.otherPlatforms, ...settings };
}

describe("look-ups by name", () => {
  test("names are upper case in YAML and as written in INI", () => {
    const sections = new Map([["SIM", section({ processors: "4" })]]);
    expect(sectionSettings({ ...yaml, sections }, "sim").processors).toBe("4");
    expect(sectionSettings({ ...ini, sections }, "sim").processors).toBe("1");
    const platforms = new Map([["MN5", platform({ queue: "q" })]]);
    expect(platformSettings({ ...yaml, platforms }, "mn5").queue).toBe("q");
    expect(platformSettings({ ...ini, platforms }, "mn5").queue).toBe("");
  });

  test("an unknown section or platform has the dialect's defaults", () => {
    expect(sectionSettings(ini, "SIM")).toMatchObject({ processors: "1", tasks: 0, platform: "" });
    expect(sectionSettings(yaml, "SIM")).toMatchObject({ processors: "1", tasks: null, exclusive: false });
    expect(platformSettings(yaml, "X").queue).toBeNull();
    expect(sectionSettings(yaml, "__proto__").processors).toBe("1");
  });

  test("a version that is not configured is None for INI and empty for YAML", () => {
    expect([versionText(ini), versionText(yaml), versionText({ ...yaml, autosubmitVersion: "4.1.17" })]).toEqual([
      "None",
      "",
      "4.1.17",
    ]);
  });
});

describe("what a job gets", () => {
  test("its section's platform, else the main one", () => {
    const facts = { ...yaml, mainPlatform: "MN5", sections: new Map([["A", section({ platform: "LOCAL" })]]) };
    expect([jobPlatform(facts, "A"), jobPlatform(facts, "B")]).toEqual(["LOCAL", "MN5"]);
  });

  test.each<[string, Partial<SectionSettings>, Partial<PlatformSettings>, boolean, string | null]>([
    ["its section's queue", { queue: "own", processors: "4" }, { queue: "q" }, false, "own"],
    ["else its platform's", { processors: "4" }, { queue: "q", serialQueue: "s" }, false, "q"],
    ["with one processor the serial queue", { processors: "1" }, { queue: "q", serialQueue: "s" }, false, "s"],
    ["an empty serial queue gives way", { processors: "1" }, { queue: "q", serialQueue: "" }, false, "q"],
    ["a missing serial queue does not", { processors: "1" }, { queue: "q", serialQueue: null }, false, null],
    ["none at all", { processors: "4" }, {}, false, null],
    ["wrapped, the wrapper's queue", { queue: "own", processors: "4" }, { queue: "q" }, true, "wrapped"],
  ])("%s", (_rule, own, shared, isWrapped, queue) => {
    const facts = {
      ...yaml,
      mainPlatform: "MN5",
      wrapperQueue: "wrapped",
      sections: new Map([["A", section(own)]]),
      platforms: new Map([["MN5", platform(shared)]]),
    };
    expect(jobQueue(facts, "A", isWrapped)).toBe(queue);
  });

  test("its section's wallclock, else the longest of its platform", () => {
    const facts = {
      ...yaml,
      mainPlatform: "MN5",
      sections: new Map([["A", section({ wallclock: "00:05" })]]),
      platforms: new Map([["MN5", platform({ maxWallclock: "48:00" })]]),
    };
    expect([jobWallclock(facts, "A"), jobWallclock(facts, "B"), jobWallclock(yaml, "A")]).toEqual([
      "00:05",
      "48:00",
      "",
    ]);
  });
});

describe("processorCount", () => {
  test.each([
    ["16", 16],
    [" 1_000 ", 1000],
    ["4.0", 4],
    ["16:32", 72],
    ["37:1", 72 + 36],
    ["36:72", 108],
    ["", 0],
    ["x", 0],
    ["1:x", 0],
    ["-4", -4],
  ])("%j asks for %d", (text, count) => {
    expect(processorCount(text)).toBe(count);
  });
});
