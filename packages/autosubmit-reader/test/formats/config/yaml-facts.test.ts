import { describe, expect, test } from "vitest";
import { yamlFacts } from "../../../src/formats/config/yaml-facts.js";
import { loadInMemory } from "./load-in-memory.js";

const facts = (text: string) => yamlFacts(loadInMemory({ files: { "a.yml": text } }).data);

describe("facts of a YAML configuration (formats reference §4.7)", () => {
  test("an empty configuration has the reference's defaults", () => {
    expect(facts("")).toMatchObject({
      dialect: "yaml",
      autosubmitVersion: null,
      mainPlatform: "",
      projectType: "none",
      model: "NA",
      branch: "NA",
      chunkUnit: "",
      chunkSize: 1,
      safetySleepSeconds: 10,
      workflowCommit: null,
      wrappers: [],
      wrapperType: null,
      wrapperQueue: "",
      problems: [],
    });
  });

  test("experiment, version and sleep; numbers may be texts", () => {
    const text = `
CONFIG: {AUTOSUBMIT_VERSION: 4.1, SAFETYSLEEPTIME: "30"}
DEFAULT: {HPCARCH: mn5}
EXPERIMENT: {CHUNKSIZEUNIT: Month, CHUNKSIZE: "4", DATELIST: 20000101, MEMBERS: [fc0, fc1]}
AUTOSUBMIT: {WORKFLOW_COMMIT: abc}`;
    expect(facts(text)).toMatchObject({
      autosubmitVersion: "4.1",
      safetySleepSeconds: 30,
      mainPlatform: "MN5",
      chunkUnit: "Month",
      chunkSize: 4,
      dateList: "20000101",
      members: "['fc0', 'fc1']",
      workflowCommit: "abc",
    });
  });

  test("a sleep of 0 is a value, a chunk size of 0 is none", () => {
    const found = facts("CONFIG: {SAFETYSLEEPTIME: 0}\nEXPERIMENT: {CHUNKSIZE: 0}");
    expect([found.safetySleepSeconds, found.chunkSize]).toEqual([0, 1]);
  });

  test.each([
    ["Git", "g", "master"],
    ["svn", "s", "s"],
    ["local", "NA", "NA"],
  ])("a project of type %s comes from %s, branch %s", (type, model, branch) => {
    const text = `PROJECT: {PROJECT_TYPE: ${type}}\nGIT: {PROJECT_ORIGIN: g, PROJECT_BRANCH: ''}\nSVN: {PROJECT_URL: s}`;
    expect(facts(text)).toMatchObject({ projectType: type.toLowerCase(), model, branch });
  });

  const PLATFORMS = `
DEFAULT: {HPCARCH: main}
PLATFORMS:
  main: {PROCESSORS: 8, PROCESSORS_PER_NODE: 48, EXCLUSIVE: true, QUEUE: mq}
  Other: {TASKS: "12", MAX_WALLCLOCK: 48:00, SERIAL_QUEUE: ~, PROJECT: 5, CF: 0.3, PUE: 0}
`;

  test("a job's settings fall back to its platform's, its queue and wallclock do not", () => {
    const found = facts(
      `${PLATFORMS}JOBS:\n  a: {PROCESSORS: 0, THREADS: 4}\n  b: {platform: other, NODES: 2.9, EXCLUSIVE: yes}\n`,
    );
    expect(found.sections.get("A")).toEqual({
      processors: "8",
      threads: "4",
      tasks: null,
      nodes: null,
      processorsPerNode: 48,
      exclusive: true,
      queue: "",
      platform: "MAIN",
      wallclock: "",
    });
    expect(found.sections.get("B")).toMatchObject({
      processors: "1",
      tasks: 12,
      nodes: 2,
      processorsPerNode: null,
      exclusive: false,
      platform: "OTHER",
    });
    expect(found.otherSections).toMatchObject({ processors: "8", platform: "MAIN", exclusive: true });
  });

  test("an empty platform is no fall-back, a null one is the main one", () => {
    const found = facts(`${PLATFORMS}JOBS:\n  a: {PLATFORM: ''}\n  b: {PLATFORM: ~, QUEUE: ~, WALLCLOCK: ~}\n`);
    expect(found.sections.get("A")).toMatchObject({ processors: "1", platform: "" });
    expect(found.sections.get("B")).toMatchObject({ processors: "8", platform: "MAIN", queue: "", wallclock: "" });
  });

  test("platforms: null for what Python has None for, texts otherwise", () => {
    expect(facts(PLATFORMS).platforms.get("OTHER")).toEqual({
      queue: null,
      serialQueue: null,
      project: "5",
      maxWallclock: "48:00",
      processorsPerNode: null,
      carbonFactor: "0.3",
      powerUsageEffectiveness: "",
    });
  });

  test("wrappers have types of their own; the queue may stand beside them", () => {
    const found = facts("WRAPPERS: {QUEUE: q, W: {TYPE: Vertical, JOBS_IN_WRAPPER: SIM POST, QUEUE: w}}");
    expect(found.wrappers).toEqual([{ name: "W", type: "vertical", jobs: ["SIM", "POST"], queue: "w" }]);
    expect([found.wrapperType, found.wrapperQueue]).toEqual([null, "q"]);
  });

  test("numbers that are none are told, the default is taken", () => {
    const found = facts("CONFIG: {SAFETYSLEEPTIME: soon}\nEXPERIMENT: {CHUNKSIZE: [1]}");
    expect([found.safetySleepSeconds, found.chunkSize, found.problems.length]).toEqual([10, 1, 2]);
  });

  test("can be sent to another thread", () => {
    const found = facts(`${PLATFORMS}JOBS: {a: {x: 1}}`);
    expect(structuredClone(found)).toEqual(found);
  });
});
