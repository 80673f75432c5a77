import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** Variables by name; a variable that is set to the empty text counts as unset, as operators expect of unit files. */
export type Environment = Readonly<Record<string, string>>;

/**
 * The process's variables over those of a `.env` file in `workingDirectory`, as the reference implementation has it: what
 * the process was given wins. Called once, at the start; nothing else looks at `process.env`.
 */
export function readEnvironment(processEnvironment: NodeJS.ProcessEnv, workingDirectory: string): Environment {
  const { file, given } = readEnvironmentLayers(processEnvironment, workingDirectory);
  return { ...file, ...given };
}

/** The same before it is put together, to tell where a variable comes from: the `.env` file, or what the process was given. */
export function readEnvironmentLayers(
  processEnvironment: NodeJS.ProcessEnv,
  workingDirectory: string,
): { file: Environment; given: Environment } {
  return { file: withoutEmpty(readDotEnv(join(workingDirectory, ".env"))), given: withoutEmpty(processEnvironment) };
}

function withoutEmpty(variables: Record<string, string | undefined>): Environment {
  const set: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) if (value !== undefined && value !== "") set[name] = value;
  return set;
}

function readDotEnv(path: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw error;
  }
}
