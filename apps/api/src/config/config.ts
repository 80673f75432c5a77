import { ConfigurationError, type Environment } from "@autosubmit-api/settings";
import type { Static } from "typebox";
import { Value } from "typebox/value";
import { SETTINGS } from "./settings.js";

/** Every setting that is no secret, validated and frozen. */
export type Config = Readonly<{ [Name in keyof typeof SETTINGS]: Static<(typeof SETTINGS)[Name]["schema"]> }>;

/**
 * The configuration that an environment describes.
 * @throws ConfigurationError that names the variable, what it must be and what it is
 */
export function readConfig(environment: Environment): Config {
  const entries = Object.entries(SETTINGS).map(([name, setting]) => {
    const text = environment[setting.variable];
    const value = text === undefined ? setting.fallback(environment) : setting.parse(text);
    if (!Value.Check(setting.schema, value)) {
      throw new ConfigurationError(
        `${setting.variable} must be ${setting.expects}, not ${JSON.stringify(text ?? value)}`,
      );
    }
    return [name, value];
  });
  // Each value was checked against its own schema above; TypeScript cannot follow that through Object.entries.
  const config = Object.freeze(Object.fromEntries(entries)) as Config;
  refuseContradictions(config);
  return config;
}

/** Better not to start than to protect what was meant to be open, or to open what was meant to be protected. */
function refuseContradictions({ protectionLevel, anonymousCommands }: Config): void {
  if (anonymousCommands && protectionLevel !== "NONE") {
    throw new ConfigurationError(
      `AS_API_ANONYMOUS_COMMANDS must be false unless PROTECTION_LEVEL is NONE, and it is ${protectionLevel}`,
    );
  }
}
