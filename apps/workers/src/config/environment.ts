import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** Variables by name; a variable that is set to the empty text counts as unset, as operators expect of unit files. */
export type Environment = Readonly<Record<string, string>>;

/** Secrets of the API, which shares the environment file: the workers and their readers have no business with them. */
const NOT_FOR_WORKERS = new Set([
  "SECRET_KEY",
  "AS_API_SECRET_TOKEN",
  "GITHUB_OAUTH_CLIENT_SECRET",
  "OIDC_CLIENT_SECRET",
  "AS_API_METRICS_TOKEN",
]);

/**
 * The process's variables over those of a `.env` file in `workingDirectory`, as the reference implementation has it: what
 * the process was given wins. Called once, at the start; nothing else looks at `process.env`.
 */
export function readEnvironment(processEnvironment: NodeJS.ProcessEnv, workingDirectory: string): Environment {
  const merged: Record<string, string> = {};
  for (const source of [readDotEnv(join(workingDirectory, ".env")), processEnvironment]) {
    for (const [name, value] of Object.entries(source)) {
      if (value !== undefined && value !== "" && !NOT_FOR_WORKERS.has(name)) merged[name] = value;
    }
  }
  return merged;
}

function readDotEnv(path: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw error;
  }
}
