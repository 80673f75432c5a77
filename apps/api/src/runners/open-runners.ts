import type { RunnerProcessRepository } from "@autosubmit-api/db";
import type { SettingsFile } from "@autosubmit-api/settings";
import type { TimeZone } from "@autosubmit-api/shared-types";
import type { Logger } from "pino";
import { type CommandHosts, commandHosts } from "./command-hosts.js";
import type { RunnerConfiguration } from "./configuration.js";
import { type ExperimentRuns, experimentRuns } from "./experiment-runs.js";
import { openLocalHost } from "./local-host.js";
import { readRunnerConfiguration } from "./read-configuration.js";
import { openSshHost } from "./ssh-host.js";

/** Everything that commands need. */
export interface Runners {
  configuration: RunnerConfiguration;
  hosts: CommandHosts;
  runs: ExperimentRuns;
}

/** What the process that runs commands is, given by the one that serves requests. */
export interface RunnerPlace {
  /** Of commands: without the API's secrets. */
  environment: Readonly<Record<string, string>>;
  home: string;
  /** The launcher of runs, built. */
  launcherFile: string;
}

export interface RunnersSettings extends RunnerPlace {
  settingsFile: SettingsFile;
  processes: RunnerProcessRepository;
  timeZone: TimeZone;
  clock: () => Date;
  logger: Logger;
}

/** @throws ConfigurationError for mistakes in the settings file */
export function openRunners(settings: RunnersSettings): Runners {
  const { settingsFile, environment, home, launcherFile, processes, timeZone, clock, logger } = settings;
  const place = { home, agentSocket: environment.SSH_AUTH_SOCK ?? null };
  const configuration = readRunnerConfiguration(settingsFile, place);
  const { limits, local, ssh } = configuration;
  const localHost = openLocalHost({
    environment,
    workingDirectory: home,
    stateDir: local.stateDir,
    launcherFile,
    outputBytes: limits.outputBytes,
  });
  const hosts = commandHosts(configuration, localHost, (target) => openSshHost(target, { settings: ssh, home }));
  const runs = experimentRuns({ processes, hosts, limits, timeZone, clock, logger });
  return { configuration, hosts, runs };
}
