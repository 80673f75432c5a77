import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ConfigMap, isConfigMap } from "../../src/formats/config/config-value.js";
import { comparableConfiguration, configurationAnswer } from "../../src/formats/config/configuration-answers.js";
import { configurationJson } from "../../src/formats/config/plain.js";
import { parsePythonJson } from "../../src/formats/config/python-json.js";
import { maskSecrets } from "../../src/formats/config/secrets.js";
import { openSite } from "../../src/site/open-site.js";
import type { Site } from "../../src/site/site.js";
import { loadConfiguration } from "../../src/sources/configuration.js";
import { readExperimentRun, readLastExperimentRun } from "../../src/sources/experiment-runs.js";

const CONFORMANCE = resolve(import.meta.dirname, "../../../../../shared/conformance");

interface Recorded {
  path: string;
  status: number;
  body: Record<string, unknown>;
}

function recorded(workspace: string, family: string): Recorded[] {
  const cases: Recorded[] = JSON.parse(readFileSync(join(CONFORMANCE, "golden", workspace, `${family}.json`), "utf8"));
  return cases.filter(({ status, body }) => status === 200 && body.error !== true);
}

function stored(metadata: string | null | undefined): ConfigMap | null {
  const value = metadata ? parsePythonJson(metadata, "metadata") : null;
  return value !== null && isConfigMap(value) ? value : null;
}

const WORKSPACES = existsSync(CONFORMANCE) ? ["reference", "synthetic"] : [];

describe.skipIf(WORKSPACES.length === 0)("configurations as the reference answers them", () => {
  describe.each(WORKSPACES)("%s", (workspace) => {
    let root: string;
    let site: Site;

    beforeAll(async () => {
      root = mkdtempSync(join(tmpdir(), "autosubmit-configuration-"));
      const { prepareWorkspace } = await import(pathToFileURL(join(CONFORMANCE, "prepare.mjs")).href);
      prepareWorkspace(workspace, root);
      site = await openSite({
        configurationFile: join(root, ".autosubmitrc"),
        environment: { USER: "root", HOME: "/root" },
      });
    });
    afterAll(() => rmSync(root, { recursive: true, force: true }));

    /** What a client sees, with the folder of this run out of sight. */
    const seen = (json: string): unknown => JSON.parse(json.replaceAll(root, "{{ROOT}}"));

    test("v4 filesystem-config: everything but the user of the process", async () => {
      for (const { path, body } of recorded(workspace, "v4.filesystem-config")) {
        const { data } = await loadConfiguration(site.experiment(path.split("/")[3] ?? ""));
        const config = seen(configurationJson(maskSecrets(configurationAnswer(data))));
        expect({ path, config }).toEqual({ path, config: body.config });
      }
    });

    test("v4 run-config: the stored configuration of each run", async () => {
      for (const { path, body } of recorded(workspace, "v4.run-config")) {
        const [, , , expid = "", , run = ""] = path.split("/");
        const found = await readExperimentRun(site.experiment(expid), Number(run));
        const saved = stored(found?.metadata) ?? new Map();
        const config = seen(configurationJson(configurationAnswer(saved)));
        expect({ path, run_id: found?.run_id ?? null, config }).toEqual({ path, ...body });
      }
    });

    test("v3 cconfig: both sides of the comparison", async () => {
      for (const { path, body } of recorded(workspace, "v3.cconfig")) {
        const experiment = site.experiment(path.split("/")[3] ?? "");
        const { data, dialect } = await loadConfiguration(experiment);
        const metadata = (await readLastExperimentRun(experiment))?.metadata;
        const saved = stored(metadata);
        const answer = {
          configuration_filesystem: seen(configurationJson(comparableConfiguration(data, dialect))),
          configuration_current_run: seen(configurationJson(comparableConfiguration(saved, dialect))),
        };
        expect({ path, ...answer }).toMatchObject({
          path,
          configuration_filesystem: body.configuration_filesystem,
          configuration_current_run: body.configuration_current_run,
        });
      }
    });

    test("v3 expinfo: what it takes from the configuration", async () => {
      for (const { path, body } of recorded(workspace, "v3.expinfo")) {
        const experiment = site.experiment(path.split("/")[3] ?? "");
        const { facts } = await loadConfiguration(experiment);
        expect({
          path,
          hpc: facts.mainPlatform,
          branch: facts.branch,
          model: facts.model,
          chunk_size: facts.chunkSize,
          chunk_unit: facts.chunkUnit,
          updateTime: facts.safetySleepSeconds,
          workflow_commit: facts.workflowCommit,
        }).toMatchObject({
          path,
          hpc: body.hpc,
          branch: body.branch,
          model: body.model,
          chunk_size: body.chunk_size,
          chunk_unit: body.chunk_unit,
          updateTime: body.updateTime,
          workflow_commit: body.workflow_commit,
        });
      }
    });
  });
});
