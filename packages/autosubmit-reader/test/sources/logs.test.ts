import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { xzSync } from "node-liblzma";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  AutosubmitReadError,
  type Experiment,
  findJobLog,
  findNamedLog,
  findRunLog,
  type LineIndex,
  type LineRule,
  listLogs,
  listRecoveryLogs,
  openLog,
  readLogBytes,
  readLogLines,
  readTailOfLog,
  tailRemark,
  UnsafePathError,
  withLog,
} from "../../src/index.js";
import { createTemporarySite, type TemporarySite } from "../temporary-site.js";

let temporary: TemporarySite;
let experiment: Experiment;
beforeAll(() => {
  temporary = createTemporarySite();
  experiment = temporary.site.experiment("a000");
  for (const folder of [experiment.paths.commandLogs, experiment.paths.jobLogs, experiment.paths.conf])
    mkdirSync(folder, { recursive: true });
});
afterAll(() => temporary.remove());

const jobLog = (name: string) => join(experiment.paths.jobLogs, name);

/** The last lines of a job's log with this content. */
async function tailOf(bytes: string | Buffer, lines = 150, rule: LineRule = "newlines", maxBytes = 1024 * 1024) {
  writeFileSync(jobLog("tail.out"), bytes);
  const tail = await withLog(experiment, { folder: "jobs", name: "tail.out" }, (log) =>
    readTailOfLog(log, { lines, maxBytes }, rule),
  );
  if (tail === null) throw new Error("the log is not there");
  return tail;
}

const numbered = (count: number) => Array.from({ length: count }, (_, line) => `line ${line} ñ€`);
const PACKED = {
  plain: (text: string) => Buffer.from(text),
  gzip: (text: string) => gzipSync(text),
  xz: (text: string) => xzSync(Buffer.from(text)),
};

