import { describe, expect, test } from "vitest";
import { AutosubmitReadError, SourceMissingError } from "../../../src/errors.js";
import { isConfigMap } from "../../../src/formats/config/config-value.js";
import { loadIniConfiguration } from "../../../src/formats/config/ini-configuration.js";
import { iniFacts } from "../../../src/formats/config/ini-facts.js";
import { type Files, runInMemory, show } from "./load-in-memory.js";

const EMPTY = { autosubmit: "", platforms: "", jobs: "", expdef: "" };

function load(files: Files): ReturnType<typeof loadIniConfiguration> extends Generator<unknown, infer R> ? R : never {
  const all = Object.entries(files).map(([name, text]) => [`/conf/${name}_a000.conf`, text]);
  return runInMemory(loadIniConfiguration("a000", "/conf"), Object.fromEntries(all));
}

const facts = (files: Partial<typeof EMPTY>) => iniFacts(load({ ...EMPTY, ...files }));

function failure(files: Files): AutosubmitReadError {
  try {
    load(files);
  } catch (error) {
    if (error instanceof AutosubmitReadError) return error;
    throw error;
  }
  throw new Error("no error");
}

describe("the INI configuration (formats reference §4.1)", () => {
  test("five keys in their order; sections and options in file order, the defaults behind the section's own", () => {
    const data = load({
      autosubmit: "[config]\nB = 1\nA = 2",
      expdef: "[DEFAULT]\nEXPID = a000\nHPCARCH = mn4\n[experiment]\nDATELIST = 2000\nEXPID = own\n[git]\n",
      platforms: "[mn4]\nTYPE = slurm",
      jobs: "[SIM]\nFILE: a=b.sh",
      proj: "[x]\ny =",
    });
    expect(Array.from(data.keys())).toEqual(["conf", "exp", "platforms", "jobs", "proj"]);
    expect(show(data)).toEqual({
      conf: { config: { B: "1", A: "2" } },
      exp: { experiment: { DATELIST: "2000", EXPID: "own", HPCARCH: "mn4" }, git: { EXPID: "a000", HPCARCH: "mn4" } },
      platforms: { mn4: { TYPE: "slurm" } },
      jobs: { SIM: { FILE: "a=b.sh" } },
      proj: { x: { y: "" } },
    });
    const conf = data.get("conf");
    expect(isConfigMap(conf) && isConfigMap(conf.get("config")) && show(conf.get("config"))).toEqual({
      B: "1",
      A: "2",
    });
  });

  test("proj is optional; the others are missed in the order of the reference", () => {
    expect(show(load(EMPTY))).toEqual({ conf: {}, exp: {}, platforms: {}, jobs: {}, proj: {} });
    const missing = (files: Files) => failure(files).message;
    expect(missing({})).toBe("Required file not found /conf/autosubmit_a000.conf");
    expect(missing({ autosubmit: "", expdef: "" })).toBe("Required file not found /conf/platforms_a000.conf");
    expect(missing({ autosubmit: "", platforms: "", expdef: "" })).toBe("Required file not found /conf/jobs_a000.conf");
    expect(missing({ autosubmit: "", platforms: "", jobs: "" })).toBe("Required file not found /conf/expdef_a000.conf");
    expect(failure({})).toBeInstanceOf(SourceMissingError);
  });

  test("references are filled in; a percent sign that is none stays", () => {
    const expdef = "[DEFAULT]\nROOT = /r\n[a]\nX = %(ROOT)s/x\nY = 100 %\nZ = %(NOPE)s\nW = 50%%";
    expect(show(load({ ...EMPTY, expdef }))).toMatchObject({
      exp: { a: { X: "/r/x", Y: "100 %", Z: "%(NOPE)s", W: "50%" } },
    });
  });

  test.each([
    ["an option without a delimiter", "[a]\nX", 2],
    ["an option before any section", "X = 1", 1],
    ["a duplicate option", "[a]\nX = 1\nX = 2", 3],
    ["a duplicate section", "[a]\n[b]\n[a]", 3],
  ])("%s fails, named with file and line", (_what, jobs, line) => {
    expect(failure({ ...EMPTY, jobs })).toMatchObject({ code: "CONFIG_INVALID", path: "/conf/jobs_a000.conf", line });
  });
});

