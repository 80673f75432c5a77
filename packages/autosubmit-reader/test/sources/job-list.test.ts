import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { encodePickle, type PickleValue } from "@autosubmit-api/fixtures";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AutosubmitReadError, ExperimentNotFoundError, SourceBusyError, SourceMissingError } from "../../src/errors.js";
import { parseAutosubmitrc } from "../../src/site/autosubmitrc.js";
import { createSite } from "../../src/site/open-site.js";
import type { Experiment, Site } from "../../src/site/site.js";
import { fingerprintJobList, readJobList } from "../../src/sources/job-list.js";
import { SqliteTableProvider } from "../../src/tables/sqlite.js";
import { createTemporarySite, type TemporarySite } from "../temporary-site.js";

const CONFORMANCE = resolve(import.meta.dirname, "../../../../../shared/conformance");

let site: TemporarySite;
let experiment: Experiment;

beforeEach(() => {
  site = createTemporarySite();
  experiment = site.site.experiment("a000");
  mkdirSync(experiment.paths.pkl, { recursive: true });
});

afterEach(() => site.remove());

const job = (status = 5): PickleValue => ({ _section: "SIM", _status: status, priority: 1, id: 7 });
const pickleOf = (...names: string[]) => encodePickle(Object.fromEntries(names.map((name) => [name, job()])), 5);
const writePickle = (content: Uint8Array) => writeFileSync(experiment.paths.jobListPickle, content);

const JOBS_TABLE = `
  CREATE TABLE jobs (name VARCHAR PRIMARY KEY, id INTEGER, priority INTEGER, status TEXT NOT NULL, section VARCHAR,
    chunk INTEGER, member TEXT, splits INTEGER, split INTEGER, date VARCHAR, local_logs_out VARCHAR,
    local_logs_err VARCHAR, remote_logs_out VARCHAR, remote_logs_err VARCHAR, wrapper_type TEXT, modified TEXT NOT NULL);
  CREATE TABLE experiment_structure (e_from VARCHAR, e_to VARCHAR, PRIMARY KEY (e_from, e_to));
`;
const writeTable = (rows: string) => site.write("a000/db/job_list.db", `${JOBS_TABLE}${rows}`);
const writeStoredPickle = (content: Uint8Array) =>
  site.write(
    "a000/pkl/job_list_a000.db",
    `CREATE TABLE job_pkl (expid VARCHAR PRIMARY KEY, pkl BLOB, modified VARCHAR);
     INSERT INTO job_pkl VALUES ('a000', x'${Buffer.from(content).toString("hex")}', '2026-06-10 16:30:31.123456')`,
  );

async function failure(run: Promise<unknown>): Promise<AutosubmitReadError> {
  const error = await run.then(
    () => new Error("nothing was thrown"),
    (thrown: unknown) => thrown,
  );
  if (error instanceof AutosubmitReadError) return error;
  throw error;
}

