import { load, YAML11_SCHEMA } from "js-yaml";
import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";
import { ConfigurationError } from "./configuration-error.js";
import { readSettingsText } from "./settings-text.js";

/** The YAML file that `AS_API_CONFIG_FILE` names, as plain data. Read once, at the start. */
export interface SettingsFile {
  path: string;
  /** By the names of their sections; empty when there is no file. */
  sections: Readonly<Record<string, unknown>>;
}

/**
 * Reads the file. One that was named must exist; the default one need not.
 * @param named whether the file was named, or is the default one
 * @throws ConfigurationError
 */
export function readSettingsFile(path: string, named: boolean): SettingsFile {
  let text: string;
  try {
    text = readSettingsText(path);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    const code = error instanceof Error && "code" in error ? error.code : "unknown";
    if (!named && code === "ENOENT") return { path, sections: {} };
    throw new ConfigurationError(`AS_API_CONFIG_FILE: ${path} cannot be read (${String(code)})`);
  }
  return parseSettingsFile(path, text);
}

/** @throws ConfigurationError for what is no YAML mapping */
export function parseSettingsFile(path: string, text: string): SettingsFile {
  const content = parseYaml(path, text) ?? {};
  if (typeof content !== "object" || Array.isArray(content))
    throw new ConfigurationError(`${path} must be a mapping of sections such as ACCESS and RUNNERS`);
  return { path, sections: content as Record<string, unknown> };
}

function parseYaml(path: string, text: string): unknown {
  try {
    // js-yaml takes a text without content for a mistake. As PyYAML reads it for the reference: `yes` is true.
    return isBlank(text) ? null : load(text, { schema: YAML11_SCHEMA });
  } catch (error) {
    throw new ConfigurationError(`${path}: ${error instanceof Error ? error.message : "no YAML"}`);
  }
}

/**
 * A section, which its schema must accept; null when it is absent or empty.
 * @throws ConfigurationError that names the file and the key, such as `RUNNERS.LOCAL.ENABLED`
 */
export function readSection<Schema extends TSchema>(
  file: SettingsFile,
  name: string,
  schema: Schema,
): Static<Schema> | null {
  const value = file.sections[name] ?? null;
  if (value === null) return null;
  if (Value.Check(schema, value)) return value;
  // The deepest one names the key that was mistyped, not the section that it spoils.
  const [problem] = Value.Errors(schema, value).sort((a, b) => depthOf(b) - depthOf(a));
  const steps = (problem?.instancePath ?? "").split("/").slice(1).map(unescapePointer);
  throw refuseSetting(file, [name, ...steps], describeProblem(problem));
}

const depthOf = ({ instancePath }: { instancePath: string }) => instancePath.split("/").length;

function describeProblem(problem: { keyword: string; message: string; params: object } | undefined): string {
  if (problem?.keyword === "boolean") return "is unknown";
  const { allowedValues } = (problem?.params ?? {}) as { allowedValues?: unknown[] };
  if (allowedValues !== undefined) return `must be one of ${allowedValues.join(", ")}`;
  return problem?.message ?? "is not what it must be";
}

/** The error for a value that is not what it must be, to be thrown. @param problem such as `must be a number` */
export function refuseSetting(file: SettingsFile, keys: readonly string[], problem: string): ConfigurationError {
  return new ConfigurationError(`${file.path}: ${keys.join(".")} ${problem}`);
}

const unescapePointer = (step: string) => step.replaceAll("~1", "/").replaceAll("~0", "~");

const isBlank = (text: string) => text.split("\n").every((line) => /^\s*(#.*)?$/.test(line));
