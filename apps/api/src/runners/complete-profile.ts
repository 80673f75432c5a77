import { CommandRefusal } from "./command-refusal.js";
import { hostWord, portNumber, userWord } from "./command-words.js";
import {
  MODULE_LOADER_TYPES,
  type ModuleLoaderType,
  RUNNER_TYPES,
  type RunnerConfiguration,
  type RunnerProfile,
  type RunnerTarget,
  type RunnerType,
  type SshTarget,
} from "./configuration.js";
import { moduleWords } from "./module-words.js";

const SSH_PORT = 22;

/** What a request says of a runner, as it came: texts of a form, of which empty ones say nothing. */
export interface RunnerRequest {
  runnerType: string | null;
  moduleLoader: string | null;
  modules: string | readonly string[] | null;
  ssh: { host: string | null; username: string | null; port: string | number | null };
}

const OPEN_PROFILE: RunnerProfile = {
  runnerType: null,
  moduleLoader: null,
  modules: null,
  ssh: { host: null, username: null, port: null },
};

/**
 * The runner that a profile and what the user filled in make together.
 *
 * differs: the reference keeps the profile's value, silently, where a user gives another one; here that is refused, since
 * the command would run somewhere else than asked for.
 * @throws CommandRefusal 400 for what is missing, wrong or fixed by the profile, 403 for what the site did not enable
 */
export function completeProfile(
  configuration: RunnerConfiguration,
  profileName: string,
  request: RunnerRequest,
): RunnerTarget {
  const profile = configuration.profiles.get(profileName);
  if (profile === undefined) throw new CommandRefusal(400, "Invalid profile name");
  return completeRunner(configuration, profile, request, `profile ${profileName}`);
}

/** The runner that a request describes itself, without a profile (`/v4alpha`); only of types that the site enabled. */
export function completeRequest(configuration: RunnerConfiguration, request: RunnerRequest): RunnerTarget {
  return completeRunner(configuration, OPEN_PROFILE, request, "the request");
}

function completeRunner(
  configuration: RunnerConfiguration,
  profile: RunnerProfile,
  request: RunnerRequest,
  owner: string,
): RunnerTarget {
  const choose = <Value>(name: string, fixed: Value | null, wanted: Value | null): Value | null => {
    if (fixed === null || wanted === null || isSame(fixed, wanted)) return fixed ?? wanted;
    throw new CommandRefusal(400, `${name} is fixed by ${owner} and cannot be changed`);
  };
  const need = <Value>(name: string, value: Value | null): Value => {
    if (value !== null) return value;
    throw new CommandRefusal(400, `${name} is missing: ${owner} leaves it to the user`);
  };
  const runner = need(
    "RUNNER_TYPE",
    choose("RUNNER_TYPE", profile.runnerType, oneOf("RUNNER_TYPE", request.runnerType, RUNNER_TYPES)),
  );
  const loader = need(
    "MODULE_LOADER_TYPE",
    choose(
      "MODULE_LOADER_TYPE",
      profile.moduleLoader,
      oneOf("MODULE_LOADER_TYPE", request.moduleLoader, MODULE_LOADER_TYPES),
    ),
  );
  requireEnabled(configuration, {
    runner,
    loader,
    userChoseRunner: profile.runnerType === null,
    userChoseLoader: profile.moduleLoader === null,
  });
  const wanted = loader === "NO_MODULE" ? null : modulesOf(loader, request.modules);
  const fixed =
    loader === "NO_MODULE" || profile.modules === null ? null : moduleWords("MODULES", loader, profile.modules);
  const modules = loader === "NO_MODULE" ? [] : need("MODULES", choose("MODULES", fixed, wanted));
  const environment = { loader, modules };
  const userChoseModules = profile.modules === null || profile.moduleLoader === null;
  if (runner === "LOCAL") {
    refuseMachine(request);
    return { runner, environment, userChoseModules };
  }
  const ssh: SshTarget = {
    host: need("SSH.HOST", choose("SSH.HOST", profile.ssh.host, checked("SSH.HOST", request.ssh.host, hostWord))),
    username: need(
      "SSH.USERNAME",
      choose("SSH.USERNAME", profile.ssh.username, checked("SSH.USERNAME", request.ssh.username, userWord)),
    ),
    port: choose("SSH.PORT", profile.ssh.port, portOf(request.ssh.port)) ?? SSH_PORT,
  };
  if (profile.ssh.host === null) requireAllowedHost(configuration, ssh.host);
  return { runner, environment, userChoseModules, ssh, userChoseAccount: profile.ssh.username === null };
}

/** On this machine a command would not run where the request says. */
function refuseMachine({ ssh: { host, username, port } }: RunnerRequest): void {
  const says = [host, username, port].some((value) => typeof value === "number" || given(value) !== null);
  if (says) throw new CommandRefusal(400, "SSH.HOST, SSH.USERNAME and SSH.PORT are for runners of type SSH, not LOCAL");
}

interface ChosenTypes {
  runner: RunnerType;
  loader: ModuleLoaderType;
  userChoseRunner: boolean;
  userChoseLoader: boolean;
}

/** What users choose has to be enabled in `RUNNERS`; what a profile fixes only must not be disabled there. */
function requireEnabled(configuration: RunnerConfiguration, chosen: ChosenTypes): void {
  const { runner, loader, userChoseRunner, userChoseLoader } = chosen;
  const settings = runner === "LOCAL" ? configuration.local : configuration.ssh;
  const permits = (enabled: boolean | null, userChose: boolean) => (userChose ? enabled === true : enabled !== false);
  if (!permits(settings.enabled, userChoseRunner))
    throw new CommandRefusal(403, `Runner ${runner} is not enabled in the config file`);
  if (!permits(settings.moduleLoaders[loader].enabled, userChoseLoader))
    throw new CommandRefusal(403, `Module loader ${loader} of runner ${runner} is not enabled in the config file`);
}

/** Machines that users name have to be listed: the API's keys are not shown to just any machine. */
function requireAllowedHost({ ssh }: RunnerConfiguration, host: string): void {
  const name = host.toLowerCase();
  if (ssh.allowedHosts.some((allowed) => allowed.toLowerCase() === name)) return;
  throw new CommandRefusal(403, `Host ${host} is not among RUNNERS.SSH.ALLOWED_HOSTS in the config file`);
}

/** Not `trim`, which takes away what is not seen, such as the mark of byte order: then it is another name than the one given. */
function given(text: string | null): string | null {
  const word = text?.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
  return word === undefined || word === "" ? null : word;
}

function oneOf<Word extends string>(parameter: string, text: string | null, words: readonly Word[]): Word | null {
  const word = given(text);
  if (word === null) return null;
  const found = words.find((candidate) => candidate === word.toUpperCase());
  if (found === undefined) throw new CommandRefusal(400, `${parameter} must be one of ${words.join(", ")}`);
  return found;
}

function checked(
  parameter: string,
  text: string | null,
  check: (parameter: string, text: string) => string,
): string | null {
  const word = given(text);
  return word === null ? null : check(parameter, word);
}

function portOf(port: string | number | null): number | null {
  if (typeof port === "string") return given(port) === null ? null : portNumber("SSH.PORT", port);
  return port === null ? null : portNumber("SSH.PORT", port);
}

function modulesOf(loader: ModuleLoaderType, modules: RunnerRequest["modules"]): readonly string[] | null {
  const texts = (typeof modules === "string" ? [modules] : (modules ?? [])).filter((text) => text.trim() !== "");
  return texts.length === 0 ? null : moduleWords("MODULES", loader, texts);
}

/** Of texts and numbers, and of lists of texts. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
