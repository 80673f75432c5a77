import { describe, expect, test } from "vitest";
import { AutosubmitReadError, SourceMissingError } from "../../../src/errors.js";
import { mapAt, valueAt } from "../../../src/formats/config/config-value.js";
import { createLoadContext } from "../../../src/formats/config/load-context.js";
import { loadYamlConfiguration, type YamlConfigurationInput } from "../../../src/formats/config/yaml-configuration.js";
import { type Files, loadInMemory, runInMemory, show } from "./load-in-memory.js";

const load = (files: Files) => show(loadInMemory({ files }).data) as Record<string, never>;

function failure(files: Files): AutosubmitReadError {
  try {
    loadInMemory({ files });
  } catch (error) {
    if (error instanceof AutosubmitReadError) return error;
    throw error;
  }
  throw new Error("no error");
}

const custom = (names: string) => `DEFAULT:\n  CUSTOM_CONFIG: ${names}\n`;

describe("which files are loaded, and which values win (formats reference §4.2)", () => {
  test("files of conf in the order of their names, later ones over earlier ones", () => {
    expect(load({ "b.yml": "X: b\nY: b", "a.yaml": "X: a\nZ: a", "c.YML": "X: c", "d.txt": "X: d" })).toMatchObject({
      X: "b",
      Y: "b",
      Z: "a",
    });
  });

  test("hidden files count, .yml itself and folders below conf do not", () => {
    const files = { ".h.yml": "H: 1", ".yml": "N: 1", "/site/a000/conf/metadata/experiment_data.yml": "M: 1" };
    const data = load(files);
    expect([data.H, data.N, data.M]).toEqual([1, undefined, undefined]);
  });

  test("mappings merge, everything else replaces, null too; new keys are appended", () => {
    const files = {
      "a.yml": "A: {x: 1, y: {z: 1}}\nB: [1, 2]\nC: {x: 1}\nD: 1",
      "b.yml": "A: {y: {w: 2}, v: 3}\nB: [3]\nC: ~\nD: {x: 1}",
    };
    const { data } = loadInMemory({ files });
    expect(show(data)).toMatchObject({ A: { X: 1, Y: { Z: 1, W: 2 }, V: 3 }, B: [3], C: null, D: { X: 1 } });
    expect(Array.from(mapAt(data, "A").keys())).toEqual(["X", "Y", "V"]);
  });

  test("minimal.yml, and whatever ends so, only fills gaps", () => {
    const files = {
      "minimal.yml": "A: minimal\nB: minimal\nS: {x: minimal, y: minimal}",
      "zz_minimal.yaml": "C: my",
      "a.yml": "A: a\nS: {x: a}",
    };
    expect(load(files)).toMatchObject({ A: "a", B: "minimal", C: "my", S: { X: "a", Y: "minimal" } });
  });

  test("an empty file, a list and AS_MISC files add nothing", () => {
    const files = { "a.yml": "", "b.yml": "- 1\n", "as_misc.yml": "AS_MISC: true\nAS_COMMAND: run", "c.yml": "C: 1" };
    const data = load(files);
    expect([data.C, data.AS_MISC, data.AS_COMMAND]).toEqual([1, undefined, undefined]);
  });

  test("what Autosubmit calculates cannot be set, EXPID only by conf", () => {
    const files = {
      "a.yml": `HPCARCH: x\nHPCROOTDIR: x\nDEFAULT:\n  EXPID: a000\n  CUSTOM_CONFIG: /c.yml\n`,
      "/c.yml": "DEFAULT: {EXPID: other, X: 1}\nHPCLOGDIR: x",
    };
    const data = load(files);
    expect(data).toMatchObject({
      HPCARCH: "LOCAL",
      HPCROOTDIR: "/site/a000/tmp",
      HPCLOGDIR: "/site/a000/tmp/LOG_a000",
    });
    expect(data.DEFAULT).toMatchObject({ EXPID: "a000", X: 1 });
  });
});