describe("readTailOfLog", () => {
  describe.each(Object.entries(PACKED))("%s", (_, pack) => {
    test("gives the last lines", async () => {
      const lines = numbered(1_000);
      const tail = await tailOf(pack(`${lines.join("\n")}\n`));
      expect(tail).toMatchObject({ lines: lines.slice(-150), isCut: false, isWhole: false, end: "whole" });
    });

    test("gives all lines of a shorter log, and the last one without a newline", async () => {
      expect(await tailOf(pack("one\n\nthree"))).toMatchObject({ lines: ["one", "", "three"], isWhole: true });
    });

    test("gives nothing of an empty log", async () => {
      expect(await tailOf(pack(""))).toMatchObject({ lines: [], isCut: false, end: "whole" });
    });

    test("cuts a line of 10 MB at its beginning, and says so", async () => {
      const tail = await tailOf(pack(`first\n${"é".repeat(5_000_000)}\nlast\n`), 2);
      expect(tail.isCut).toBe(true);
      expect(tail.lines.at(-1)).toBe("last");
      expect(tail.lines[0]?.length).toBeLessThan(600_000);
      expect(tail.lines[0]).toMatch(/^é+$/);
      expect(tailRemark(tail)).toContain("too long");
    });

    test("gives exactly as many lines as asked for", async () => {
      for (const count of [1, 2, 999, 1_000, 1_001])
        expect((await tailOf(pack(`${numbered(1_000).join("\n")}\n`), count)).lines).toHaveLength(
          Math.min(count, 1_000),
        );
    });
  });

  test("shows latin1 as latin1, line by line, beside UTF-8", async () => {
    const bytes = Buffer.concat([Buffer.from("utf8 ñ€\n"), Buffer.from("latin1 \xf1\n", "latin1"), Buffer.from("ñ\n")]);
    expect((await tailOf(bytes)).lines).toEqual(["utf8 ñ€", "latin1 ñ", "ñ"]);
  });

  test("shows zeros and other control characters as they are", async () => {
    expect((await tailOf(Buffer.from([0, 1, 10, 0x1b, 0x5b, 10]))).lines).toEqual(["\0\x01", "\x1b["]);
  });

  test("leaves out the first part of a character that is still being written", async () => {
    expect((await tailOf(Buffer.from("done €").subarray(0, -1))).lines).toEqual(["done "]);
  });

  test("keeps empty lines and carriage returns as the lines' rule says", async () => {
    expect((await tailOf("10%\r20%\r100%\r\nnext\r\n")).lines).toEqual(["10%\r20%\r100%", "next"]);
    expect((await tailOf("10%\r20%\fx\u2028y\x85z\n", 150, "reference")).lines).toEqual(["10%", "20%", "x", "y", "z"]);
    expect((await tailOf(gzipSync("10%\r20% \t\fx\u2028y \r\n\n"), 150, "reference")).lines).toEqual([
      "10%",
      "20% \t\fx\u2028y",
      "",
    ]);
  });

  test.each(["xz", "gzip"] as const)(
    "gives the end of what there is of a truncated %s, with a remark",
    async (kind) => {
      const text = numbered(50_000).join("\n");
      const whole = PACKED[kind](text);
      const tail = await tailOf(whole.subarray(0, Math.floor(whole.length * 0.7)));
      expect(tail.end).toBe("truncated");
      expect(tail.lines.length).toBeGreaterThan(100);
      expect(tail.lines[50]).toMatch(/^line \d+ ñ€$/);
      expect(tailRemark(tail)).toContain("still being written");
    },
  );

  test.each(["xz", "gzip"] as const)("gives what could be read of a damaged %s", async (kind) => {
    const damaged = Buffer.from(PACKED[kind](numbered(50_000).join("\n")));
    damaged.fill(0xaa, Math.floor(damaged.length / 2), Math.floor(damaged.length / 2) + 64);
    expect((await tailOf(damaged)).end).toMatch(/damaged|truncated/);
  });

  test("reads what begins like a compressed file and is none", async () => {
    expect((await tailOf(Buffer.from([0x1f, 0x8b]))).lines).toEqual([]);
    expect((await tailOf(Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a]))).lines).toHaveLength(1);
  });

  test("tells the compression from the content, whatever the name says", async () => {
    writeFileSync(jobLog("plain.out.xz"), "not compressed\n");
    const log = await openLog(experiment, "jobs", "plain.out.xz");
    expect(log?.compression).toBe("none");
    await log?.handle.close();
  });

  test("costs milliseconds for a plain log of 16 GB", async () => {
    const path = jobLog("huge.out");
    const file = openSync(path, "w");
    ftruncateSync(file, 16 * 2 ** 30);
    writeSync(file, Buffer.from(`\n${numbered(200).join("\n")}\n`), 0, null, 16 * 2 ** 30);
    const startedAt = performance.now();
    const tail = await withLog(experiment, { folder: "jobs", name: "huge.out" }, (log) =>
      readTailOfLog(log, { lines: 150, maxBytes: 1024 * 1024 }),
    );
    expect(performance.now() - startedAt).toBeLessThan(500);
    expect(tail?.lines).toEqual(numbered(200).slice(-150));
    truncateSync(path, 0);
  });

  test("a log that grows while it is read is read as it was at the beginning", async () => {
    writeFileSync(jobLog("growing.out"), "one\ntwo\n");
    const tail = await withLog(experiment, { folder: "jobs", name: "growing.out" }, async (log) => {
      appendFileSync(jobLog("growing.out"), "three\n");
      return readTailOfLog(log, { lines: 10, maxBytes: 1_000 });
    });
    expect(tail?.lines).toEqual(["one", "two"]);
  });

  test("a log that was cut while it is read gives what is left", async () => {
    writeFileSync(jobLog("cut.out"), "x".repeat(200_000));
    const tail = await withLog(experiment, { folder: "jobs", name: "cut.out" }, async (log) => {
      writeFileSync(jobLog("cut.out"), "short\n");
      return readTailOfLog(log, { lines: 10, maxBytes: 1_000_000 });
    });
    expect(tail?.lines).toEqual(["short"]);
  });
});

