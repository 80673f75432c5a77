import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { execute, rows, type TemporarySite, temporarySite, writeExperiment } from "../support/temporary-site.js";
import { runTask, testWorker } from "../support/worker.js";

const TASK = "update-experiment-details";
const { username } = userInfo();
const MODEL = "https://example.org/model.git";

const stored = ({ files }: TemporarySite) => rows(files.main, "SELECT * FROM details ORDER BY exp_id");

const failuresOf = async ({ context }: Awaited<ReturnType<typeof testWorker>>) =>
  (await context.databases.workerRecords.listFailures("TASK_POPDET")).map(
    ({ expid, message }) => `${expid}: ${message}`,
  );

/** Files that were written a moment ago are read again: their dates might not change with their content. */
const settled = () => sleep(150);

describe(TASK, { timeout: 120_000 }, () => {
  it("stores owner, creation, model, branch and platform of every experiment", async () => {
    const site = temporarySite(2);
    writeExperiment(site, "a001", "develop");
    const created = (expid: string) => `${statSync(join(site.root, expid)).ctime.toISOString().slice(0, 19)}+00:00`;
    expect(await runTask(await testWorker(site.configurationFile), TASK)).toMatchObject({
      examined: 2,
      read: 2,
      changed: 2,
    });
    const row = { user: username, model: MODEL, hpc: "MN5" };
    expect(stored(site)).toEqual([
      { ...row, exp_id: 1, created: created("a000"), branch: "main" },
      { ...row, exp_id: 2, created: created("a001"), branch: "develop" },
    ]);
  });

  it("loads only configurations that have changed, and writes only rows that do", async () => {
    const site = temporarySite(30);
    await settled();
    const worker = await testWorker(site.configurationFile);
    await runTask(worker, TASK);
    expect(await runTask(worker, TASK)).toMatchObject({ examined: 30, read: 0, changed: 0 });
    for (const expid of ["a003", "a005"]) writeExperiment(site, expid, "feature");
    writeFileSync(join(site.root, "a004/conf/jobs.yml"), "JOBS:\n  SIM:\n    RUNNING: once\n");
    expect(await runTask(worker, TASK)).toMatchObject({ examined: 30, read: 3, changed: 2 });
    expect(
      rows(site.files.main, "SELECT name FROM details JOIN experiment ON id = exp_id WHERE branch = 'feature'"),
    ).toEqual([{ name: "a003" }, { name: "a005" }]);
  });

  it("notices files outside of the experiment that its configuration includes", async () => {
    const site = temporarySite(1);
    const custom = join(site.root, "shared.yml");
    writeFileSync(custom, "DEFAULT:\n  HPCARCH: lumi\n");
    writeFileSync(join(site.root, "a000/conf/custom.yml"), `DEFAULT:\n  CUSTOM_CONFIG:\n    POST: ${custom}\n`);
    await settled();
    const worker = await testWorker(site.configurationFile);
    await runTask(worker, TASK);
    expect(stored(site)).toMatchObject([{ hpc: "LUMI" }]);
    writeFileSync(custom, "DEFAULT:\n  HPCARCH: levante\n");
    expect(await runTask(worker, TASK)).toMatchObject({ read: 1, changed: 1 });
    expect(stored(site)).toMatchObject([{ hpc: "LEVANTE" }]);
  });

  it("keeps what it knew of experiments that were archived", async () => {
    const site = temporarySite(3);
    const worker = await testWorker(site.configurationFile);
    await runTask(worker, TASK);
    const before = stored(site);
    rmSync(join(site.root, "a001"), { recursive: true });
    expect(await runTask(worker, TASK)).toMatchObject({ examined: 3, failed: 0 });
    expect(stored(site)).toEqual(before);
    execute(site.files.api, "DELETE FROM worker_fingerprints");
    expect(await runTask(worker, TASK)).toMatchObject({ examined: 3, failed: 0 });
    expect(stored(site)).toEqual(before);
  });

  it("keeps what it knew of experiments that cannot be read any more, and names them", async () => {
    const site = temporarySite(4);
    const worker = await testWorker(site.configurationFile);
    await runTask(worker, TASK);
    const before = stored(site);
    writeFileSync(join(site.root, "a000/conf/minimal.yml"), "DEFAULT: [1, 2\n  broken: {");
    rmSync(join(site.root, "a001/conf"), { recursive: true });
    rmSync(join(site.root, "a002/conf/minimal.yml"));
    execFileSync("mkfifo", [join(site.root, "a002/conf/minimal.yml")]);
    expect(await runTask(worker, TASK, { experimentTimeoutMs: 5_000 })).toMatchObject({
      examined: 4,
      changed: expect.any(Number),
    });
    const failures = await failuresOf(worker);
    expect(failures).toContainEqual(expect.stringMatching(/^a000: .*minimal\.yml: line \d+/));
    expect(failures).toContainEqual(expect.stringMatching(/^a001: .*conf/));
    expect(stored(site).filter((_, index) => index !== 2)).toEqual(before.filter((_, index) => index !== 2));
  });

  it("makes a row again that is gone, though nothing else has changed", async () => {
    const site = temporarySite(2);
    await settled();
    const worker = await testWorker(site.configurationFile);
    await runTask(worker, TASK);
    execute(site.files.main, "DELETE FROM details WHERE exp_id = 2");
    expect(await runTask(worker, TASK)).toMatchObject({ read: 1, changed: 1 });
    expect(stored(site)).toHaveLength(2);
  });

  it("does not replace the owner's name when the account is gone", async () => {
    const site = temporarySite(1);
    const worker = await testWorker(site.configurationFile);
    await runTask(worker, TASK);
    execute(site.files.main, "UPDATE details SET user = 'ann'");
    if (process.getuid?.() !== 0) return;
    execFileSync("chown", ["3999999999", join(site.root, "a000")]);
    expect(await runTask(worker, TASK)).toMatchObject({ read: 1 });
    expect(stored(site)).toMatchObject([{ user: "ann" }]);
  });

  it.each([
    ["2024-01-08 14:52:35", "2024-01-08 14:52:35"],
    ["2025-03-12T16:39:10+01:00", "2025-03-12T16:39:10+01:00"],
    ["2199-01-01T00:00:00+00:00", expect.stringMatching(/^20\d\d-.*\+00:00$/)],
    ["NA", expect.stringMatching(/^20\d\d-.*\+00:00$/)],
  ])("given a stored creation of %s keeps the earlier time", async (before, after) => {
    const site = temporarySite(1);
    const worker = await testWorker(site.configurationFile);
    execute(site.files.main, `INSERT INTO details VALUES (1, 'ann', '${before}', 'NA', 'NA', 'LOCAL')`);
    await runTask(worker, TASK);
    expect(stored(site)).toMatchObject([{ created: after, user: username }]);
    expect(JSON.stringify(stored(site))).not.toContain("2199");
  });

  it("follows Autosubmit 3 configurations", async () => {
    const site = temporarySite(1);
    const conf = join(site.root, "a000/conf");
    rmSync(conf, { recursive: true });
    mkdirSync(conf);
    const files = {
      autosubmit: "[config]\nAUTOSUBMIT_VERSION = 3.13.0\n",
      expdef: "[experiment]\nHPCARCH = marenostrum4\n[project]\nPROJECT_TYPE = svn\n[svn]\nPROJECT_URL = svn://x/y\n",
      jobs: "[SIM]\n",
      platforms: "[marenostrum4]\n",
      proj: "",
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(conf, `${name}_a000.conf`), text);
    expect(await runTask(await testWorker(site.configurationFile), TASK)).toMatchObject({ failed: 0 });
    expect(stored(site)).toMatchObject([{ model: "svn://x/y", branch: "svn://x/y", hpc: "marenostrum4" }]);
  });
});
