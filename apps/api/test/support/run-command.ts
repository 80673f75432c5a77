import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { builtProgram } from "./built-program.js";

/** How a command of the built program ended. */
export interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `autosubmit-api ARGS` in `cwd` with exactly these variables, and waits for its end. */
export async function runCommand(args: string[], cwd: string, environment: Record<string, string>): Promise<Ended> {
  const cli = join(await builtProgram(), "cli.js");
  // The bundle only exports its command; the committed starter calls it the same way.
  const program = `import(${JSON.stringify(`file://${cli}`)}).then(({ main }) => main(${JSON.stringify(args)}))`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: cwd, ...environment },
    encoding: "utf8",
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}
