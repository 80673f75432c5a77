import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testExperiments, writeWorkspace } from "@autosubmit-api/fixtures";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSite } from "../../src/site/open-site.js";
import type { Site } from "../../src/site/site.js";
import { readJobList } from "../../src/sources/job-list.js";

let root: string;
let site: Site;
const experiments = testExperiments().filter(({ damage }) => damage === undefined);

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "job-list-picked-"));
  const { configurationFile } = writeWorkspace({ root, seed: 1, experiments });
  site = await openSite({ environment: { HOME: root }, configurationFile });
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test.each(experiments.map(({ expid, description }) => [expid, description]))(
  "%s (%s): jobs picked by name are those of the whole list, in its order",
  async (expid) => {
    const experiment = site.experiment(expid);
    const whole = await readJobList(experiment);
    const names = [
      whole.jobs.at(-1)?.name ?? "",
      "no such job",
      whole.jobs.at(3)?.name ?? "",
      whole.jobs[0]?.name ?? "",
    ];
    const only = new Set(names);
    const picked = await readJobList(experiment, { only });
    expect(picked.jobs).toEqual(whole.jobs.filter(({ name }) => only.has(name)));
    expect(picked.edges ?? []).toEqual([]);
  },
);
