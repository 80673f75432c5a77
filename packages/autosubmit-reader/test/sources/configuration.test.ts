import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AutosubmitReadError, ExperimentNotFoundError, SourceMissingError } from "../../src/errors.js";
import { mapAt, valueAt } from "../../src/formats/config/config-value.js";
import { openSite } from "../../src/site/open-site.js";
import type { Experiment, Site } from "../../src/site/site.js";
import { loadConfiguration, readConfigurationFacts } from "../../src/sources/configuration.js";
import { createConfigurationCache } from "../../src/sources/configuration-cache.js";

let root: string;
let site: Site;
let experiment: Experiment;
const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "autosubmit-configuration-"));
  write(".autosubmitrc", `[database]\npath = ${root}\n[local]\npath = ${root}\n`);
  describeExperiment("first");
  const environment = { HOME: join(root, "home"), USER: userInfo().username, AS_ENV_SITE: "here" };
  site = await openSite({ configurationFile: join(root, ".autosubmitrc"), environment });
  experiment = site.experiment("a000");
  write("a000/conf/a.yml", "A: 1\n");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Dated back, as files usually are: what was written this very moment may be written again without a new date. */
function write(name: string, content: string | Buffer): string {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

function describeExperiment(description: string): void {
  const database = new Database(join(root, "autosubmit.db"));
  database.exec(
    "CREATE TABLE IF NOT EXISTS experiment(id INTEGER PRIMARY KEY, name TEXT, description TEXT, autosubmit_version TEXT)",
  );
  database.prepare("INSERT OR REPLACE INTO experiment VALUES (1, 'a000', ?, '4.1')").run(description);
  database.close();
}

const custom = (path: string) => `DEFAULT: {CUSTOM_CONFIG: "${path}"}\n`;
const load = async () => (await loadConfiguration(experiment)).data;

async function failure(of: Experiment = experiment): Promise<AutosubmitReadError> {
  const error: unknown = await loadConfiguration(of).catch((caught: unknown) => caught);
  if (error instanceof AutosubmitReadError) return error;
  throw new Error("the reader's own error is expected", { cause: error });
}

describe("loadConfiguration", () => {
  test("YAML, with what the site, the environment and the main database add", async () => {
    const { dialect, data, facts, warnings } = await loadConfiguration(experiment);
    expect([dialect, facts.dialect, warnings]).toEqual(["yaml", "yaml", []]);
    expect(Object.fromEntries(data)).toMatchObject({
      A: 1,
      ROOTDIR: join(root, "a000"),
      AS_ENV_SITE: "here",
      DB_DIR: root,
    });
    expect(valueAt(data, "DEFAULT", "DESCRIPTION")).toBe("first");
  });

  test("INI when expdef_<expid>.conf exists, whatever else there is", async () => {
    for (const name of ["autosubmit", "platforms", "jobs", "expdef"])
      write(`a000/conf/${name}_a000.conf`, "[a]\nb = 1\n");
    const { dialect, data } = await loadConfiguration(experiment);
    expect([dialect, Array.from(data.keys())]).toEqual(["ini", ["conf", "exp", "platforms", "jobs", "proj"]]);
  });

  test("an upgraded experiment keeps backups that mean nothing", async () => {
    write("a000/conf/expdef_a000.conf_AS_v3_backup", "[a]\n");
    expect((await loadConfiguration(experiment)).dialect).toBe("yaml");
  });

  test("no experiment, no conf, an INI file that is missing", async () => {
    expect(await failure(site.experiment("zzzz"))).toBeInstanceOf(ExperimentNotFoundError);
    mkdirSync(join(root, "b000"));
    expect(await failure(site.experiment("b000"))).toBeInstanceOf(SourceMissingError);
    write("a000/conf/expdef_a000.conf", "");
    expect((await failure()).message).toBe(`Required file not found ${root}/a000/conf/autosubmit_a000.conf`);
  });

  test("latin1, Windows line ends and a byte order mark", async () => {
    write("a000/conf/b.yml", Buffer.from("N: Simulaci\xf3n\r\nT: |\r\n  a\r\n  b\r\n", "latin1"));
    write("a000/conf/c.yml", "\ufeffC: 1\n");
    expect(Object.fromEntries(await load())).toMatchObject({ N: "Simulación", T: "a\nb\n", C: 1 });
  });

  test("a broken file is named with line and column", async () => {
    const path = write("a000/conf/b.yml", "A: 1\nB: [\n");
    expect(await failure()).toMatchObject({ code: "CONFIG_INVALID", expid: "a000", path, line: 3, column: 1 });
  });

  test("custom files may be anywhere; links are followed", async () => {
    const other = write("shared/other.yml", "O: 1\n");
    symlinkSync(other, join(root, "a000", "link.yml"));
    write("a000/conf/a.yml", `${custom(`${root}/a000/link.yml,~/mine.yml`)}A: 1\n`);
    write("home/mine.yml", "M: 1\n");
    expect(Object.fromEntries(await load())).toMatchObject({ O: 1, M: 1 });
  });

  test("without a main database the description is empty, and that is told", async () => {
    unlinkSync(join(root, "autosubmit.db"));
    const { data, warnings } = await loadConfiguration(experiment);
    expect(valueAt(data, "DEFAULT", "DESCRIPTION")).toBe("");
    expect(warnings).toEqual([expect.stringContaining("DEFAULT.DESCRIPTION is empty")]);
  });

  test("every file that was read or looked for is listed", async () => {
    write("a000/conf/a.yml", `${custom("/no/such.yml")}A: 1\n`);
    const { files } = await loadConfiguration(experiment);
    const found = new Map(files.map(({ path, fingerprint }) => [path, fingerprint !== null]));
    expect(Object.fromEntries(found)).toEqual({
      [`${root}/a000/conf/expdef_a000.conf`]: false,
      [`${root}/a000/conf`]: true,
      [`${root}/a000/conf/a.yml`]: true,
      "/no/such.yml": false,
    });
  });
});

describe("what is not read", () => {
  test("pipes, devices and the kernel's files, which would wait or tell about the process", async () => {
    execFileSync("mkfifo", [join(root, "pipe.yml")]);
    write("a000/conf/a.yml", custom(`${root}/pipe.yml,/dev/zero,/proc/self/environ,/proc/self/status`));
    const { warnings } = await loadConfiguration(experiment);
    expect(warnings).toEqual([
      `CUSTOM_CONFIG: ${root}/pipe.yml is neither a file nor a folder`,
      "CUSTOM_CONFIG: /dev/zero is neither a file nor a folder",
      "CUSTOM_CONFIG: /proc/self/environ is no file of this site",
      "CUSTOM_CONFIG: /proc/self/status is no file of this site",
    ]);
  });

  test("a pipe in conf is skipped", async () => {
    execFileSync("mkfifo", [join(root, "a000/conf/b.yml")]);
    const { data, warnings } = await loadConfiguration(experiment);
    expect([data.get("A"), warnings.length]).toEqual([1, 1]);
  });

  test.skipIf(!isRoot)("files private to another user than the experiment's owner", async () => {
    const secret = write("secret.yml", "SECRET: x\n");
    chmodSync(secret, 0o600);
    write("a000/conf/a.yml", custom(secret));
    expect((await load()).get("SECRET")).toBe("x");
    chownSync(join(root, "a000"), NOBODY, NOBODY);
    const { data, warnings } = await loadConfiguration(experiment);
    expect([data.get("SECRET"), warnings]).toEqual([
      undefined,
      [`CUSTOM_CONFIG: ${secret} is private to another user`],
    ]);
  });

  test("files beyond the limit", async () => {
    write("a000/conf/b.yml", `A: ${"x".repeat(33 * 2 ** 20)}`);
    expect(await failure()).toMatchObject({ code: "SOURCE_TOO_LARGE", path: join(root, "a000/conf/b.yml") });
  });
});

describe("AUTOSUBMIT.WORKFLOW_COMMIT", () => {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", "-c", "init.defaultBranch=main", ...args], {
      cwd: join(root, "a000/proj/model"),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  const commit = async () => mapAt(await load(), "AUTOSUBMIT").get("WORKFLOW_COMMIT");

  beforeEach(() => {
    write("a000/conf/a.yml", "PROJECT: {PROJECT_TYPE: git, PROJECT_DESTINATION: model}\n");
    write("a000/proj/model/x", "x");
    git("init");
    git("add", "x");
    git("commit", "-m", "x");
  });

  test("what is checked out: a branch, packed, detached, a worktree", async () => {
    const head = git("rev-parse", "HEAD");
    expect(await commit()).toBe(head);
    git("pack-refs", "--all");
    expect(await commit()).toBe(head);
    git("checkout", "--detach");
    expect(await commit()).toBe(head);
    git("worktree", "add", "-b", "other", join(root, "a000/proj/tree"));
    write("a000/conf/a.yml", "PROJECT: {PROJECT_TYPE: git, PROJECT_DESTINATION: tree}\n");
    expect(await commit()).toBe(head);
  });

  test("is told to the facts", async () => {
    expect((await loadConfiguration(experiment)).facts.workflowCommit).toBe(git("rev-parse", "HEAD"));
  });

  test("none for another type of project, no commit yet, or a reference that leads elsewhere", async () => {
    write("a000/conf/a.yml", "PROJECT: {PROJECT_TYPE: none, PROJECT_DESTINATION: model}\n");
    expect(await commit()).toBeUndefined();
    write("a000/conf/a.yml", "PROJECT: {PROJECT_TYPE: git, PROJECT_DESTINATION: model}\n");
    write("a000/proj/model/.git/HEAD", "ref: refs/heads/none\n");
    expect(await commit()).toBeUndefined();
    write("a000/proj/model/.git/HEAD", "ref: refs/heads/../../HEAD\n");
    expect(await commit()).toBeUndefined();
  });

  test.skipIf(!isRoot)("none when the process's user does not own the experiment", async () => {
    chownSync(join(root, "a000"), NOBODY, NOBODY);
    expect(await commit()).toBeUndefined();
  });
});

describe("the cache", () => {
  const cache = createConfigurationCache();
  const fresh = () => createConfigurationCache();

  /** Files are old enough to be trusted; a change then shows in the size, the date or the place. */
  async function settle(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 150));
  }

  test("gives the same configuration while nothing changes", async () => {
    await settle();
    const own = fresh();
    const first = await own.load(experiment);
    expect(await own.load(experiment)).toBe(first);
    expect(await own.fingerprint(experiment)).toBe(await own.fingerprint(experiment));
    expect(own.size).toBe(1);
  });

  test.each<[string, () => void]>([
    ["a changed file", () => write("a000/conf/a.yml", "A: 2\n")],
    ["a new file", () => write("a000/conf/b.yml", "A: 2\n")],
    ["a file that was missing", () => write("late.yml", "A: 2\n")],
    ["a file in an included folder", () => write("more/x.yml", "B: 2\n")],
    ["another description", () => describeExperiment("second")],
    ["INI files that appear", () => write("a000/conf/expdef_a000.conf", "")],
    [
      "a replaced file of the same size and date",
      () => {
        const path = join(root, "a000/conf/c.yml");
        const other = write("a000/other", "C: 2\n");
        utimesSync(other, 1e9, 1e9);
        renameSync(other, path);
      },
    ],
  ])("notices %s at once", async (_what, change) => {
    mkdirSync(join(root, "more"));
    utimesSync(write("a000/conf/c.yml", "C: 1\n"), 1e9, 1e9);
    write("a000/conf/a.yml", `${custom(`${root}/late.yml,${root}/more`)}A: 1\n`);
    await settle();
    const own = fresh();
    const before = await own.load(experiment);
    const fingerprint = await own.fingerprint(experiment);
    change();
    expect(await own.fingerprint(experiment)).not.toBe(fingerprint);
    const after = await own.load(experiment).catch((error: unknown) => error);
    expect(after).not.toBe(before);
  });

  test("notices every one of many changes in a row, however quick", async () => {
    const own = fresh();
    for (let i = 0; i < 30; i += 1) {
      write("a000/conf/a.yml", `A: ${i % 10}\n`);
      expect((await own.load(experiment)).data.get("A")).toBe(i % 10);
    }
  });

  test("remembers failures, and forgets them when the file is mended", async () => {
    write("a000/conf/a.yml", "A: [\n");
    await settle();
    const own = fresh();
    const first: unknown = await own.load(experiment).catch((error: unknown) => error);
    expect(first).toMatchObject({ code: "CONFIG_INVALID" });
    expect(await own.load(experiment).catch((error: unknown) => error)).toBe(first);
    write("a000/conf/a.yml", "A: 3\n");
    expect((await own.load(experiment)).data.get("A")).toBe(3);
  });

  test("an experiment that is gone is gone", async () => {
    await cache.load(experiment);
    rmSync(join(root, "a000"), { recursive: true });
    await expect(cache.load(experiment)).rejects.toBeInstanceOf(ExperimentNotFoundError);
  });

  test("keeps no more than it may, those used last", async () => {
    const experiments = ["a001", "a002", "a003"].map((expid) => {
      write(`${expid}/conf/a.yml`, `A: ${expid}\n`);
      return site.experiment(expid);
    });
    const few = createConfigurationCache({ maxEntries: 2 });
    for (const one of experiments) await few.load(one);
    expect(few.size).toBe(2);
    const tiny = createConfigurationCache({ maxBytes: 4 });
    for (const one of experiments) await tiny.load(one);
    expect(tiny.size).toBe(0);
  });

  test("keeps summaries of more experiments than configurations, and notices every change of them", async () => {
    write("a000/conf/a.yml", "DEFAULT: {HPCARCH: marenostrum5}\n");
    await settle();
    const own = createConfigurationCache({ maxEntries: 0 });
    const first = await own.summarise(experiment);
    expect(first).toMatchObject({ mainPlatform: "MARENOSTRUM5", wrapperType: null });
    expect(await own.summarise(experiment)).toBe(first);
    expect(own.size).toBe(0);
    write("a000/conf/a.yml", "DEFAULT: {HPCARCH: lumi}\n");
    expect(await own.summarise(experiment)).toMatchObject({ mainPlatform: "LUMI" });
    write("a000/conf/a.yml", "A: [\n");
    await expect(own.summarise(experiment)).rejects.toMatchObject({ code: "CONFIG_INVALID" });
  });

  test("takes a summary from the configuration that is there", async () => {
    await settle();
    const own = fresh();
    const { facts } = await own.load(experiment);
    expect((await own.summarise(experiment)).mainPlatform).toBe(facts.mainPlatform);
    expect(own.size).toBe(1);
    const none = createConfigurationCache({ maxSummaryBytes: 0 });
    expect(await none.summarise(experiment)).not.toBe(await none.summarise(experiment));
  });

  test("serves many at a time", async () => {
    const own = fresh();
    const all = await Promise.all(Array.from({ length: 50 }, () => own.load(experiment)));
    expect(new Set(all.map(({ data }) => data.get("A")))).toEqual(new Set([1]));
  });
});

describe("readConfigurationFacts", () => {
  test("goes on without a configuration that cannot be loaded", async () => {
    expect(await readConfigurationFacts(experiment)).toMatchObject({ facts: { dialect: "yaml" }, error: null });
    write("a000/conf/a.yml", "A: [\n");
    const { facts, error } = await readConfigurationFacts(experiment);
    expect([facts.chunkSize, facts.sections.size, error?.code]).toEqual([1, 0, "CONFIG_INVALID"]);
  });

  test("knows an INI experiment even then", async () => {
    write("a000/conf/expdef_a000.conf", "[a\n");
    expect((await readConfigurationFacts(experiment)).facts.dialect).toBe("ini");
  });
});
