import { homedir } from "node:os";
import { load, YAML11_SCHEMA } from "js-yaml";
import { ConfigurationError } from "./configuration-error.js";
import type { Environment } from "./environment.js";
import { readSettingsText } from "./settings-text.js";

/** The YAML file that `AS_API_CONFIG_FILE` names, as plain data. Read once, at the start. */
export interface SettingsFile {
  path: string;
  /** By the names of their sections; empty when there is no file. */
  sections: Readonly<Record<string, unknown>>;
}

/** Where the file is: what `AS_API_CONFIG_FILE` says, `~` being the user's home, or the reference's place. */
export function settingsFilePath(environment: Environment): string {
  const home = environment.HOME ?? homedir();
  return (environment.AS_API_CONFIG_FILE ?? "~/.autosubmit_api.yaml").replace(/^~(?=\/|$)/, home);
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
    throw new ConfigurationError(`${path}: the file must be a mapping of sections such as ACCESS and WORKERS`);
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

const isBlank = (text: string) => text.split("\n").every((line) => /^\s*(#.*)?$/.test(line));
