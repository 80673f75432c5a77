import { homedir } from "node:os";
import {
  ConfigurationError,
  type Environment,
  readSecrets,
  readSettingsFile,
  type Secrets,
  type SettingsFile,
  withoutSecrets,
} from "@autosubmit-api/settings";
import { openSite, type Site } from "autosubmit-reader";
import { type LoginProviders, loginProviders } from "./auth/login-providers.js";
import { readRoleRules } from "./auth/roles.js";
import { isPublishedKey, isShortKey, newTokenKey } from "./auth/token-key.js";
import { type Config, readConfig } from "./config/config.js";
import { metricsAccess } from "./metrics/metrics-access.js";
import { readRunnerConfiguration } from "./runners/read-configuration.js";

/** Everything that a start is told, validated. */
export interface StartSettings {
  config: Config;
  secrets: Secrets;
  settingsFile: SettingsFile;
  /** The variables for code that has no business with the API's secrets. */
  siteEnvironment: Environment;
  site: Site;
  login: LoginProviders;
  /** What is allowed and should be known, one line each. */
  warnings: string[];
}

/**
 * Reads all settings, as `start` does; `check-config` and `doctor` look at the same.
 * @throws ConfigurationError, AutosubmitReadError for what cannot be started with
 */
export async function readStartSettings(environment: Environment): Promise<StartSettings> {
  const config = readConfig(environment);
  const warnings: string[] = [];
  const secrets = requireTokenKey(readSecrets(environment), config, warnings);
  metricsAccess(config, secrets);
  const settingsFile = readSettingsFile(config.settingsFile, environment.AS_API_CONFIG_FILE !== undefined);
  readRoleRules(settingsFile);
  readRunnerConfiguration(settingsFile, { home: homedir(), agentSocket: null });
  const siteEnvironment = withoutSecrets(environment);
  const site = await openSite({ environment: siteEnvironment });
  const login = loginProviders(config, secrets, site.settings.allowedClients);
  warnings.push(...openDoors(config), ...site.settings.warnings, ...login.warnings);
  return { config, secrets, settingsFile, siteEnvironment, site, login, warnings };
}

/**
 * The key that signs tokens. Without one of the site's, tokens end with the process, which is no way to serve users.
 * @throws ConfigurationError for keys that protect nothing, and for none where real users are protected by it
 */
function requireTokenKey(secrets: Secrets, { production, protectionLevel }: Config, warnings: string[]): Secrets {
  const { tokenKey } = secrets;
  if (tokenKey === null) {
    if (production && protectionLevel === "ALL") {
      throw new ConfigurationError(
        "SECRET_KEY must be set where NODE_ENV is production and PROTECTION_LEVEL is ALL; " +
          "a new one: openssl rand -base64 48",
      );
    }
    warnings.push("SECRET_KEY is not set: a random one is used, and all logins end with this process");
    return { ...secrets, tokenKey: newTokenKey() };
  }
  if (isPublishedKey(tokenKey))
    throw new ConfigurationError("SECRET_KEY must not be the one that is published with the Python implementation");
  if (isShortKey(tokenKey)) warnings.push("SECRET_KEY is shorter than 32 bytes: it could be guessed from one token");
  return secrets;
}

function openDoors({ protectionLevel, anonymousCommands }: Config): string[] {
  const reading = `PROTECTION_LEVEL is ${protectionLevel}: everybody who reaches this server may read`;
  const commands = "everybody who reaches this server may run commands on any experiment";
  return [...(protectionLevel === "ALL" ? [] : [reading]), ...(anonymousCommands ? [commands] : [])];
}
