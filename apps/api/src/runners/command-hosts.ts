import type { Command, CommandHost } from "./command-host.js";
import type { RunnerConfiguration, RunnerTarget, SshTarget } from "./configuration.js";
import { checkSafeRoot, loadModules, resolveModules } from "./module-loaders.js";

/** A command with the environment that it needs, and where it is to be run. */
export interface PreparedCommand {
  host: CommandHost;
  command: Command;
}

/** The machines that commands are run on; one host for each account on each. */
export interface CommandHosts {
  of(target: RunnerTarget): CommandHost;
  /** @throws ModulesError, CommandHostError */
  prepare(target: RunnerTarget, command: Command): Promise<PreparedCommand>;
  /** The same command as far as it is known without asking the machine: links of folders are not resolved. */
  preview(target: RunnerTarget, command: Command): Command;
  close(): Promise<void>;
}

/** Everything is inside of it: the root of folders that the site itself chose. */
const ANYWHERE = "/";

export function commandHosts(
  configuration: RunnerConfiguration,
  local: CommandHost,
  openSsh: (target: SshTarget) => CommandHost,
): CommandHosts {
  const remote = new Map<string, CommandHost>();
  const of = (target: RunnerTarget): CommandHost => {
    if (target.runner === "LOCAL") return local;
    const account = JSON.stringify(target.ssh);
    const host = remote.get(account) ?? openSsh(target.ssh);
    remote.set(account, host);
    return host;
  };
  const rootOf = ({ runner, environment, userChoseModules }: RunnerTarget) => {
    const { moduleLoaders } = runner === "LOCAL" ? configuration.local : configuration.ssh;
    const { safeRoot } = moduleLoaders[environment.loader];
    return { safeRoot: safeRoot ?? (userChoseModules ? null : ANYWHERE) };
  };
  return {
    of,
    prepare: async (target, command) => {
      const host = of(target);
      const environment = await resolveModules(target.environment, rootOf(target), host, command.argv[0]);
      return { host, command: loadModules(environment, command) };
    },
    preview: (target, command) => {
      checkSafeRoot(target.environment, rootOf(target));
      return loadModules(target.environment, command);
    },
    close: async () => {
      await Promise.all([local, ...remote.values()].map((host) => host.close()));
    },
  };
}
