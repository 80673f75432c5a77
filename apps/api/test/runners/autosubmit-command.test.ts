import { readFileSync } from "node:fs";
import { parseSettingsFile } from "@autosubmit-api/settings";
import { describe, expect, test } from "vitest";
import {
  createdExpid,
  createExperimentCommand,
  runCommand,
  setStatusCommand,
  updateDescriptionCommand,
} from "../../src/runners/autosubmit-command.js";
import type { Command } from "../../src/runners/command-host.js";
import { CommandRefusal } from "../../src/runners/command-refusal.js";
import { readRunnerConfiguration } from "../../src/runners/read-configuration.js";

const HOSTILE = [
  ...[
    "; touch x",
    "$(touch x)",
    "`touch x`",
    "a\nb",
    `"'`,
    "-x",
    "--force",
    "\0",
    "é ñ 漢",
    "a\u202eb",
    "\ud800",
    "a,b",
  ],
  ...["ext::sh -c x", "ssh://-oProxyCommand=x/y", "../..", "a b", "x".repeat(200_000), "*", "~root", "a|b", "a&b", ""],
];

const EXPERIMENT = {
  ...{ description: "d", gitRepository: null, gitBranch: null, minimal: false, configurationPath: null, hpc: null },
  ...{ useLocalMinimal: false, operational: false, testcase: false, copy: null },
};
const NOTHING = { names: [], chunks: null, statuses: null, sections: null, typeChunks: null, typeChunkSplits: null };
const change = (finalStatus: string, selection: object) =>
  setStatusCommand({
    ...{ expid: "a000", finalStatus, checkWrapper: false, updateVersion: false },
    selection: { ...NOTHING, ...selection },
  });

const COMMANDS: Record<string, (text: string) => Command> = {
  expid: runCommand,
  description: (text) => updateDescriptionCommand("a000", text),
  "new description": (description) => createExperimentCommand({ ...EXPERIMENT, description }),
  repository: (gitRepository) => createExperimentCommand({ ...EXPERIMENT, gitRepository }),
  branch: (gitBranch) => createExperimentCommand({ ...EXPERIMENT, gitBranch }),
  path: (configurationPath) => createExperimentCommand({ ...EXPERIMENT, configurationPath }),
  hpc: (hpc) => createExperimentCommand({ ...EXPERIMENT, hpc }),
  copy: (copy) => createExperimentCommand({ ...EXPERIMENT, copy }),
  "final status": (status) => change(status, { names: ["a000_INI"] }),
  job: (name) => change("READY", { names: [name] }),
  chunks: (chunks) => change("READY", { chunks }),
  statuses: (statuses) => change("READY", { statuses }),
  sections: (sections) => change("READY", { sections }),
};

describe.each(Object.entries(COMMANDS))("%s", (_name, build) => {
  test.each(HOSTILE)("%j is one argument behind its option, or refused", (text) => {
    let command: Command;
    try {
      command = build(text);
    } catch (error) {
      expect(error).toBeInstanceOf(CommandRefusal);
      return;
    }
    const separator = command.argv.indexOf("--");
    const holding = command.argv.filter((word, index) =>
      separator === -1 ? word.endsWith(`=${text}`) : index > separator && word === text,
    );
    expect(holding).toHaveLength(1);
  });
});

test("the identifier of a new experiment is read from what Autosubmit prints", () => {
  expect(createdExpid("Generating…\nExperiment a1b2 created\n")).toBe("a1b2");
  expect(createdExpid("no experiment")).toBeNull();
});

test("the example of the settings is valid", () => {
  const path = new URL("../../../../deploy/autosubmit-api.yaml.example", import.meta.url);
  const file = parseSettingsFile("example", readFileSync(path, "utf8"));
  const { profiles } = readRunnerConfiguration(file, { home: "/home/x", agentSocket: null });
  expect([...profiles.keys()]).toEqual(["LOCAL_AUTOSUBMIT", "CLUSTER"]);
});
