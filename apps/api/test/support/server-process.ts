import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { vi } from "vitest";
import { builtProgram } from "./built-program.js";

/** A process of the built program: what it printed so far, and how it ended. */
export interface ServerProcess {
  child: ChildProcess;
  base: string;
  port: number;
  lines: Record<string, unknown>[];
  stderr: () => string;
  /** Resolves with the exit status, or the name of the signal. */
  ended: Promise<number | string | null>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
}

export interface ServerProcessOptions {
  environment?: Record<string, string>;
  /** A program and its arguments that the process is started by, such as `prlimit`. */
  startedBy?: readonly string[];
  /** Number of the user whose rights the process has. */
  userId?: number;
  /** Waits until it listens, which is what tests need unless it must not start. */
  listens?: boolean;
}

/** Starts the API as operators do, on a site that everybody may read unless the environment says otherwise. */
export async function startServerProcess(
  site: { root: string; configurationFile: string },
  { environment = {}, startedBy = [], userId, listens = true }: ServerProcessOptions = {},
): Promise<ServerProcess> {
  const cli = join(await builtProgram(), "cli.js");
  const program = `import(${JSON.stringify(`file://${cli}`)}).then(({ main }) => main(["start", "--port", "0"]))`;
  const argv = [...startedBy, process.execPath, "-e", program];
  const child = spawn(argv[0] ?? "", argv.slice(1), {
    cwd: site.root,
    env: {
      PATH: process.env.PATH ?? "",
      HOME: site.root,
      AUTOSUBMIT_CONFIGURATION: site.configurationFile,
      PROTECTION_LEVEL: "NONE",
      TZ: "UTC",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
    ...(userId === undefined ? {} : { uid: userId, gid: userId }),
  });
  const lines: Record<string, unknown>[] = [];
  let pending = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    const parts = (pending + chunk).split("\n");
    pending = parts.pop() ?? "";
    for (const part of parts) if (part.startsWith("{")) lines.push(JSON.parse(part) as Record<string, unknown>);
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    errors += chunk;
  });
  const ended = once(child, "close").then(([status, signal]) => (signal ?? status) as number | string | null);
  const base = () => lines.map(({ msg }) => /Server listening at (\S+)/.exec(String(msg))?.[1]).find(Boolean) ?? "";
  if (listens) await vi.waitUntil(() => base() !== "" || child.exitCode !== null, { timeout: 60_000 });
  if (listens && base() === "") throw new Error(`it did not start: ${errors}`);
  return {
    ...{ child, lines, ended, base: base(), stderr: () => errors },
    port: base() === "" ? 0 : Number(new URL(base()).port),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