describe("which source is read", () => {
  test("the table of 4.2, when it holds a job, even beside a pickle", async () => {
    writePickle(pickleOf("old"));
    const path = writeTable(`
      INSERT INTO jobs (name, id, status, section, chunk, member, split, splits, date, remote_logs_out, modified)
      VALUES ('a000_SIM', 12, 'COMPLETED', 'SIM', 2, 'fc0', 1, 3, '2000-01-01T00:00:00', '', '2026-06-10 16:30:31'),
             ('a000_POST', NULL, 'NEW_STATUS', 'POST', NULL, 5, NULL, NULL, NULL, NULL, '2026-06-10 16:30:32');
      INSERT INTO experiment_structure VALUES ('a000_SIM', 'a000_POST'), ('a000_SIM', 'a000_SIM');
    `);
    const when = new Date("2026-07-01T09:00:00Z");
    utimesSync(path, when, when);
    const list = await readJobList(experiment);
    const none = { localOut: null, localErr: null, remoteErr: null, wrapperType: null, priority: 0 };
    expect(list).toEqual({
      format: "table",
      path,
      modifiedAt: when,
      jobs: [
        {
          ...none,
          name: "a000_SIM",
          id: 12,
          status: 5,
          section: "SIM",
          chunk: 2,
          member: "fc0",
          split: 1,
          splits: 3,
          date: "2000-01-01T00:00:00",
          remoteOut: "",
        },
        {
          ...none,
          name: "a000_POST",
          id: null,
          status: -2,
          section: "POST",
          chunk: null,
          member: "5",
          split: null,
          splits: null,
          date: null,
          remoteOut: null,
        },
      ],
      problems: [{ index: 1, name: "a000_POST", message: "status cannot be read; -2 is used instead" }],
      edges: [{ from: "a000_SIM", to: "a000_POST" }],
    });
  });

  test("the pickle, when the table is empty", async () => {
    writePickle(pickleOf("a000_SIM"));
    writeTable("");
    const list = await readJobList(experiment);
    expect([list.format, list.path, list.jobs[0]?.name]).toEqual(["dict", experiment.paths.jobListPickle, "a000_SIM"]);
  });

  test("the pickle in a table, when there is nothing else", async () => {
    const path = writeStoredPickle(pickleOf("stored"));
    const list = await readJobList(experiment);
    expect([list.format, list.path, list.jobs[0]?.name]).toEqual(["dict", path, "stored"]);
    expect(list.modifiedAt).toEqual(new Date(2026, 5, 10, 16, 30, 31, 123));
    writePickle(pickleOf("file"));
    expect((await readJobList(experiment)).jobs[0]?.name).toBe("file");
  });

  test("nothing of the kind: the pickle is named", async () => {
    const error = await failure(readJobList(experiment));
    expect(error).toBeInstanceOf(SourceMissingError);
    expect(error).toMatchObject({ code: "SOURCE_MISSING", expid: "a000", path: experiment.paths.jobListPickle });
  });

  test("no folder at all: the experiment is not found", async () => {
    expect(await failure(readJobList(site.site.experiment("zzzz")))).toBeInstanceOf(ExperimentNotFoundError);
  });

  test("a database of an old version at the place of the stored pickle is none", async () => {
    site.write("a000/pkl/job_list_a000.db", "CREATE TABLE job_list (name TEXT)");
    expect((await failure(readJobList(experiment))).code).toBe("SOURCE_MISSING");
  });
});

