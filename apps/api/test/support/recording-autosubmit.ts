import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A program named `autosubmit` that writes down how many words it was given, and the words, each ended by NUL, and ends. A
 * file for each process: calls at the same time do not mix.
 */
const program = (calls: string) => `#!/bin/sh
printf '%s\\0' "$#" "$@" >>'${calls}'/$$
echo "Experiment a9zz created"
`;

export interface RecordingAutosubmit {
  /** Its folder, for `PATH`. */
  folder: string;
  /** The words of each call since they were last taken, in no particular order. */
  takeCalls(): string[][];
}

/** Installs it in folders below `root`. */
export function installRecorder(root: string): RecordingAutosubmit {
  const [folder, calls] = [join(root, "recorder"), join(root, "recorded")];
  mkdirSync(folder, { recursive: true });
  mkdirSync(calls, { recursive: true });
  writeFileSync(join(folder, "autosubmit"), program(calls), { mode: 0o755 });
  return {
    folder,
    takeCalls: () =>
      readdirSync(calls).flatMap((name) => {
        const text = readFileSync(join(calls, name), "utf8");
        rmSync(join(calls, name));
        return callsIn(text.split("\0").slice(0, -1));
      }),
  };
}

function callsIn(words: string[]): string[][] {
  const calls: string[][] = [];
  while (words.length > 0) {
    const count = Number(words.shift());
    calls.push(words.splice(0, count));
  }
  return calls;
}
