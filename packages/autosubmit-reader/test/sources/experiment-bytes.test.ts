import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSite, readExperimentBytes } from "../../src/index.js";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "experiment-bytes-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function experimentWith(sizes: Record<string, number>) {
  writeFileSync(
    join(root, ".autosubmitrc"),
    `[database]\npath = ${root}\n[local]\npath = ${root}\n[historicdb]\npath = ${root}\n`,
  );
  const environment = { HOME: root, AUTOSUBMIT_CONFIGURATION: join(root, ".autosubmitrc") };
  const experiment = (await openSite({ environment, workingDirectory: root })).experiment("a000");
  for (const [name, size] of Object.entries(sizes)) {
    const path = experiment.paths[name as keyof typeof experiment.paths];
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.alloc(size));
  }
  return experiment;
}

test("an experiment is as large as its job list and its history, wherever they are", async () => {
  expect(await readExperimentBytes(await experimentWith({ jobListPickle: 1_000, jobDataDb: 200 }))).toBe(1_200);
  expect(await readExperimentBytes(await experimentWith({ jobListDb: 30, jobListPickleDb: 4 }))).toBe(1_234);
});

test("an experiment without files counts nothing", async () => {
  expect(await readExperimentBytes(await experimentWith({}))).toBe(0);
});
