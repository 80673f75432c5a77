import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { builtProgram } from "./built-program.js";
import type { TemporarySite } from "./temporary-site.js";
import type { LogLine } from "./worker.js";

/** A real worker process. */
export interface WorkerProcess {
  process: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** What it has logged so far. */
  log(): LogLine[];
  /** Resolves to exit status or signal. */
  exited: Promise<number | string>;
}

const STARTER = (program: string) =>
  `import(${JSON.stringify(program)}).then(({ main }) => main(process.argv.slice(1)));`;

/** Starts the workers' program on a site. `settings` names a settings file. */
export function startProcess(
  site: TemporarySite,
  args: string[],
  variables: Record<string, string> = {},
): WorkerProcess {
  const child = spawn(process.execPath, ["-e", STARTER(join(builtProgram(), "main.js")), "--", ...args], {
    cwd: site.root,
    env: {
      AUTOSUBMIT_CONFIGURATION: site.configurationFile,
      HOME: site.root,
      PATH: process.env.PATH ?? "",
      TZ: "UTC",
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  return {
    process: child,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    log: () =>
      output.stdout
        .split("\n")
        .flatMap((line) => (line.startsWith("{") && line.endsWith("}") ? [JSON.parse(line)] : [])),
    exited: once(child, "close").then(([status, signal]) => signal ?? status),
  };
}