describe("facts of an INI configuration", () => {
  test("an empty configuration has the reference's defaults", () => {
    expect(facts({})).toMatchObject({
      dialect: "ini",
      autosubmitVersion: null,
      mainPlatform: "",
      projectType: "na",
      model: "NA",
      branch: "NA",
      chunkUnit: "",
      chunkSize: 1,
      safetySleepSeconds: 10,
      wrapperType: null,
      wrapperQueue: "",
      problems: [],
    });
  });

  test("experiment, version, sleep and wrapper", () => {
    const found = facts({
      autosubmit:
        "[config]\nAUTOSUBMIT_VERSION = 3.13.0\nSAFETYSLEEPTIME = 30\n[wrapper]\nTYPE = Vertical\nJOBS_IN_WRAPPER = SIM&DA\nQUEUE = long",
      expdef:
        "[DEFAULT]\nHPCARCH = MareNostrum4\n[experiment]\nCHUNKSIZEUNIT = MONTH\nCHUNKSIZE = 4\nDATELIST = 2000\nMEMBERS = fc0",
    });
    expect(found).toMatchObject({
      autosubmitVersion: "3.13.0",
      safetySleepSeconds: 30,
      mainPlatform: "MareNostrum4",
      chunkUnit: "month",
      chunkSize: 4,
      dateList: "2000",
      members: "fc0",
      wrapperType: "VERTICAL",
      wrapperQueue: "long",
      wrappers: [{ name: "wrapper", type: "vertical", jobs: ["SIM", "DA"], queue: "long" }],
    });
  });

  test.each([
    ["git", "g", "master"],
    ["svn", "s", "s"],
    ["local", "NA", "NA"],
  ])("a project of type %s comes from %s, branch %s", (type, model, branch) => {
    const expdef = `[project]\nPROJECT_TYPE = ${type.toUpperCase()}\n[git]\nPROJECT_ORIGIN = g\n[svn]\nPROJECT_URL = s`;
    expect(facts({ expdef })).toMatchObject({ projectType: type, model, branch });
  });

  test("sections and platforms by their names as written", () => {
    const found = facts({
      jobs: "[SIM]\nPROCESSORS = 16:32\nTHREADS = 2\nTASKS = 48\nQUEUE = q\nPLATFORM = mn4\nWALLCLOCK = 01:00\n[sim]\nTASKS = x",
      platforms:
        "[mn4]\nQUEUE = a\nSERIAL_QUEUE = b\nPROJECT = p\nMAX_WALLCLOCK = 48:00\nPROCESSORS_PER_NODE = 48\nCF = 0.3\nPUE = 1.2",
    });
    expect(found.sections.get("SIM")).toEqual({
      processors: "16:32",
      threads: "2",
      tasks: 48,
      nodes: null,
      processorsPerNode: null,
      exclusive: false,
      queue: "q",
      platform: "mn4",
      wallclock: "01:00",
    });
    expect(found.sections.get("sim")).toMatchObject({ processors: "1", tasks: null });
    expect(found.otherSections.tasks).toBe(0);
    expect(found.platforms.get("mn4")).toEqual({
      queue: "a",
      serialQueue: "b",
      project: "p",
      maxWallclock: "48:00",
      processorsPerNode: 48,
      carbonFactor: "0.3",
      powerUsageEffectiveness: "1.2",
    });
  });

  test("numbers that are none are told, the default is taken", () => {
    const found = facts({ expdef: "[experiment]\nCHUNKSIZE = many", autosubmit: "[config]\nSAFETYSLEEPTIME = 1.5" });
    expect([found.chunkSize, found.safetySleepSeconds]).toEqual([1, 10]);
    expect(found.problems).toEqual([
      "experiment.CHUNKSIZE is not a whole number; 1 is taken instead",
      "config.SAFETYSLEEPTIME is not a whole number; 10 is taken instead",
    ]);
  });
});
