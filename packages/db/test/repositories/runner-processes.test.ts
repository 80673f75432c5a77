import { describe, expect, it } from "vitest";
import { siteWithExperiments } from "../site.js";

const AT = "2026-01-01T12:00:00+01:00";
const process = (expid: string, pid: number) => ({
  expid,
  pid,
  status: "ACTIVE",
  runner: "LOCAL",
  moduleLoader: "CONDA",
  modules: "autosubmit",
  runnerExtraParams: null,
});

describe("runner processes", () => {
  it("are numbered, found by experiment and ended", async () => {
    const { runnerProcesses } = (await siteWithExperiments(0)).databases;
    expect(await runnerProcesses.findLast("a000")).toBeNull();
    const first = await runnerProcesses.insert(process("a000", 11), AT);
    const second = await runnerProcesses.insert(process("a000", 12), AT);
    await runnerProcesses.insert(process("a001", 13), AT);
    expect(second.id).toBe(first.id + 1);
    expect(await runnerProcesses.listActive("a000")).toEqual([first, second]);
    expect(await runnerProcesses.findLast("a000")).toEqual(second);
    const ended = await runnerProcesses.updateStatus(first.id, "COMPLETED", "2026-01-01T13:00:00+01:00");
    expect(ended).toEqual({ ...first, status: "COMPLETED", modified: "2026-01-01T13:00:00+01:00" });
    expect(await runnerProcesses.listActive("a000")).toEqual([second]);
    expect(await runnerProcesses.updateStatus(99, "COMPLETED", AT)).toBeNull();
  });

  it("of one experiment are claimed once, however many try", async () => {
    const { runnerProcesses } = (await siteWithExperiments(0)).databases;
    const tries = await Promise.all([1, 2, 3, 4].map((pid) => runnerProcesses.claim(process("a000", pid), AT)));
    expect(tries.filter(({ claimed }) => claimed)).toHaveLength(1);
    const [active] = await runnerProcesses.listAllActive();
    expect(tries.map((one) => one.process)).toEqual(Array(4).fill(active));
    expect((await runnerProcesses.claim(process("a001", 5), AT)).claimed).toBe(true);
  });

  it("are claimed once by programs that have connections of their own", async () => {
    const { databases, reopen } = await siteWithExperiments(0);
    const programs = [databases, reopen(), reopen(), reopen()].map(({ runnerProcesses }) => runnerProcesses);
    for (const expid of ["a000", "a001", "a002", "a003", "a004"]) {
      const tries = await Promise.all(programs.map((processes, pid) => processes.claim(process(expid, pid), AT)));
      expect(tries.filter(({ claimed }) => claimed)).toHaveLength(1);
      expect(await databases.runnerProcesses.listActive(expid)).toHaveLength(1);
    }
  });

  it("that ended stay as they ended", async () => {
    const { runnerProcesses } = (await siteWithExperiments(0)).databases;
    const { id } = await runnerProcesses.insert(process("a000", 0), AT);
    expect(await runnerProcesses.updateActive(id, { pid: 12 }, AT)).toMatchObject({ pid: 12, status: "ACTIVE" });
    expect(await runnerProcesses.updateActive(id, { status: "TERMINATED" }, AT)).toMatchObject({
      status: "TERMINATED",
    });
    expect(await runnerProcesses.updateActive(id, { status: "COMPLETED" }, AT)).toBeNull();
    expect(await runnerProcesses.find(id)).toMatchObject({ pid: 12, status: "TERMINATED" });
    expect(await runnerProcesses.find(99)).toBeNull();
    expect((await runnerProcesses.claim(process("a000", 13), AT)).claimed).toBe(true);
  });
});
