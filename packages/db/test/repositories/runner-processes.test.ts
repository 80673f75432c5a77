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
});
