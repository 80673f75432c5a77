/** A setting that the workers cannot start with. The message names the variable, or the file and the key in it. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}