describe("CUSTOM_CONFIG, the verified outcomes of §4.2", () => {
  const p1 = { "/p1.yml": "A: p1\nP1: 1" };
  const p2 = { "/p2.yml": "A: p2\nP2: 1" };

  test.each(['"/p1.yml,/p2.yml"', '"/p1.yml, /p2.yml"', '"/p1.yml /p2.yml"', "{PRE: [/p1.yml, /p2.yml]}"])(
    "of a PRE list %s the later file wins",
    (names) => {
      expect(load({ "a.yml": custom(names), ...p1, ...p2 })).toMatchObject({ A: "p2", P1: 1, P2: 1 });
    },
  );

  test("conf wins over PRE, minimal.yml does not", () => {
    expect(load({ "a.yml": `${custom("/p1.yml")}A: conf`, ...p1 })).toMatchObject({ A: "conf", P1: 1 });
    expect(load({ "minimal.yml": `${custom("/p1.yml")}A: conf`, ...p1 })).toMatchObject({ A: "p1" });
  });

  test("POST overrides everything, the last one most of all", () => {
    const files = { "a.yml": `${custom("{PRE: /p1.yml, POST: [/q1.yml, /q2.yml]}")}A: conf\nB: conf`, ...p1 };
    expect(load({ ...files, "/q1.yml": "A: q1\nB: q1", "/q2.yml": "A: q2" })).toMatchObject({ A: "q2", B: "q1" });
  });

  test("a file's own PRE goes under it", () => {
    const files = { "a.yml": custom("/p1.yml"), "/p1.yml": `${custom("/np.yml")}A: p1` };
    expect(load({ ...files, "/np.yml": "A: np\nB: np" })).toMatchObject({ A: "p1", B: "np" });
  });

  test("a file's own POST is lost unless the file is the last of its list", () => {
    const nested = { "/p1.yml": `${custom("{POST: /np.yml}")}A: p1`, "/np.yml": "A: np\nB: np" };
    const lost = load({ "a.yml": custom("{PRE: [/p1.yml, /p2.yml]}"), ...nested, "/p2.yml": "C: 1" });
    expect([lost.A, lost.B]).toEqual(["p1", undefined]);
    const kept = load({ "a.yml": custom("{PRE: [/p2.yml, /p1.yml]}"), ...nested, "/p2.yml": "C: 1" });
    expect([kept.A, kept.B]).toEqual(["np", "np"]);
  });

  test("a folder stands for its files, the later name wins", () => {
    const files = { "a.yml": custom("/f/"), "/f/b.yml": "A: b", "/f/a.yaml": "A: a\nB: a", "/f/c.txt": "A: c" };
    expect(load(files)).toMatchObject({ A: "b", B: "a" });
  });

  test("placeholders and a leading ~ are filled in", () => {
    const files = {
      "a.yml": `${custom('"%PROJDIR%/%V.N%.yml,~/h.yml"')}V: {N: p}`,
      "/site/a000/proj/project_files/p.yml": "A: 1",
      "/home/u/h.yml": "B: 1",
    };
    expect(load(files)).toMatchObject({ A: 1, B: 1 });
  });

  test("CUSTOM_CONFIG stays, with its placeholders filled in and its lists joined", () => {
    const text = loadInMemory({ files: { "a.yml": custom('"%ROOTDIR%/x.yml"') } }).data;
    expect(valueAt(text, "DEFAULT", "CUSTOM_CONFIG")).toBe("/site/a000/x.yml");
    const mapping = loadInMemory({ files: { "a.yml": custom("{POST: [/x.yml, /y.yml]}") } }).data;
    expect(show(valueAt(mapping, "DEFAULT", "CUSTOM_CONFIG"))).toEqual({ POST: "/x.yml,/y.yml" });
  });

  test("missing files are warnings, unless their name is not known yet", () => {
    const { warnings } = loadInMemory({ files: { "a.yml": custom('"/no.yml,%WHO%/x.yml,relative.yml"') } });
    expect(warnings).toEqual([
      "CUSTOM_CONFIG: /no.yml does not exist",
      'CUSTOM_CONFIG: "relative.yml" is not an absolute path',
    ]);
  });

  test("files that include each other are loaded once", () => {
    const files = {
      "a.yml": custom("/p1.yml"),
      "/p1.yml": `${custom("/p2.yml")}A: 1`,
      "/p2.yml": `${custom("/p1.yml")}B: 1`,
    };
    expect(load(files)).toMatchObject({ A: 1, B: 1 });
  });

  test("an outer mapping with placeholders and an inner text fail as in Autosubmit", () => {
    const outer = { "a.yml": custom('{PRE: "%ROOTDIR%/p1.yml"}'), "/site/a000/p1.yml": custom('"%ROOTDIR%/p2.yml"') };
    expect(failure(outer).code).toBe("CONFIG_INVALID");
  });

  test("an outer text and an inner mapping do not", () => {
    const files = { "a.yml": custom("/p1.yml"), "/p1.yml": `${custom("{PRE: /p2.yml}")}A: 1`, "/p2.yml": "B: 1" };
    expect(load(files)).toMatchObject({ A: 1, B: 1, DEFAULT: { CUSTOM_CONFIG: "/p1.yml" } });
  });
});

