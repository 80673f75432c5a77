import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { writeWorkspace } from "@autosubmit-api/fixtures";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../src/cli/run-cli.js";

const run = promisify(execFile);
const packageFolder = resolve(import.meta.dirname, "..");
const text = readFileSync(join(packageFolder, "README.md"), "utf8");
const blocks = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", code = ""]) => ({
  language,
  code,
}));
const examples = blocks.filter(({ language }) => language === "js").map(({ code }) => code);
const commands = blocks
  .filter(({ language }) => language === "sh")
  .flatMap(({ code }) => code.split("\n"))
  .filter((line) => line.startsWith("autosubmit-reader "))
  .map((line) => line.replace(/\s*#.*$/, ""));

let work = "";
let environment: Record<string, string> = {};

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "autosubmit-reader-readme-"));
  mkdirSync(join(work, "node_modules"));
  symlinkSync(packageFolder, join(work, "node_modules/autosubmit-reader"));
  const experiments = [{ expid: "a000", failures: 1, userMetrics: 1, wrappers: "real" as const }];
  const { configurationFile } = writeWorkspace({ root: join(work, "site"), seed: 1, experiments });
  environment = { AUTOSUBMIT_CONFIGURATION: configurationFile };
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** What an example prints. */
async function runExample(code: string): Promise<string> {
  const file = join(work, "example.mjs");
  writeFileSync(file, code);
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const { stdout, stderr } = await run(process.execPath, ["--import", tsx, "--conditions=source", file], {
    cwd: work,
    env: { ...process.env, ...environment },
  });
  expect(stderr).toBe("");
  return stdout;
}

describe("the examples of the README", () => {
  test("there are some", () => {
    expect([examples.length, commands.length]).toEqual([6, 4]);
  });

  test("the job list", async () => {
    expect(await runExample(examples[0] ?? "")).toMatch(/^\d+ jobs, stored as dict, written .*Z\nfailed: \[/);
  });

  test("the graph and the wrappers", async () => {
    expect(await runExample(examples[1] ?? "")).toMatch(/^a000_\w+ waits for a000_\w+\n\d+ jobs in wrappers\n$/);
  });

  test("the history", async () => {
    expect(await runExample(examples[2] ?? "")).toMatch(
      /^run 2: \d+ of \d+ jobs completed\nlongest run time: [1-9]\d* s\n\d[\d.e+]* J in all attempts\n$/,
    );
  });

  test("the configuration", async () => {
    expect(await runExample(examples[3] ?? "")).toMatch(/^yaml [A-Z_ ]*\bSIM\b[A-Z_ ]*\n$/);
  });

  test("errors", async () => {
    expect(await runExample(examples[4] ?? "")).toMatch(/^EXPERIMENT_NOT_FOUND zzzz\n[1-9]\d* metrics\n$/);
  });

  test("timestamps", async () => {
    expect(await runExample(examples[5] ?? "")).toBe("2024-04-12T11:00:40.000Z\n2026-06-10T14:35:26.000Z\n");
  });

  test.each(commands)("%s", async (command) => {
    let output = "";
    let errors = "";
    const status = await runCli(command.split(" ").slice(1), {
      environment,
      workingDirectory: work,
      write: (written) => {
        output += written;
      },
      writeError: (written) => {
        errors += written;
      },
    });
    expect([status, errors]).toEqual([0, ""]);
    expect(output).not.toBe("");
  });
});
