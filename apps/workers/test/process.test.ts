import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { startProcess, type WorkerProcess } from "./support/process.js";
import {
  age,
  execute,
  register,
  rows,
  type TemporarySite,
  temporarySite,
  writeExperiment,
} from "./support/temporary-site.js";

const STATUS = "update-experiment-status";

/** A settings file with quick looks, and what else is wanted. */
function settings(site: TemporarySite, yaml = ""): { AS_API_CONFIG_FILE: string } {
  const path = join(site.root, "settings.yaml");
  writeFileSync(path, `WORKERS: {TICK: 0.1, LEASE: 2}\n${yaml}`);
  return { AS_API_CONFIG_FILE: path };
}

async function until(what: string, isTrue: () => boolean, withinMs = 60_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await sleep(20);
  }
}

const finishedCycles = (worker: WorkerProcess, task = STATUS) =>
  worker.log().filter((line) => line.msg === "cycle finished" && line.task === task);

const storedStatuses = ({ files }: Pick<TemporarySite, "files">) =>
  rows<{ name: string; status: string }>(
    files.status,
    "SELECT name, status FROM experiment_status ORDER BY exp_id",
  ).map(({ name, status }) => `${name} ${status}`);

function tableHasRows({ files }: TemporarySite): boolean {
  return (
    existsSync(files.status) &&
    rows(files.status, "SELECT name FROM sqlite_master").length > 0 &&
    storedStatuses({ files }).length > 0
  );
}

/** Its reader processes, from the kernel's list. */
function childrenOf({ process: { pid } }: WorkerProcess): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number);
}

function parentOf(pid: string): number | null {
  try {
    // The name of the program is in parentheses and may hold blanks.
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1]);
  } catch {
    return null;
  }
}

const isAlive = (pid: number) => existsSync(`/proc/${pid}`);