describe("files that are not what they should be", () => {
  const read = () => failure(readJobList(experiment));

  test("an empty file", async () => {
    writePickle(new Uint8Array());
    const error = await read();
    expect(error).toBeInstanceOf(SourceBusyError);
    expect(error.message).toMatch(/job_list_a000\.pkl is being written or was cut short: it is empty$/);
  });

  test("a truncated file", async () => {
    writePickle(pickleOf("a000_SIM").subarray(0, 60));
    const error = await read();
    expect(error).toMatchObject({ code: "SOURCE_BUSY", expid: "a000", path: experiment.paths.jobListPickle });
    expect(error.message).toMatch(/is being written or was cut short: the pickle ends .* at byte \d+$/);
    expect(error.offset).not.toBeNull();
  });

  test.each([0, 60])(
    "%d bytes of a list that nobody has written to for minutes are corrupt, at once",
    async (length) => {
      writePickle(pickleOf("a000_SIM").subarray(0, length));
      const earlier = new Date(Date.now() - 120_000);
      utimesSync(experiment.paths.jobListPickle, earlier, earlier);
      const error = await read();
      expect(error).toMatchObject({ code: "SOURCE_CORRUPT", expid: "a000", path: experiment.paths.jobListPickle });
      expect(error.message).toMatch(/ends .* at byte \d+$/);
    },
  );

  test("a file that claims 500 MB", async () => {
    writePickle(Buffer.from("\x80\x05X\x00\x65\xcd\x1dabc.", "latin1"));
    expect((await read()).message).toMatch(/BINUNICODE announces 500000000 bytes, 4 are left, at byte 2$/);
  });

  test("garbage", async () => {
    writePickle(Buffer.from("this is no pickle"));
    const error = await read();
    expect(error).toMatchObject({ code: "SOURCE_CORRUPT", expid: "a000", path: experiment.paths.jobListPickle });
    expect(error.offset).not.toBeNull();
  });

  test("a pickle that runs code elsewhere", async () => {
    const witness = join(site.root, "witness");
    writePickle(Buffer.from(`cos\nsystem\n(S'touch ${witness}'\ntR.`));
    expect((await read()).code).toBe("FORMAT_UNSUPPORTED");
    expect(existsSync(witness)).toBe(false);
  });

  test("a file larger than allowed is not read", async () => {
    writePickle(pickleOf("a000_SIM"));
    const error = await failure(readJobList(experiment, { maxBytes: 10 }));
    expect(error.code).toBe("SOURCE_TOO_LARGE");
    expect(error.message).toMatch(/has \d+ bytes, 10 are allowed$/);
  });

  test("a directory", async () => {
    mkdirSync(experiment.paths.jobListPickle);
    expect((await read()).message).toMatch(/is not a regular file$/);
  });

  test("a pipe is never opened", async () => {
    execFileSync("mkfifo", [experiment.paths.jobListPickle]);
    expect(await read()).toMatchObject({ code: "SOURCE_UNREADABLE" });
  });

  test("a device is never opened", async () => {
    symlinkSync("/dev/zero", experiment.paths.jobListPickle);
    expect(await read()).toMatchObject({ code: "SOURCE_UNREADABLE" });
  });

  test.skipIf(process.getuid?.() === 0)("a file that may not be read", async () => {
    writePickle(pickleOf("a000_SIM"));
    chmodSync(experiment.paths.jobListPickle, 0);
    expect(await read()).toMatchObject({ code: "SOURCE_UNREADABLE" });
  });

  test("a table that holds no database", async () => {
    mkdirSync(dirname(experiment.paths.jobListDb), { recursive: true });
    writeFileSync(experiment.paths.jobListDb, "this is no database, but long enough to be looked at ".repeat(50));
    expect((await read()).code).toBe("SOURCE_CORRUPT");
  });

  test("a stored pickle that is corrupt", async () => {
    const path = writeStoredPickle(Buffer.from("\xff"));
    expect(await read()).toMatchObject({ code: "SOURCE_CORRUPT", expid: "a000", path });
  });
});

describe("files that are being written", () => {
  test("an incomplete file is read again until it is complete", async () => {
    const whole = pickleOf("a000_SIM");
    writePickle(whole.subarray(0, 40));
    const reading = readJobList(experiment);
    await sleep(60);
    appendFileSync(experiment.paths.jobListPickle, whole.subarray(40));
    expect((await reading).jobs).toHaveLength(1);
  });

  test("a file that is replaced gives the old or the new list, never an error", { timeout: 60_000 }, async () => {
    const path = experiment.paths.jobListPickle;
    const lists = [pickleOf("one"), pickleOf(...Array.from({ length: 500 }, (_, index) => `a000_${index}_SIM`))];
    writePickle(pickleOf("one"));
    for (let round = 0; round < 100; round += 1) {
      const reading = readJobList(experiment);
      writeFileSync(`${path}.tmp`, lists[round % 2] ?? new Uint8Array());
      renameSync(`${path}.tmp`, path);
      expect([1, 500]).toContain((await reading).jobs.length);
    }
  });
});

describe("fingerprintJobList", () => {
  test("is null when there is nothing to read", async () => {
    expect(await fingerprintJobList(experiment)).toBeNull();
    expect(await fingerprintJobList(site.site.experiment("zzzz"))).toBeNull();
  });

  test("changes with every place that the list could be read from", async () => {
    const seen = new Set([await fingerprintJobList(experiment)]);
    const changes = [
      () => writePickle(pickleOf("a")),
      () => writePickle(pickleOf("b")),
      () => writeTable(""),
      () => site.write("a000/db/job_list.db", "INSERT INTO jobs (name, status, modified) VALUES ('a', 'READY', '')"),
      () => writeStoredPickle(pickleOf("c")),
    ];
    for (const [index, change] of changes.entries()) {
      change();
      seen.add(await fingerprintJobList(experiment));
      expect(seen.size).toBe(index + 2);
    }
    expect(await fingerprintJobList(experiment)).toBe([...seen].at(-1));
  });
});

