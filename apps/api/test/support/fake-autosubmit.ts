import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A program named `autosubmit` that writes down each of its calls and behaves as a file beside it says. `run` goes on until
 * it is interrupted; `stop` interrupts it, as Autosubmit does.
 */
const PROGRAM = `#!${process.execPath}
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
const folder = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const words = process.argv.slice(2);
appendFileSync(join(folder, "calls.jsonl"), JSON.stringify(words) + "\\n");
const behaviour = existsSync(join(folder, "behaviour")) ? readFileSync(join(folder, "behaviour"), "utf8") : "";
const pidOf = (expid) => join(folder, "pid-" + expid);
const forEver = () => setInterval(() => undefined, 1_000);
if (behaviour === "fail") { console.error("[CRITICAL] no such thing"); process.exit(3); }
else if (behaviour === "hang" && words[0] !== "run") forEver();
else if (words[0] === "run") {
  writeFileSync(pidOf(words[1]), String(process.pid));
  process.on("SIGINT", () => { if (behaviour !== "stubborn") { console.log("interrupted"); process.exit(0); } });
  process.on("SIGTERM", () => { if (behaviour !== "stubborn") process.exit(15); });
  console.log("running " + words[1]);
  if (behaviour === "megabytes") for (let i = 0; i < 300_000; i++) console.log("line " + i);
  if (behaviour === "once" || behaviour === "megabytes") console.log("done"); else forEver();
} else if (words[0] === "stop") {
  const pid = Number(readFileSync(pidOf(words[1]), "utf8"));
  try { process.kill(pid, "SIGINT"); } catch {}
  const look = setInterval(() => { try { process.kill(pid, 0); } catch { clearInterval(look); } }, 50);
} else if (words[0] === "expid") console.log("Experiment a9zz created");
else if (words[0] === "-v") console.log("4.1.17");
`;

export type Behaviour = "" | "fail" | "hang" | "once" | "stubborn" | "megabytes";

export interface FakeAutosubmit {
  /** Its folder, for `PATH`. */
  folder: string;
  behave(behaviour: Behaviour): void;
  /** The arguments of each call so far. */
  calls(): string[][];
  forgetCalls(): void;
  /** Kills what is left of its runs. */
  killRuns(): void;
}

/** Installs it in a folder below `root`. */
export function installAutosubmit(root: string): FakeAutosubmit {
  const folder = join(root, "fake-bin");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), `{"type":"module"}`);
  writeFileSync(join(folder, "autosubmit"), PROGRAM);
  chmodSync(join(folder, "autosubmit"), 0o755);
  const callsFile = join(folder, "calls.jsonl");
  return {
    folder,
    behave: (behaviour) => writeFileSync(join(folder, "behaviour"), behaviour),
    calls: () => {
      if (!existsSync(callsFile)) return [];
      const lines = readFileSync(callsFile, "utf8").trim().split("\n");
      return lines.map((line) => JSON.parse(line) as string[]);
    },
    forgetCalls: () => rmSync(callsFile, { force: true }),
    killRuns: () => {
      for (const name of readdirSync(folder).filter((file) => file.startsWith("pid-"))) {
        try {
          process.kill(Number(readFileSync(join(folder, name), "utf8")), "SIGKILL");
        } catch {
          // Ended already.
        }
      }
    },
  };
}
