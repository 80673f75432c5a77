import { join } from "node:path";
import {
  absolutePath,
  ConfigurationError,
  type SettingsFile,
  type SettingsSection,
  settingsSection,
} from "@autosubmit-api/settings";
import { CommandRefusal } from "./command-refusal.js";
import { hostWord, portNumber, userWord } from "./command-words.js";
import {
  ENDPOINT_GROUPS,
  MODULE_LOADER_TYPES,
  type ModuleLoaderSettings,
  RUNNER_TYPES,
  type RunnerConfiguration,
  type RunnerLimits,
  type RunnerProfile,
  type RunnerTypeSettings,
  type SshSettings,
} from "./configuration.js";
import { checkSafeRoot, ModulesError } from "./module-loaders.js";
import { moduleWords } from "./module-words.js";

/** What the sections are read with. */
export interface ConfigurationPlace {
  /** The home folder of the account that the API runs as. */
  home: string;
  /** `SSH_AUTH_SOCK` of the API's environment. */
  agentSocket: string | null;
}

const SECOND_MS = 1_000;
const HOUR_SECONDS = 3_600;
const KIBIBYTE = 1_024;

/**
 * The runner settings of a site.
 * @throws ConfigurationError that names the file and the key
 */
export function readRunnerConfiguration(file: SettingsFile, place: ConfigurationPlace): RunnerConfiguration {
  const offered = settingsSection(file, "RUNNER_CONFIGURATION");
  offered.allow(["PROFILES", "ENDPOINTS", "SSH_PUBLIC_KEYS"]);
  const runners = settingsSection(file, "RUNNERS");
  runners.allow([...RUNNER_TYPES, "LIMITS"]);
  const profiles = offered.section("PROFILES");
  const configuration = Object.freeze({
    profiles: readProfiles(profiles),
    endpoints: readEndpoints(offered.section("ENDPOINTS")),
    sshPublicKeys: offered.texts("SSH_PUBLIC_KEYS") ?? [],
    local: readLocal(runners.section("LOCAL"), place),
    ssh: readSsh(runners.section("SSH"), place),
    limits: readLimits(runners.section("LIMITS")),
  });
  for (const [name, profile] of configuration.profiles)
    requireSafeFolder(configuration, profile, profiles.section(name).keyOf("MODULES"));
  return configuration;
}

/** A folder that a profile fixes outside of the safe root would be refused at every command. */
function requireSafeFolder(
  { local, ssh }: Pick<RunnerConfiguration, "local" | "ssh">,
  { runnerType, moduleLoader, modules }: RunnerProfile,
  key: string,
): void {
  if (runnerType === null || moduleLoader === null || modules === null) return;
  const { safeRoot } = (runnerType === "LOCAL" ? local : ssh).moduleLoaders[moduleLoader];
  if (safeRoot === null) return;
  try {
    checkSafeRoot({ loader: moduleLoader, modules }, { safeRoot });
  } catch (error) {
    if (error instanceof ModulesError) throw new ConfigurationError(`${key}: ${error.message}`, { cause: error });
    throw error;
  }
}

function readProfiles(profiles: SettingsSection): ReadonlyMap<string, RunnerProfile> {
  return new Map(profiles.names().map((name) => [name, readProfile(profiles.section(name))]));
}

function readProfile(profile: SettingsSection): RunnerProfile {
  profile.allow(["RUNNER_TYPE", "MODULE_LOADER_TYPE", "MODULES", "SSH"]);
  const ssh = profile.section("SSH");
  ssh.allow(["HOST", "USERNAME", "USER", "PORT"]);
  const moduleLoader = profile.word("MODULE_LOADER_TYPE", MODULE_LOADER_TYPES);
  const modules = profile.texts("MODULES");
  return {
    runnerType: profile.word("RUNNER_TYPE", RUNNER_TYPES),
    moduleLoader,
    modules: modules && naming(profile.keyOf("MODULES"), (key) => moduleWords(key, moduleLoader, modules)),
    ssh: {
      host: word(ssh, "HOST", hostWord),
      // The reference implementation's guide says USER, its code USERNAME.
      username: word(ssh, "USERNAME", userWord) ?? word(ssh, "USER", userWord),
      port: ssh.has("PORT")
        ? naming(ssh.keyOf("PORT"), (key) => portNumber(key, ssh.value("PORT") as number | string))
        : null,
    },
  };
}

function word(section: SettingsSection, name: string, check: (key: string, text: string) => string): string | null {
  const text = section.text(name);
  return text === null ? null : naming(section.keyOf(name), (key) => check(key, text));
}

