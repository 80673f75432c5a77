/**
 * A setting that a process cannot start with. The message names the variable, or the file and the key in it, and never holds a
 * secret's value.
 */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}