describe("what is added to the files", () => {
  test("environment, user, folders, description and the settings of the site, in this order", () => {
    const { data } = loadInMemory({
      files: { "a.yml": "A: 1" },
      description: "an experiment",
      environment: { user: "u", sudoUser: "s", autosubmitVariables: { AS_ENV_Z: "1", AS_ENV_A: "2" } },
    });
    const keys = Array.from(data.keys());
    expect(keys.slice(0, 7)).toEqual([
      "DEFAULT",
      "A",
      "ROOTDIR",
      "PROJDIR",
      "AS_ENV_Z",
      "AS_ENV_A",
      "AS_ENV_CURRENT_USER",
    ]);
    expect(keys.slice(7)).toEqual([
      ..."ALLOWED_HOSTS AS_TIMES_DB AUTOSUBMIT_API_URL CONFIG_FILE_FOUND CUSTOM_PLATFORMS_PATH DATABASE_BACKEND".split(
        " ",
      ),
      ..."DATABASE_CONN_URL DB_DIR DB_FILE DB_PATH DEFAULT_JOBS_CONF DEFAULT_OUTPUT_DIR DEFAULT_PLATFORMS_CONF".split(
        " ",
      ),
      ..."DENIED_HOSTS GLOBAL_LOG_DIR HISTORICAL_LOG_DIR JOBDATA_DIR LOCAL_ASLOG_DIR LOCAL_PROJ_DIR LOCAL_ROOT_DIR".split(
        " ",
      ),
      ..."LOCAL_TMP_DIR LOG_RECOVERY_TIMEOUT MAIL_FROM SMTP_SERVER STRUCTURES_DIR".split(" "),
      ..."AUTOSUBMIT HPCARCH HPCROOTDIR HPCLOGDIR".split(" "),
    ]);
    expect(show(data)).toMatchObject({
      AS_ENV_CURRENT_USER: "s",
      ROOTDIR: "/site/a000",
      DEFAULT: { DESCRIPTION: "an experiment" },
      DB_PATH: "/site/autosubmit.db",
      CONFIG_FILE_FOUND: true,
      LOG_RECOVERY_TIMEOUT: 60,
      AUTOSUBMIT: {},
    });
  });

  test("the user is the one before sudo, else the process's, else null", () => {
    const user = (environment: { user: string | null; sudoUser: string | null }) =>
      loadInMemory({ files: {}, environment }).data.get("AS_ENV_CURRENT_USER");
    expect([
      user({ user: "u", sudoUser: "s" }),
      user({ user: "u", sudoUser: null }),
      user({ user: null, sudoUser: null }),
    ]).toEqual(["s", "u", null]);
  });

  test.each([
    ["{PROJECT_TYPE: git}", "project_files"],
    ["{PROJECT_DESTINATION: dest/}", "dest"],
    ['{PROJECT_TYPE: git, PROJECT_DESTINATION: ""}', "repo"],
    ['{PROJECT_TYPE: svn, PROJECT_DESTINATION: ""}', "trunk"],
    ['{PROJECT_TYPE: local, PROJECT_DESTINATION: ""}', "model"],
    ['{PROJECT_TYPE: none, PROJECT_DESTINATION: ""}', ""],
  ])("the project of %s is in proj/%s", (project, folder) => {
    const origins =
      "GIT: {PROJECT_ORIGIN: https://x/y/repo.git}\nSVN: {PROJECT_URL: svn://x/trunk}\nLOCAL: {PROJECT_PATH: /p/model}";
    const path = `/site/a000/proj/${folder}`.replace(/\/$/, "");
    expect(load({ "a.yml": `PROJECT: ${project}\n${origins}` }).PROJDIR).toBe(path);
  });

  test("the main platform is copied to the top, before its placeholders know the folders", () => {
    const platform = '{USER: u, SCRATCH_DIR: /scratch/, PROJECT: p, QUEUE: q, X: "%HPCROOTDIR%/x"}';
    const data = load({ "a.yml": `DEFAULT: {HPCARCH: mn5}\nPLATFORMS:\n  mn5: ${platform}` });
    expect(data).toMatchObject({
      HPCARCH: "MN5",
      HPCQUEUE: "q",
      HPCROOTDIR: "/scratch/p/u/a000",
      HPCLOGDIR: "/scratch/p/u/a000/LOG_a000",
      HPCX: "%HPCROOTDIR%/x",
      PLATFORMS: { MN5: { X: "/scratch/p/u/a000/x" } },
    });
  });

  test("an incomplete platform has no folders, LOCAL has those of the experiment", () => {
    const incomplete = load({ "a.yml": "DEFAULT: {HPCARCH: mn5}\nPLATFORMS: {mn5: {USER: u}}" });
    expect([incomplete.HPCROOTDIR, incomplete.HPCUSER]).toEqual([undefined, "u"]);
    expect(load({ "a.yml": "DEFAULT: {HPCARCH: local}" }).HPCROOTDIR).toBe("/site/a000/tmp");
    const elsewhere = "PLATFORMS: {mn5: {USER: u, SCRATCH_DIR: /s, PROJECT: p, SCRATCH_PROJECT_DIR: /d}}";
    expect(load({ "a.yml": `DEFAULT: {HPCARCH: mn5}\n${elsewhere}` }).HPCROOTDIR).toBe("/d/u/a000");
  });
});

