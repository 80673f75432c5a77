import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { TASKS } from "../../src/tasks.js";
import { startProcess } from "../support/process.js";
import { rows, temporaryFolder, temporarySite, writeExperiment } from "../support/temporary-site.js";
import { runTask, testWorker } from "../support/worker.js";

const DETAILS = "update-experiment-details";
const canMount = process.getuid?.() === 0 && existsSync("/usr/bin/mount");

describe("a full disk", () => {
  // Only the superuser may mount the small file system that this needs.
  it.skipIf(!canMount)(
    "fails the cycle with a line that says why, spoils nothing, and the next one makes up for it",
    async () => {
      const root = temporaryFolder();
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", root]);
      onTestFinished(() => void execFileSync("umount", ["--lazy", root]));
      const site = temporarySite(20, root);
      const first = startProcess(site, ["--once", DETAILS]);
      expect(await first.exited).toBe(0);
      for (const expid of site.expids) writeExperiment(site, expid, "later");
      const experiments = rows(site.files.main, "SELECT * FROM experiment");
      const filler = join(root, "filler");
      fill(filler);
      const full = startProcess(site, ["--once", DETAILS]);
      expect(await full.exited).not.toBe(0);
      expect(full.stdout() + full.stderr()).toContain("the file system is full");
      unlinkSync(filler);
      const again = startProcess(site, ["--once", DETAILS]);
      expect(await again.exited).toBe(0);
      expect(rows(site.files.main, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
      expect(rows(site.files.main, "SELECT * FROM experiment")).toEqual(experiments);
      expect(rows(site.files.main, "SELECT count(*) AS n FROM details WHERE branch = 'later'")).toEqual([{ n: 20 }]);
    },
    60_000,
  );
});

/** Takes what is left of a small file system, to the last byte. */
function fill(path: string): void {
  for (const bytes of [1_048_576, 65_536, 4_096]) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(bytes), { flag: "a" });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
    }
  }
}

const ODD_THINGS: [string, (path: string) => void][] = [
  ["a pipe that nobody writes", (path) => void execFileSync("mkfifo", [path])],
  ["a link to an endless device", (path) => symlinkSync("/dev/zero", path)],
  ["a folder", (path) => void mkdirSync(path)],
  ["a link to itself", (path) => symlinkSync(path, path)],
];

describe("odd things in the places of files", () => {
  it.each(ODD_THINGS)(
    "%s: the other experiments are told as they are, and so is this one afterwards",
    async (_what, make) => {
      const site = temporarySite(6);
      const worker = await testWorker(site.configurationFile);
      const places = [
        "pkl/job_list_a001.pkl",
        "conf/minimal.yml",
        "tmp/ASLOGS/20260101_000000_run.log",
        "tmp/ASLOGS",
        "conf",
      ];
      for (const [round, place] of places.entries()) {
        const path = join(site.root, "a001", place);
        renameSync(path, `${path}.aside`);
        make(path);
        for (const { name } of TASKS) {
          for (const expid of ["a000", "a005"]) writeExperiment(site, expid, `round-${round}`);
          await runTask(worker, name);
        }
        rmSync(path, { recursive: true });
        renameSync(`${path}.aside`, path);
      }
      for (const { name } of TASKS) await runTask(worker, name);
      const branches = () => rows<{ branch: string }>(site.files.main, "SELECT branch FROM details ORDER BY exp_id");
      expect(branches().filter(({ branch }) => branch === "round-4")).toHaveLength(2);
      writeExperiment(site, "a001", "afterwards");
      for (const { name } of TASKS) await runTask(worker, name);
      const told = branches().map(({ branch }) => branch);
      expect(told).toEqual(["round-4", "afterwards", "main", "main", "main", "round-4"]);
      expect(rows(site.files.status, "SELECT count(*) AS n FROM experiment_status")).toEqual([{ n: 6 }]);
    },
    60_000,
  );
});

describe("a clock that jumps", () => {
  it("a day ahead, a year back and to 1970: cycles go on, and rows are written once", async () => {
    const site = temporarySite(4);
    let now = new Date("2026-07-01T09:00:00Z");
    const worker = await testWorker(site.configurationFile, { clock: () => now });
    for (const jump of [
      "2026-07-02T09:00:00Z",
      "2025-07-01T09:00:00Z",
      "1970-01-01T00:00:10Z",
      "2026-07-01T09:01:00Z",
    ]) {
      now = new Date(jump);
      for (const { name } of TASKS) await runTask(worker, name);
      expect(rows(site.files.status, "SELECT count(*) AS n FROM experiment_status")).toEqual([{ n: 4 }]);
      expect(rows(site.files.main, "SELECT count(*) AS n FROM details")).toEqual([{ n: 4 }]);
    }
    expect(worker.log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  }, 60_000);
});
