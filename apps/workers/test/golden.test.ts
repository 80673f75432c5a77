import { existsSync, readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { rows, temporaryFolder } from "./support/temporary-site.js";
import { runTask, testWorker } from "./support/worker.js";

const conformance = resolve(import.meta.dirname, "../../../../shared/conformance");

interface Golden {
  details: { name: string; user: string; model: string; branch: string; hpc: string }[];
  status: Record<string, { name: string; status: string }[]>;
}

const readGolden = (): Record<string, Golden> =>
  JSON.parse(readFileSync(join(conformance, "golden-workers.json"), "utf8"));

async function prepare(workspace: string): Promise<string> {
  const { prepareWorkspace } = await import(pathToFileURL(join(conformance, "prepare.mjs")).href);
  return prepareWorkspace(workspace, join(temporaryFolder(), "site"));
}

describe.skipIf(!existsSync(conformance))("the rows that the reference's tasks write", { timeout: 120_000 }, () => {
  const workspaces = existsSync(conformance) ? Object.entries(readGolden()) : [];

  it.each(workspaces)("%s", async (workspace, golden) => {
    const configurationFile = join(await prepare(workspace), ".autosubmitrc");
    // There and back again: every row changes in both directions.
    const moments = Object.entries(golden.status);
    for (const [moment, expected] of [...moments, ...moments.toReversed()]) {
      const worker = await testWorker(configurationFile, { clock: () => new Date(moment) });
      expect(await runTask(worker, "update-experiment-status")).toMatchObject({ failed: 0 });
      expect(rows(worker.files.status, "SELECT name, status FROM experiment_status ORDER BY exp_id")).toEqual(expected);
    }
    const worker = await testWorker(configurationFile);
    expect(await runTask(worker, "update-experiment-details")).toMatchObject({ failed: 0 });
    const query = "SELECT name, user, model, branch, hpc FROM details JOIN experiment ON id = exp_id ORDER BY exp_id";
    // Recorded as root; the files belong to whoever runs this test.
    const { username } = userInfo();
    expect(rows(worker.files.main, query)).toEqual(golden.details.map((row) => ({ ...row, user: username })));
  });
});