describe("failures", () => {
  test("a broken file fails the whole, named with line and column", () => {
    const error = failure({ "a.yml": "A: 1", "b.yml": "A: 1\nB: [\n" });
    expect(error).toMatchObject({
      code: "CONFIG_INVALID",
      expid: "a000",
      path: "/site/a000/conf/b.yml",
      line: 3,
      column: 1,
    });
  });

  test.each([
    ["a single value", "text"],
    ["DEFAULT that is a text", "DEFAULT: text"],
    ["a null HPCARCH", "DEFAULT: {HPCARCH: ~}"],
    ["PROJECT that is a text", "PROJECT: x"],
    ["a destination that is a number", "PROJECT: {PROJECT_DESTINATION: 5}"],
    ["a null destination", "PROJECT: {PROJECT_DESTINATION: ~}"],
    ["a main platform that is null", "DEFAULT: {HPCARCH: mn5}\nPLATFORMS: {MN5: ~}"],
    ["PLATFORMS that is a list", "PLATFORMS: [a]"],
    ["CUSTOM_CONFIG with a null PRE", "DEFAULT: {CUSTOM_CONFIG: {PRE: ~}}"],
    ["CUSTOM_CONFIG with a list of other things", "DEFAULT: {CUSTOM_CONFIG: {PRE: [1]}}"],
    ["a platform whose user is a number", "PLATFORMS: {LOCAL: {USER: 1, SCRATCH_DIR: /s, PROJECT: p}}"],
  ])("%s", (_what, text) => {
    expect(failure({ "a.yml": text }).code).toBe("CONFIG_INVALID");
  });

  test("a mapping in minimal.yml that is none elsewhere", () => {
    expect(failure({ "minimal.yml": "A: {x: 1}", "a.yml": "A: text" }).code).toBe("CONFIG_INVALID");
  });

  test("no conf folder", () => {
    const input = { expid: "a000", confFolder: "/x", settings: { localRootDir: "/site" } } as YamlConfigurationInput;
    expect(() => runInMemory(loadYamlConfiguration(input, createLoadContext()), {})).toThrow(SourceMissingError);
  });
});
