import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Experiment } from "../../src/site/site.js";
import { readJobLogs, readTotalStats } from "../../src/sources/job-marker-files.js";

let root: string;
let experiment: Experiment;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "markers-"));
  const tmp = join(root, "a000", "tmp");
  await mkdir(join(tmp, "LOG_a000"), { recursive: true });
  // Only the paths are used here.
  experiment = { expid: "a000", paths: { tmp, jobLogs: join(tmp, "LOG_a000") } } as Experiment;
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

const line = "20260610163039 20260610163040 20260610163044 COMPLETED";
const stats = (name: string, text: string) => writeFile(join(experiment.paths.tmp, `${name}_TOTAL_STATS`), text);

describe("readTotalStats", () => {
  it("reads the files of the named jobs and no others", async () => {
    await stats("a000_1_SIM", `${line}\n${line}`);
    await stats("a000_2_SIM", line);
    await stats("a000_3_SIM", "");
    const { attempts, unreadable } = await readTotalStats(experiment, ["a000_1_SIM", "a000_3_SIM", "a000_4_SIM"]);
    expect([...attempts].map(([name, found]) => [name, found.length])).toEqual([["a000_1_SIM", 2]]);
    expect(unreadable).toEqual([]);
  });

  it("finds the same when there are so many jobs that the folder is listed first", async () => {
    const names = Array.from({ length: 500 }, (_, index) => `a000_${index}_SIM`);
    for (const name of names.slice(0, 50)) await stats(name, line);
    expect((await readTotalStats(experiment, names)).attempts.size).toBe(50);
  });

  it("stays inside the folder whatever a job is called", async () => {
    await writeFile(join(root, "outside_TOTAL_STATS"), line);
    const { attempts } = await readTotalStats(experiment, ["../../outside", "", "a\0b", "x".repeat(5000)]);
    expect(attempts.size).toBe(0);
  });

  it("does not wait for a pipe, and names what it could not read", async () => {
    execFileSync("mkfifo", [join(experiment.paths.tmp, "a000_PIPE_TOTAL_STATS")]);
    await mkdir(join(experiment.paths.tmp, "a000_DIR_TOTAL_STATS"));
    await symlink("a000_LOOP_TOTAL_STATS", join(experiment.paths.tmp, "a000_LOOP_TOTAL_STATS"));
    await stats("a000_SIM", line);
    const { attempts, unreadable } = await readTotalStats(experiment, [
      "a000_PIPE",
      "a000_DIR",
      "a000_LOOP",
      "a000_SIM",
    ]);
    expect([...attempts.keys()]).toEqual(["a000_SIM"]);
    expect([...unreadable].sort()).toEqual(["a000_DIR", "a000_LOOP", "a000_PIPE"]);
  });

  it("reads the end of a file that is too long, from a whole line on", async () => {
    await stats("a000_SIM", `${"x".repeat(100)} ${line}\n`.repeat(4000) + line);
    const { attempts } = await readTotalStats(experiment, ["a000_SIM"]);
    const found = attempts.get("a000_SIM") ?? [];
    expect(found.length).toBeGreaterThan(1000);
    expect(found.length).toBeLessThan(4000);
    expect(found[0]?.submit).toBe("x".repeat(100));
    expect(found.at(-1)?.status).toBe("COMPLETED");
  });

  it("has nothing when there is no tmp folder", async () => {
    await rm(join(root, "a000"), { recursive: true });
    const names = Array.from({ length: 300 }, (_, index) => `a000_${index}_SIM`);
    expect((await readTotalStats(experiment, names)).attempts.size).toBe(0);
    expect((await readTotalStats(experiment, ["a000_1_SIM"])).attempts.size).toBe(0);
  });
});

describe("readJobLogs", () => {
  it("lists the newest logs by job", async () => {
    await writeFile(join(experiment.paths.jobLogs, "a000_SIM.20260101000000.out"), "");
    await writeFile(join(experiment.paths.jobLogs, "a000_SIM.20260102000000.out"), "");
    expect((await readJobLogs(experiment))?.get("a000_SIM")?.out).toBe("a000_SIM.20260102000000.out");
  });

  it("is null when there is no log folder", async () => {
    await rm(experiment.paths.jobLogs, { recursive: true });
    expect(await readJobLogs(experiment)).toBeNull();
  });

  it.skipIf(process.getuid?.() === 0)("names a folder that it may not list", async () => {
    await chmod(experiment.paths.jobLogs, 0);
    await expect(readJobLogs(experiment)).rejects.toMatchObject({ code: "SOURCE_UNREADABLE" });
    await chmod(experiment.paths.jobLogs, 0o755);
  });
});
