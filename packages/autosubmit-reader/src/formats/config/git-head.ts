/** What `.git/HEAD` or a reference file says: a commit, or the name of another reference. */
export type GitReference = { commit: string } | { reference: string };

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const REFERENCE = /^ref: *(\S+)$/;
const REFERENCE_NAME = /^(?:HEAD|refs\/[^\0]+)$/;

/** Reads `HEAD` or a loose reference; null for anything that git would not write, such as a name that leaves the folder. */
export function parseGitReference(text: string): GitReference | null {
  const line = text.trim();
  if (COMMIT.test(line)) return { commit: line };
  const reference = REFERENCE.exec(line)?.[1];
  if (reference === undefined || !REFERENCE_NAME.test(reference)) return null;
  return reference.split("/").some((part) => part === "" || part === "." || part === "..") ? null : { reference };
}

/** The commit of a reference in `packed-refs`; null when it is not there. */
export function findPackedReference(text: string, reference: string): string | null {
  for (const line of text.split("\n")) {
    if (line.endsWith(` ${reference}`)) {
      const commit = line.slice(0, -reference.length - 1);
      if (COMMIT.test(commit)) return commit;
    }
  }
  return null;
}

/** The folder that a `.git` file of a worktree or submodule names; null when it is no such file. */
export function parseGitFile(text: string): string | null {
  return /^gitdir: *(.+?)\s*$/.exec(text)?.[1] ?? null;
}
