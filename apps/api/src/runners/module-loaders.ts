import { posix } from "node:path";
import { type Command, type CommandHost, CommandHostError } from "./command-host.js";
import type { ModuleChoice, ModuleLoaderSettings, ModuleLoaderType } from "./configuration.js";
import { shellQuote, shellQuoteAll } from "./shell-quote.js";

/** What was asked of a module loader cannot be done; the message may be shown to whoever asked. */
export class ModulesError extends Error {
  override readonly name = "ModulesError";
}

const MAX_MODULES = 64;
const MAX_NAME_LENGTH = 255;
const MAX_PATH_LENGTH = 1_024;
/** `autosubmit/4.1.17-foss-2021b`, `spack@0.21`, `gcc:12`: the first sign makes it neither an option nor a path. */
const MODULE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.+@:/-]*$/;
/** As conda accepts them: no slash, blank, colon or hash; and no option. */
const ENVIRONMENT_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/;
/** No control characters; everything else may be part of a folder's name. */
const ABSOLUTE_PATH = /^\/[^\p{Cc}\p{Surrogate}]*$/u;
const RESOLVE_LIMITS = { timeoutMs: 30_000, outputBytes: 16_384 };

/**
 * Whether a loader can take these modules. What is refused here could be an option, a path out of the folders of modules, or
 * more than one environment; `loadModules` and `resolveModules` refuse it too.
 * @throws ModulesError
 */
export function checkModules({ loader, modules }: ModuleChoice): void {
  if (loader === "NO_MODULE") return;
  const most = loader === "LMOD" ? MAX_MODULES : 1;
  if (modules.length === 0) throw new ModulesError(`${loader} needs the name of what it is to load`);
  if (modules.length > most) throw new ModulesError(`${loader} takes at most ${most} of MODULES`);
  const wrong = modules.find((name) => !isModuleOf(loader, name));
  if (wrong !== undefined) throw new ModulesError(`${shown(wrong)} is not ${EXPECTED[loader]}`);
}

const EXPECTED: Record<Exclude<ModuleLoaderType, "NO_MODULE">, string> = {
  LMOD: "the name of a module",
  CONDA: "the name or the absolute path of a conda environment",
  VENV: "the absolute path of a virtual environment",
};

function isModuleOf(loader: Exclude<ModuleLoaderType, "NO_MODULE">, name: string): boolean {
  if (loader === "LMOD") return isModuleName(name);
  if (loader === "VENV" || name.startsWith("/")) return isPlainPath(name);
  return name.length <= MAX_NAME_LENGTH && ENVIRONMENT_NAME.test(name);
}

/** `..` and `.` would make a path of it, and a module file is a program. */
function isModuleName(name: string): boolean {
  const parts = name.split("/");
  return name.length <= MAX_NAME_LENGTH && MODULE_NAME.test(name) && !parts.some((part) => /^\.{0,2}$/.test(part));
}

function isPlainPath(path: string): boolean {
  return (
    path.length <= MAX_PATH_LENGTH &&
    ABSOLUTE_PATH.test(path) &&
    !path.split("/").some((part) => /^\.{1,2}$/.test(part))
  );
}

/**
 * The same choice with the folder of a virtual or conda environment replaced by what it really is on `host`, symbolic
 * links followed; names are left as they are. Asks the host, which is where the folder is.
 * @throws ModulesError when the folder, or the program in it, lies outside `safeRoot`, is absent, or no root is configured
 * @throws CommandHostError
 */
export async function resolveModules(
  choice: ModuleChoice,
  { safeRoot }: Pick<ModuleLoaderSettings, "safeRoot">,
  host: Pick<CommandHost, "run">,
  program: string,
): Promise<ModuleChoice> {
  checkModules(choice);
  const [folder] = choice.modules;
  if (folder === undefined || !isEnvironmentFolder(choice)) return choice;
  const root = requireSafeRoot(choice, safeRoot);
  const [realRoot, realFolder] = [await resolvePath(host, root), await resolvePath(host, folder)];
  const realProgram = await resolvePath(host, programIn(realFolder, program));
  if (!isInside(realRoot, realFolder) || !isInside(realRoot, realProgram))
    throw new ModulesError(`${shown(folder)} lies outside the folder that ${choice.loader} environments may be in`);
  return { loader: choice.loader, modules: [realFolder] };
}

