/**
 * What a site allows of runners: the sections `RUNNER_CONFIGURATION` and `RUNNERS` of the settings file, validated
 * (`read-configuration.ts`). Frozen at the start.
 */

export const RUNNER_TYPES = ["LOCAL", "SSH"] as const;
export type RunnerType = (typeof RUNNER_TYPES)[number];

export const MODULE_LOADER_TYPES = ["CONDA", "LMOD", "VENV", "NO_MODULE"] as const;
export type ModuleLoaderType = (typeof MODULE_LOADER_TYPES)[number];

/** Groups of commands that a site can switch off, as the settings file names them. */
export const ENDPOINT_GROUPS = [
  "SET_JOB_STATUS",
  "CREATE_EXPERIMENT",
  "RUNNER_RUN",
  "UPDATE_EXPERIMENT_DETAILS",
] as const;
export type EndpointGroup = (typeof ENDPOINT_GROUPS)[number];

/** An account on a machine. */
export interface SshTarget {
  /** A host name or address, valid as such; never an option or a URL. */
  host: string;
  username: string;
  port: number;
}

/** A template of a runner, as the site wrote it. What is `null` is left to the user; what is set cannot be changed by users. */
export interface RunnerProfile {
  runnerType: RunnerType | null;
  moduleLoader: ModuleLoaderType | null;
  /** Names of modules, an environment, or the folder of a virtual environment, by the loader. */
  modules: readonly string[] | null;
  ssh: { [Part in keyof SshTarget]: SshTarget[Part] | null };
}

/** Which environment a command needs. */
export interface ModuleChoice {
  loader: ModuleLoaderType;
  /** Empty for `NO_MODULE`; exactly one for `CONDA` and `VENV`; at least one for `LMOD`. */
  modules: readonly string[];
}

interface SshRunner {
  runner: "SSH";
  ssh: SshTarget;
  /** Whether the account is the user's choice, not the site's. */
  userChoseAccount: boolean;
}

/** A complete runner: a profile with what the user filled in, everything validated. */
export type RunnerTarget = {
  environment: ModuleChoice;
  /** Whether the modules are the user's choice, not the site's: then a virtual environment needs a safe root. */
  userChoseModules: boolean;
} & ({ runner: "LOCAL" } | SshRunner);

/** What a site says of one module loader; `enabled` is `null` when it says nothing. */
export interface ModuleLoaderSettings {
  enabled: boolean | null;
  /** VENV: the folder that virtual environments must lie in, absolute, symbolic links resolved. `null`: none is configured. */
  safeRoot: string | null;
}

/** What a site says of one type of runner. */
export interface RunnerTypeSettings {
  /**
   * `true`: also for requests that name the runner themselves (`/v4alpha`, parts of a profile left to the user). `null` (not
   * said): only as profiles fix it. `false`: not at all.
   */
  enabled: boolean | null;
  moduleLoaders: Readonly<Record<ModuleLoaderType, ModuleLoaderSettings>>;
}

/** The machine that the API runs on: `RUNNERS.LOCAL`. */
export interface LocalSettings extends RunnerTypeSettings {
  /** Where the output and the exit status of runs are kept, absolute; `STATE_DIR`, default `~/.local/state/autosubmit-api`. */
  stateDir: string;
}

/** How machines are reached over SSH: `RUNNERS.SSH`. */
export interface SshSettings extends RunnerTypeSettings {
  /** Files in the format of OpenSSH's `known_hosts`, absolute; `KNOWN_HOSTS_FILES`, default `~/.ssh/known_hosts`. */
  knownHostsFiles: readonly string[];
  /** Whether the key of a machine met for the first time is trusted and written to the first of them; `TRUST_NEW_HOSTS`. */
  trustNewHosts: boolean;
  /** Private keys, absolute; `KEY_FILES`. Empty: OpenSSH's usual names in `~/.ssh`. */
  keyFiles: readonly string[];
  /** Socket of an agent; `AGENT_SOCKET`, default the environment's `SSH_AUTH_SOCK`. `null`: no agent. */
  agentSocket: string | null;
  /** Machines that users may fill in; `ALLOWED_HOSTS`. Machines that profiles fix need not be in it. */
  allowedHosts: readonly string[];
  /**
   * Whether users may fill in accounts other than their own and that of the experiment's owner; `ALLOW_OTHER_USERNAMES`. The
   * API's key opens every account that trusts it, whoever asks.
   */
  allowOtherUsernames: boolean;
  /** `CONNECT_TIMEOUT`, in seconds there. */
  connectTimeoutMs: number;
}

/** How long commands may take and how much they may print; `RUNNERS.LIMITS`, times in seconds there. */
export interface RunnerLimits {
  /** For every command but `autosubmit run`; `COMMAND_TIMEOUT`. */
  commandTimeoutMs: number;
  /** How long a run gets to stop by itself, before it is terminated; `STOP_TIMEOUT`. */
  stopTimeoutMs: number;
  /** Kept of what a command or a run printed; `OUTPUT_BYTES`. */
  outputBytes: number;
}

export interface RunnerConfiguration {
  /** By name, in the order of the file. */
  profiles: ReadonlyMap<string, RunnerProfile>;
  endpoints: Readonly<Record<EndpointGroup, { enabled: boolean }>>;
  /** Public keys that users are shown, to put them into their `authorized_keys`. */
  sshPublicKeys: readonly string[];
  local: LocalSettings;
  ssh: SshSettings;
  limits: RunnerLimits;
}
