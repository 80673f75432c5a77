import { join, resolve } from "node:path";
import { findPackedReference, parseGitFile, parseGitReference } from "../formats/config/git-head.js";
import { type FileAccess, lookAt } from "./configuration-files.js";

/** References to references; git itself stops at five. */
const MAX_LINKS = 5;

/**
 * The commit that a project's repository has checked out, read from its files without running git (formats reference
 * §4.2 step 13): `.git` as a folder or as a worktree's file, loose and packed references. Null when there is no
 * repository, no commit yet, or references are stored in a way that this does not know (reftables).
 * differs: the reference runs `git rev-parse HEAD` and fails where that fails.
 */
export async function readWorkflowCommit(projectFolder: string, access: FileAccess): Promise<string | null> {
  const gitFolder = await findGitFolder(projectFolder, access);
  if (gitFolder === null) return null;
  const common = await readLine(join(gitFolder, "commondir"), access);
  const commonFolder = common === null ? gitFolder : resolve(gitFolder, common);
  let name = "HEAD";
  for (let link = 0; link < MAX_LINKS; link += 1) {
    const text = await readReference(name, gitFolder, commonFolder, access);
    const found = text === null ? null : parseGitReference(text);
    if (found === null) return null;
    if ("commit" in found) return found.commit;
    name = found.reference;
  }
  return null;
}

async function findGitFolder(projectFolder: string, access: FileAccess): Promise<string | null> {
  const path = join(projectFolder, ".git");
  const found = await lookAt(path, access);
  if (found.kind === "folder") return path;
  const linked = found.kind === "file" ? parseGitFile(found.text) : null;
  return linked === null ? null : resolve(projectFolder, linked);
}

async function readReference(
  name: string,
  gitFolder: string,
  commonFolder: string,
  access: FileAccess,
): Promise<string | null> {
  // A worktree has its own HEAD; everything else is shared.
  const loose = await readLine(join(name === "HEAD" ? gitFolder : commonFolder, name), access);
  if (loose !== null || name === "HEAD") return loose;
  const packed = await lookAt(join(commonFolder, "packed-refs"), access);
  return packed.kind === "file" ? findPackedReference(packed.text, name) : null;
}

async function readLine(path: string, access: FileAccess): Promise<string | null> {
  const found = await lookAt(path, access);
  return found.kind === "file" ? found.text.trim() : null;
}