describe("the workers' process", { timeout: 120_000 }, () => {
  it("keeps a site up to date by itself, from a database without any of our tables", async () => {
    const site = temporarySite(3);
    const worker = startProcess(site, [], settings(site, "BACKGROUND_TASKS: {TASK_STTSUPDTR: {INTERVAL: 0.02}}"));
    await until("a first cycle", () => finishedCycles(worker).length > 0);
    expect(storedStatuses(site)).toEqual(["a000 NOT RUNNING", "a001 NOT RUNNING", "a002 NOT RUNNING"]);
    age(site, "a001", { jobList: 1, runLog: 1 });
    writeExperiment(site, "b000");
    register(site, ["b000"]);
    execute(site.files.main, "DELETE FROM experiment WHERE name = 'a002'");
    await until("the changes", () => storedStatuses(site).join() === "a000 NOT RUNNING,a001 RUNNING,b000 NOT RUNNING");
    worker.process.kill("SIGTERM");
    expect(await worker.exited).toBe(0);
    expect(worker.log().at(-1)?.msg).toBe("stopped");
    expect(worker.stderr()).toBe("");
  });

  it.each(["SIGTERM", "SIGINT"] as const)(
    "stops within seconds on %s in the middle of a cycle, leaving nothing behind",
    async (signal) => {
      const site = temporarySite(600);
      const worker = startProcess(site, [], settings(site));
      await until("first rows", () => tableHasRows(site));
      const readers = childrenOf(worker);
      expect(readers.length).toBeGreaterThan(0);
      const startedAt = performance.now();
      worker.process.kill(signal);
      expect(await worker.exited).toBe(0);
      expect(performance.now() - startedAt).toBeLessThan(3_000);
      await until("the readers' end", () => readers.every((pid) => !isAlive(pid)));
      expect(rows(site.files.status, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
      const again = startProcess(site, ["--once", STATUS]);
      expect(await again.exited).toBe(0);
      expect(storedStatuses(site)).toHaveLength(600);
    },
  );

  it("does not wait for a hanging experiment to stop", async () => {
    const site = temporarySite(40);
    const worker = startProcess(site, [], settings(site, "BACKGROUND_TASKS: {TASK_STTSUPDTR: {INTERVAL: 0.001}}"));
    await until("a cycle", () => finishedCycles(worker).length > 0);
    await until("readers at work", () => childrenOf(worker).length > 0);
    for (const pid of childrenOf(worker)) process.kill(pid, "SIGSTOP");
    const startedAt = performance.now();
    worker.process.kill("SIGTERM");
    expect(await worker.exited).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it("goes on when a file system hangs for some experiments", async () => {
    const site = temporarySite(60);
    const tasks = "BACKGROUND_TASKS: {TASK_STTSUPDTR: {INTERVAL: 0.001, EXPERIMENT_TIMEOUT: 5}}";
    const worker = startProcess(site, [], settings(site, tasks));
    await until("a cycle", () => finishedCycles(worker).length > 0);
    await until("readers at work", () => childrenOf(worker).length > 0);
    for (const pid of childrenOf(worker)) process.kill(pid, "SIGSTOP");
    const before = finishedCycles(worker).length;
    await until("more cycles", () => finishedCycles(worker).length > before + 1);
    expect(finishedCycles(worker).at(-1)).toMatchObject({ examined: 60, failed: 0 });
    worker.process.kill("SIGTERM");
    expect(await worker.exited).toBe(0);
  });

  it("ends its readers when it is killed", async () => {
    const site = temporarySite(500);
    const worker = startProcess(site, [], settings(site));
    await until("readers at work", () => childrenOf(worker).length > 0);
    const readers = childrenOf(worker);
    worker.process.kill("SIGKILL");
    expect(await worker.exited).toBe("SIGKILL");
    await until("the readers' end", () => readers.every((pid) => !isAlive(pid)));
  });

  it("runs one task with --once and lists all with --list", async () => {
    const site = temporarySite(3);
    const before = startProcess(site, ["--list"]);
    expect(await before.exited).toBe(0);
    expect(before.stdout()).toMatch(
      /update-experiment-status \(TASK_STTSUPDTR\).*\n.*every 5 minutes\n.*last run {2}never\n/,
    );
    const worker = startProcess(site, ["--once", STATUS], { DISABLE_BACKGROUND_TASKS: "True" });
    expect(await worker.exited).toBe(0);
    expect(finishedCycles(worker)).toMatchObject([{ experiments: 3, examined: 3, changed: 3 }]);
    const after = startProcess(site, ["--list"], { DISABLE_BACKGROUND_TASKS: "True" });
    expect(await after.exited).toBe(0);
    expect(after.stdout()).toMatch(
      /schedule {2}not enabled\n.*last run .*: 3 examined, 3 read in full, 3 changed, 0 failed\n.*next run {2}none/,
    );
  });

  it("does nothing but wait when all tasks are disabled", async () => {
    const site = temporarySite(3);
    const worker = startProcess(site, [], { ...settings(site), DISABLE_BACKGROUND_TASKS: "True" });
    await until("that it says so", () => worker.log().some(({ msg }) => msg.startsWith("no task is enabled")));
    await sleep(300);
    expect(rows(site.files.api, "SELECT enabled FROM worker_tasks WHERE enabled = 1")).toEqual([]);
    expect(rows(site.files.api, "SELECT 1 FROM worker_cycles")).toEqual([]);
    worker.process.kill("SIGTERM");
    expect(await worker.exited).toBe(0);
  });

  it.each([
    [["--once", "nonsense"], {}, 2, /^autosubmit-workers: There is no task "nonsense"/],
    [["--frequently"], {}, 2, /^autosubmit-workers: .*--frequently/],
    [[], { RUN_BACKGROUND_TASKS_ON_START: "often" }, 1, /RUN_BACKGROUND_TASKS_ON_START must be True or False/],
    [[], { AS_API_CONFIG_FILE: "/no/such/file" }, 1, /AS_API_CONFIG_FILE: \/no\/such\/file cannot be read/],
  ])("refuses %j with %j in one line", async (args, variables, status, message) => {
    const worker = startProcess(temporarySite(0), args, variables as Record<string, string>);
    expect(await worker.exited).toBe(status);
    expect(worker.stderr()).toMatch(message);
    expect(worker.stderr().trim().split("\n")).toHaveLength(1);
    expect(worker.stdout()).toBe("");
  });

  it("says in one line which settings and which database it cannot start with", async () => {
    const site = temporarySite(0);
    const mistaken = startProcess(site, [], settings(site, "BACKGROUND_TASKS: {TASK_POPDET: {INTERVAL: soon}}"));
    expect(await mistaken.exited).toBe(1);
    expect(mistaken.stderr()).toMatch(
      /settings\.yaml: BACKGROUND_TASKS\.TASK_POPDET\.INTERVAL must be .* not "soon"\n$/,
    );
    writeFileSync(
      site.configurationFile,
      `[database]\npath = ${site.root}\nfilename = none.db\n[local]\npath = ${site.root}\n`,
    );
    const lost = startProcess(site, []);
    expect(await lost.exited).toBe(1);
    expect(lost.stderr()).toMatch(/^autosubmit-workers: There is no Autosubmit database .*none\.db/);
  });
});