/**
 * What can be said without asking the host: whether the path, taken literally, lies in the safe root.
 * @throws ModulesError
 */
export function checkSafeRoot(choice: ModuleChoice, { safeRoot }: Pick<ModuleLoaderSettings, "safeRoot">): void {
  checkModules(choice);
  const [folder] = choice.modules;
  if (folder === undefined || !isEnvironmentFolder(choice)) return;
  if (!isInside(requireSafeRoot(choice, safeRoot), folder))
    throw new ModulesError(`${shown(folder)} lies outside the folder that ${choice.loader} environments may be in`);
}

function isEnvironmentFolder({ loader, modules }: ModuleChoice): boolean {
  return loader === "VENV" || (loader === "CONDA" && modules[0]?.startsWith("/") === true);
}

function requireSafeRoot({ loader }: ModuleChoice, safeRoot: string | null): string {
  if (safeRoot !== null) return safeRoot;
  throw new ModulesError(`Paths of ${loader} environments need SAFE_ROOT_PATH in the settings of that module loader`);
}

function isInside(root: string, path: string): boolean {
  const plain = (text: string) => posix.normalize(text).replace(/\/+$/, "");
  return plain(path).startsWith(`${plain(root)}/`);
}

async function resolvePath(host: Pick<CommandHost, "run">, path: string): Promise<string> {
  const result = await host.run({ argv: ["realpath", path], stdin: null }, RESOLVE_LIMITS);
  if (result.timedOut) throw new CommandHostError("UNREACHABLE", `The host took too long to look up ${shown(path)}`);
  const real = result.stdout.replace(/\n$/, "");
  if (result.exitCode !== 0 || result.truncated || !isPlainPath(real))
    throw new ModulesError(`${shown(path)} cannot be found on the host`);
  return real;
}

/**
 * `command` in the chosen environment.
 *
 * VENV and CONDA with a path run the environment's own program: plain arguments. A CONDA name and LMOD need a login shell
 * that knows where conda and the modules are: one script, every word through `shellQuote`; when the environment cannot be
 * loaded, the command is not run.
 *
 * differs: the reference runs `conda run`, which before conda 4.9 puts arguments into a script of its own that it does not
 * quote: `$(…)` in a description would be run. And after a failed `module load` it runs the command all the same.
 * @throws ModulesError
 * @throws UnquotableWordError
 */
export function loadModules({ loader, modules }: ModuleChoice, command: Command): Command {
  checkModules({ loader, modules });
  const [first] = modules;
  if (loader === "NO_MODULE" || first === undefined) return command;
  if (isEnvironmentFolder({ loader, modules })) return inFolder(first, command);
  const load = loader === "LMOD" ? `module load ${shellQuoteAll(modules)}` : activateConda(first);
  return { argv: ["bash", "-lc", `${load} && exec ${shellQuoteAll(command.argv)}`], stdin: command.stdin };
}

function inFolder(folder: string, { argv: [program, ...rest], stdin }: Command): Command {
  return { argv: [programIn(folder, program), ...rest], stdin };
}

function programIn(folder: string, program: string): string {
  return posix.join(folder, "bin", posix.basename(program));
}

/**
 * conda is usually set up in `~/.bashrc` behind a test for interactive shells. Only the question where it is, a constant
 * text, is put to an interactive shell; the command is not.
 */
const FIND_CONDA = [
  "conda=$(command -v conda)",
  `case $conda in /*) ;; *) conda=$CONDA_EXE ;; esac`,
  `[ -n "$conda" ] || conda=$(bash -ic 'printf "\\n%s" "$CONDA_EXE"' 2>/dev/null </dev/null | tail -n 1)`,
  `[ -n "$conda" ] || { echo "conda was not found" >&2; exit 127; }`,
].join("; ");

function activateConda(name: string): string {
  return `${FIND_CONDA}; activation=$("$conda" shell.posix activate ${shellQuote(name)}) && eval "$activation"`;
}

function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
