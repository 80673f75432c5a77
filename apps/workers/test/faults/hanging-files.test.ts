import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canMountHangingFileSystem, mountHangingFileSystem } from "@autosubmit-api/fixtures";
import { describe, expect, it, onTestFinished } from "vitest";
import { startProcess } from "../support/process.js";
import { rows, temporaryFolder, temporarySite, writeExperiment } from "../support/temporary-site.js";

const WITHIN = { timeout: 90_000, interval: 200 };

/** Processes that a process has started, whatever became of them. */
function childrenOf(pid: number | undefined): string[] {
  return readdirSync("/proc").filter((name) => {
    try {
      return (
        /^\d+$/.test(name) &&
        readFileSync(`/proc/${name}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1] === String(pid)
      );
    } catch {
      return false;
    }
  });
}

describe.skipIf(!canMountHangingFileSystem())("a file system that hangs", () => {
  it("with one experiment on it: the others are told as they are, processes do not pile up, and it is told afterwards", async () => {
    const site = temporarySite(6);
    const aside = temporaryFolder();
    const place = join(site.root, "a001");
    renameSync(place, join(aside, "a001"));
    mkdirSync(place);
    const files = await mountHangingFileSystem(join(aside, "a001"), place);
    onTestFinished(() => files.unmount());
    const settingsFile = join(site.root, "settings.yaml");
    const every = "{INTERVAL: 0.02, EXPERIMENT_TIMEOUT: 8}";
    writeFileSync(
      settingsFile,
      `WORKERS: {TICK: 0.1}\nBACKGROUND_TASKS: {TASK_STTSUPDTR: ${every}, TASK_POPDET: ${every}}`,
    );
    const worker = startProcess(site, [], { AS_API_CONFIG_FILE: settingsFile });
    const branchOf = (id: number) =>
      rows<{ branch: string }>(site.files.main, `SELECT branch FROM details WHERE exp_id = ${id}`)[0]?.branch;
    await expect.poll(() => [1, 2, 6].map(branchOf), WITHIN).toEqual(["main", "main", "main"]);

    await files.hang("");
    const reasons = () => worker.log().filter(({ msg, expid }) => msg === "experiment failed" && expid === "a001");
    const cycles = () => worker.log().filter(({ msg }) => msg === "cycle finished").length;
    for (const round of [1, 2, 3]) {
      writeExperiment(site, "a000", `round-${round}`);
      writeExperiment(site, "a005", `round-${round}`);
      await expect.poll(() => [1, 6].map(branchOf), WITHIN).toEqual([`round-${round}`, `round-${round}`]);
    }
    await expect.poll(() => reasons().at(-1)?.reason, WITHIN).toBe("its file system does not answer");
    const before = cycles();
    await expect.poll(cycles, WITHIN).toBeGreaterThan(before + 4);
    // Those of the pool, and those that met the hang before it was known: by each task, alone and in company, and the watcher.
    expect(childrenOf(worker.process.pid).length).toBeLessThan(20);
    const standing = childrenOf(worker.process.pid).length;
    await expect.poll(cycles, WITHIN).toBeGreaterThan(before + 8);
    expect(childrenOf(worker.process.pid).length).toBeLessThan(standing + 4);

    await files.resume();
    writeExperiment({ ...site, root: aside }, "a001", "afterwards");
    await expect.poll(() => branchOf(2), WITHIN).toBe("afterwards");
    worker.process.kill("SIGTERM");
    expect(await worker.exited).toBe(0);
  });
});
