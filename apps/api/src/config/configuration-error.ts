/** A setting that the process cannot start with. The message names the variable and never holds a secret's value. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}
