import { readFileSync, statSync } from "node:fs";
import { ConfigurationError } from "./configuration-error.js";

/** Settings are a few pages. */
const MAX_BYTES = 4 * 2 ** 20;

/**
 * The text of a settings file. Opening a pipe would wait for its writer, and some devices have no end: they are refused.
 * @throws ConfigurationError; and what the system says when the file is missing or may not be read
 */
export function readSettingsText(path: string): string {
  const found = statSync(path);
  if (!found.isFile()) throw new ConfigurationError(`AS_API_CONFIG_FILE: ${path} is not a regular file`);
  if (found.size > MAX_BYTES)
    throw new ConfigurationError(`AS_API_CONFIG_FILE: ${path} is larger than ${MAX_BYTES} bytes`);
  return readFileSync(path, "utf8");
}