describe("readLogLines", () => {
  const lines = Array.from({ length: 100_000 }, (_, line) => `line ${line} of the log, ${"·".repeat(line % 40)}`);
  const read = (name: string, from: number, count: number, search: string | null, index: LineIndex | null) =>
    withLog(experiment, { folder: "jobs", name }, (log) => readLogLines(log, { from, count, search }, index));

  test.each(Object.entries(PACKED))("%s: gives lines from anywhere, with and without an index", async (kind, pack) => {
    const name = `lines-${kind}.out`;
    writeFileSync(jobLog(name), pack(lines.join("\n")));
    let index: LineIndex | null = null;
    for (const from of [0, 99_990, 50_000, 3, 99_999, 20_000]) {
      const found = await read(name, from, 20, null, index);
      expect(found?.lines.map(({ text }) => text)).toEqual(lines.slice(from, from + 20));
      expect(found?.lines[0]?.number).toBe(from);
      expect(found?.nextLine).toBe(from + 20 > lines.length ? null : from + 20);
      index = found?.index ?? null;
    }
    expect((await read(name, 5, 1, null, index))?.totalLines).toBe(lines.length);
    expect(await read(name, 100_000, 5, null, index)).toMatchObject({ lines: [], nextLine: null });
  });

  test("finds text in any case, and goes on where it stopped", async () => {
    writeFileSync(jobLog("search.out"), lines.join("\n"));
    const first = await read("search.out", 0, 2, "LINE 9999", null);
    expect(first?.lines.map(({ number }) => number)).toEqual([9_999, 99_990]);
    const rest = await read("search.out", first?.nextLine ?? 0, 100, "LINE 9999", first?.index ?? null);
    expect(rest?.lines.map(({ number }) => number)).toEqual([
      99_991, 99_992, 99_993, 99_994, 99_995, 99_996, 99_997, 99_998, 99_999,
    ]);
    expect(rest?.nextLine).toBeNull();
  });

  test("cuts long lines and goes on after them", async () => {
    writeFileSync(jobLog("long.out"), `${"x".repeat(10_000_000)}\nshort\n`);
    const found = await read("long.out", 0, 10, null, null);
    expect(found?.lines.map(({ text, isCut }) => [text.length, isCut])).toEqual([
      [65_536, true],
      [5, false],
    ]);
  });

  test("an index goes on with a log that grew, and is dropped for another text in the same file", async () => {
    writeFileSync(jobLog("reused.out"), `${lines.join("\n")}\n`);
    const first = await read("reused.out", 99_999, 10, null, null);
    appendFileSync(jobLog("reused.out"), "more\n");
    const grown = await read("reused.out", 100_000, 10, null, first?.index ?? null);
    expect(grown?.lines.map(({ text }) => text)).toEqual(["more"]);
    expect(grown?.totalLines).toBe(100_001);
    writeFileSync(jobLog("reused.out"), "another\ntext\n");
    const other = await read("reused.out", 1, 10, null, grown?.index ?? null);
    expect(other).toMatchObject({ lines: [{ number: 1, text: "text" }], totalLines: 2 });
  });

  test("an empty log has no lines", async () => {
    writeFileSync(jobLog("empty.out"), "");
    expect(await read("empty.out", 0, 10, null, null)).toMatchObject({ lines: [], nextLine: null, totalLines: 0 });
  });
});

describe("readLogBytes", () => {
  test.each(Object.entries(PACKED))("%s: gives bytes of the text, without halves of characters", async (kind, pack) => {
    const name = `bytes-${kind}.out`;
    writeFileSync(jobLog(name), pack("0123456789€abc"));
    const read = (start: number, end: number) =>
      withLog(experiment, { folder: "jobs", name }, (log) => readLogBytes(log, start, end));
    expect(await read(2, 5)).toMatchObject({ text: "234", start: 2, end: 5 });
    expect((await read(8, 11))?.text).toBe("89");
    expect((await read(11, 100))?.text).toBe("abc");
    expect(await read(500, 600)).toMatchObject({ text: "", start: 500, end: 500 });
  });
});