/** The counts of formats reference §8. */
const COUNTS: [string, number, Record<number, number>][] = [
  ["a003", 8, { 0: 7, 1: 1 }],
  ["a3tb", 55, { 5: 24, 0: 24, 3: 4, [-3]: 2, 4: 1 }],
  ["a1ve", 8, { 5: 8 }],
  ["a8qc", 79, { 5: 79 }],
  ["a1vj", 8, { 0: 7, 1: 1 }],
  ["aa6f", 10, { 5: 10 }],
  ["a007", 8, { 5: 8 }],
];

describe.skipIf(!existsSync(CONFORMANCE))("experiments of the conformance suite", () => {
  const reference = siteIn("workspaces/reference");
  const statuses = (list: { jobs: { status: number }[] }) => {
    const counts: Record<number, number> = {};
    for (const { status } of list.jobs) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  };

  test.each(COUNTS)("%s: %i jobs", async (expid, total, counts) => {
    const list = await readJobList(reference.experiment(expid));
    expect(list.jobs).toHaveLength(total);
    expect(list.problems).toEqual([]);
    expect(statuses(list)).toEqual(counts);
  });

  test("a003: one job in full", async () => {
    const { jobs } = await readJobList(reference.experiment("a003"));
    expect(jobs.find(({ name }) => name === "a003_20220401_fc0_1_SIM")).toMatchObject({
      id: 0,
      priority: 3,
      section: "SIM",
      chunk: 1,
      member: "fc0",
      date: "2022-04-01T00:00:00",
      wrapperType: "none",
    });
  });

  test("a1ve: the real splits, and the edges", async () => {
    const { jobs, edges } = await readJobList(reference.experiment("a1ve"));
    expect(jobs.find(({ name }) => name === "a1ve_2_ASIM")).toMatchObject({ split: 2, splits: 3 });
    expect(edges).toHaveLength(11);
  });

  test("a8qc: 73 jobs with a date, ids as numbers and as text", async () => {
    const { jobs } = await readJobList(reference.experiment("a8qc"));
    expect(jobs.filter(({ date }) => date !== null)).toHaveLength(73);
    expect(jobs.filter(({ id }) => typeof id === "number")).toHaveLength(40);
    expect(jobs.filter(({ id }) => typeof id === "string")).toHaveLength(39);
  });

  test("aa6f: splits 1 to 4 of 4, and two jobs without", async () => {
    const { jobs } = await readJobList(reference.experiment("aa6f"));
    expect(jobs.filter(({ splits }) => splits === 4).map(({ split }) => split)).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
    expect(jobs.filter(({ split, splits }) => split === null && splits === null)).toHaveLength(2);
  });

  test("Autosubmit 4.2: 69 jobs from the table, with edges and dates", async () => {
    const list = await readJobList(siteIn("samples/autosubmit-4.2").experiment("a000"));
    expect([list.format, list.jobs.length, list.problems]).toEqual(["table", 69, []]);
    expect(statuses(list)).toEqual({ 5: 63, [-1]: 2, 0: 4 });
    expect(list.edges?.length).toBeGreaterThan(60);
    expect(list.jobs.some(({ date }) => date === "2000-01-01T00:00:00")).toBe(true);
    expect(await fingerprintJobList(siteIn("samples/autosubmit-4.2").experiment("a000"))).not.toBeNull();
  });
});

/** The site whose files are in that folder, read where they are. */
function siteIn(folder: string): Site {
  const root = join(CONFORMANCE, folder);
  const text = `[database]\npath = ${root}\n[local]\npath = ${root}`;
  const parsed = parseAutosubmitrc([{ path: "autosubmitrc", text }], { home: root, workingDirectory: root });
  const settings = { ...parsed, warnings: [] };
  const environment = { user: null, sudoUser: null, home: root, autosubmitVariables: {} };
  return createSite(settings, environment, new SqliteTableProvider(settings));
}