/** What requests are refused for is, in the settings file, a mistake that stops the start. */
function naming<Value>(key: string, check: (key: string) => Value): Value {
  try {
    return check(key);
  } catch (error) {
    if (error instanceof CommandRefusal) throw new ConfigurationError(error.message, { cause: error });
    throw error;
  }
}

function readEndpoints(endpoints: SettingsSection): RunnerConfiguration["endpoints"] {
  endpoints.allow(ENDPOINT_GROUPS);
  const entries = ENDPOINT_GROUPS.map((group) => {
    const section = endpoints.section(group);
    section.allow(["ENABLED"]);
    return [group, { enabled: section.boolean("ENABLED") ?? true }] as const;
  });
  // One entry for each group, from the list of them.
  return Object.fromEntries(entries) as unknown as RunnerConfiguration["endpoints"];
}

function readLocal(section: SettingsSection, place: ConfigurationPlace): RunnerConfiguration["local"] {
  section.allow(["ENABLED", "MODULE_LOADERS", "STATE_DIR"]);
  const stateDir = section.text("STATE_DIR");
  return {
    ...readType(section, place),
    stateDir:
      stateDir === null
        ? join(place.home, ".local/state/autosubmit-api")
        : absolutePath(section.keyOf("STATE_DIR"), stateDir, place.home),
  };
}

function readType(section: SettingsSection, place: ConfigurationPlace): RunnerTypeSettings {
  const loaders = section.section("MODULE_LOADERS");
  loaders.allow(MODULE_LOADER_TYPES);
  const read = (name: string, keys: readonly string[]): ModuleLoaderSettings => {
    const loader = loaders.section(name);
    loader.allow(keys);
    return {
      enabled: loader.boolean("ENABLED"),
      safeRoot: safeRoot(loader, place),
    };
  };
  return {
    enabled: section.boolean("ENABLED"),
    moduleLoaders: {
      CONDA: read("CONDA", ["ENABLED", "SAFE_ROOT_PATH"]),
      LMOD: read("LMOD", ["ENABLED"]),
      VENV: read("VENV", ["ENABLED", "SAFE_ROOT_PATH"]),
      NO_MODULE: read("NO_MODULE", ["ENABLED"]),
    },
  };
}

/** As it is written: links are followed where a command is to be run, on this machine or another one. */
function safeRoot(loader: SettingsSection, { home }: ConfigurationPlace): string | null {
  const text = loader.text("SAFE_ROOT_PATH");
  return text === null ? null : absolutePath(loader.keyOf("SAFE_ROOT_PATH"), text, home);
}

function readSsh(section: SettingsSection, place: ConfigurationPlace): SshSettings {
  section.allow([
    ...["ENABLED", "MODULE_LOADERS", "KNOWN_HOSTS_FILES", "TRUST_NEW_HOSTS", "KEY_FILES", "AGENT_SOCKET"],
    ...["ALLOWED_HOSTS", "ALLOW_OTHER_USERNAMES", "CONNECT_TIMEOUT"],
  ]);
  const paths = (name: string) =>
    section.texts(name)?.map((text) => absolutePath(section.keyOf(name), text, place.home)) ?? null;
  const hosts = section.texts("ALLOWED_HOSTS") ?? [];
  return {
    ...readType(section, place),
    knownHostsFiles: paths("KNOWN_HOSTS_FILES") ?? [join(place.home, ".ssh/known_hosts")],
    trustNewHosts: section.boolean("TRUST_NEW_HOSTS") ?? false,
    keyFiles: paths("KEY_FILES") ?? [],
    agentSocket: paths("AGENT_SOCKET")?.[0] ?? place.agentSocket,
    allowedHosts: hosts.map((host) => naming(section.keyOf("ALLOWED_HOSTS"), (key) => hostWord(key, host))),
    allowOtherUsernames: section.boolean("ALLOW_OTHER_USERNAMES") ?? false,
    connectTimeoutMs: seconds(section, "CONNECT_TIMEOUT", 15),
  };
}

function readLimits(section: SettingsSection): RunnerLimits {
  section.allow(["COMMAND_TIMEOUT", "STOP_TIMEOUT", "OUTPUT_BYTES"]);
  const outputBytes = section.number("OUTPUT_BYTES", { minimum: KIBIBYTE, maximum: KIBIBYTE ** 3, whole: true });
  return {
    commandTimeoutMs: seconds(section, "COMMAND_TIMEOUT", 600),
    stopTimeoutMs: seconds(section, "STOP_TIMEOUT", 60),
    outputBytes: outputBytes ?? KIBIBYTE ** 2,
  };
}

function seconds(section: SettingsSection, name: string, fallback: number): number {
  return SECOND_MS * (section.number(name, { minimum: 0.1, maximum: 24 * HOUR_SECONDS }) ?? fallback);
}