describe("names that are no logs", () => {
  const outside = () => join(temporary.root, "secret.out");

  test.each([
    ["", "."],
    ["..", "../conf/x.yml"],
    ["/etc/passwd", "a\0b"],
    ["../../secret.out", "sub/x.out"],
    ["x".repeat(300), "é".repeat(200)],
  ])("%j and %j are refused as paths", async (...names) => {
    for (const name of names)
      for (const folder of ["jobs", "commands", "tmp"] as const)
        await expect(openLog(experiment, folder, name)).rejects.toThrow(UnsafePathError);
  });

  test("percent signs, backslashes, blanks and newlines are parts of names and decode to nothing", async () => {
    for (const name of ["..%2f..%2fsecret.out", "%2e%2e", "..\\secret.out", " ", "a\nb", "~", "$HOME", "*"])
      expect(await openLog(experiment, "jobs", name)).toBeNull();
  });

  test("links that lead out of the log folders are refused: out of the experiment, to its configuration, by folders", async () => {
    writeFileSync(outside(), "secret");
    writeFileSync(join(experiment.paths.conf, "minimal.yml"), "secret");
    symlinkSync(outside(), jobLog("link.out"));
    symlinkSync("../../conf/minimal.yml", jobLog("conf.out"));
    symlinkSync("/etc/passwd", jobLog("passwd.out"));
    symlinkSync("/proc/self/environ", jobLog("environ.out"));
    for (const name of ["link.out", "conf.out", "passwd.out", "environ.out"])
      await expect(openLog(experiment, "jobs", name)).rejects.toThrow(UnsafePathError);
  });

  test("a log folder that is itself a link out of the experiment is refused", async () => {
    const other = temporary.site.experiment("b000");
    mkdirSync(other.paths.tmp, { recursive: true });
    mkdirSync(join(temporary.root, "elsewhere"));
    writeFileSync(join(temporary.root, "elsewhere", "x.out"), "secret");
    symlinkSync(join(temporary.root, "elsewhere"), other.paths.jobLogs);
    await expect(openLog(other, "jobs", "x.out")).rejects.toThrow(UnsafePathError);
  });

  test("links from one log folder to the other, and an experiment folder that is a link, are fine", async () => {
    writeFileSync(join(experiment.paths.commandLogs, "20260101_000000_run.log"), "run\n");
    symlinkSync("../ASLOGS/20260101_000000_run.log", jobLog("run-link.out"));
    const log = await openLog(experiment, "jobs", "run-link.out");
    expect(log?.sizeBytes).toBe(4);
    await log?.handle.close();
    symlinkSync(experiment.paths.folder, join(temporary.root, "c000"));
    const linked = await openLog(temporary.site.experiment("c000"), "commands", "20260101_000000_run.log");
    expect(linked).not.toBeNull();
    await linked?.handle.close();
  });

  test("pipes, devices, folders and loops are refused or absent, at once", async () => {
    execFileSync("mkfifo", [jobLog("pipe.out")]);
    mkdirSync(jobLog("folder.out"));
    symlinkSync("loop.out", jobLog("loop.out"));
    symlinkSync("/dev/zero", jobLog("zero.out"));
    const startedAt = performance.now();
    for (const name of ["pipe.out", "folder.out", "loop.out", "zero.out"])
      await expect(openLog(experiment, "jobs", name)).rejects.toThrow(AutosubmitReadError);
    expect(await findNamedLog(experiment, "pipe.out")).toBeNull();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe("findJobLog", () => {
  test("finds the log of that attempt, also compressed since, and never another attempt's", async () => {
    writeFileSync(jobLog("a000_SIM.20260101000000.out.xz"), xzSync(Buffer.from("first\n")));
    writeFileSync(jobLog("a000_SIM.20260102000000.out"), "second\n");
    expect((await findJobLog(experiment, "a000_SIM.20260101000000.out"))?.name).toBe("a000_SIM.20260101000000.out.xz");
    expect((await findJobLog(experiment, "a000_SIM.20260102000000.out.gz"))?.name).toBe("a000_SIM.20260102000000.out");
    expect(await findJobLog(experiment, "a000_SIM.20260103000000.out")).toBeNull();
  });
});

describe("findRunLog and listRecoveryLogs", () => {
  test("takes the run log last written, of any compression, and tmp only when there is no other", async () => {
    const old = temporary.site.experiment("d000");
    mkdirSync(old.paths.tmp, { recursive: true });
    expect(await findRunLog(old)).toBeNull();
    writeFileSync(join(old.paths.tmp, "20200101_000000_run.log"), "");
    expect((await findRunLog(old))?.folder).toBe("tmp");
    mkdirSync(join(old.paths.commandLogs, "20990101_000000_run.log"), { recursive: true });
    const logs: [string, number][] = [
      ["20260101_000000_run.log", 100],
      ["20260102_000000_run.log.xz", 300],
      ["20260103_000000_run.log", 200],
      ["20260104_000000_run_err.log", 900],
      ["20260104_000000_create.log", 900],
    ];
    for (const [name, at] of logs) {
      const path = join(old.paths.commandLogs, name);
      writeFileSync(path, name);
      utimesSync(path, at, at);
    }
    expect(await findRunLog(old)).toMatchObject({ name: "20260102_000000_run.log.xz", folder: "commands" });
    expect((await findRunLog(old, { underscored: true }))?.name).toBe("20260102_000000_run.log.xz");
  });

  test("takes each platform's recovery log of the greatest time in its name", async () => {
    const other = temporary.site.experiment("e000");
    expect(await listRecoveryLogs(other)).toBeNull();
    mkdirSync(other.paths.commandLogs, { recursive: true });
    for (const name of [
      "20260101_000000_mn5_log_recovery.log",
      "20260102_000000_mn5_log_recovery.log.xz",
      "20260103_000000_mn5_log_recovery_err.log",
      "20260101_000000_local_log_recovery.log",
      "99999999_999999x_local_log_recovery.log",
    ])
      writeFileSync(join(other.paths.commandLogs, name), "");
    const logs = await listRecoveryLogs(other);
    expect(logs?.map(({ platform, name }) => [platform, name])).toEqual([
      ["local", "20260101_000000_local_log_recovery.log"],
      ["mn5", "20260102_000000_mn5_log_recovery.log.xz"],
    ]);
  });
});

describe("listLogs", () => {
  test("lists both folders, the youngest by name first, and tells what each is", async () => {
    const other = temporary.site.experiment("f000");
    mkdirSync(other.paths.commandLogs, { recursive: true });
    mkdirSync(other.paths.jobLogs, { recursive: true });
    const jobs = ["f000_1_SIM.20260101000000.err.gz", "f000_1_SIM.out", "notes.txt"];
    const commands = ["20260102_000000_run.log", "20260101_120000_mn5_log_recovery_err.log", "jobs_active_status.log"];
    for (const name of jobs) writeFileSync(join(other.paths.jobLogs, name), "");
    for (const name of commands) writeFileSync(join(other.paths.commandLogs, name), "");
    expect((await listLogs(other)).map(({ name, kind }) => [name, kind])).toEqual([
      ["20260102_000000_run.log", "command"],
      ["20260101_120000_mn5_log_recovery_err.log", "recovery-errors"],
      ["f000_1_SIM.20260101000000.err.gz", "err"],
      ["f000_1_SIM.out", "out"],
      ["jobs_active_status.log", "status"],
      ["notes.txt", "other"],
    ]);
    renameSync(other.paths.jobLogs, `${other.paths.jobLogs}.gone`);
    expect(await listLogs(other)).toHaveLength(3);
  });
});
