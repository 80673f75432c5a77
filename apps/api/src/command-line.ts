import { parseArgs } from "node:util";
import type { Environment } from "@autosubmit-api/settings";
import { HELP, HELP_OF, UNUSED_OPTIONS } from "./command-line-help.js";

/** What the command line asks for. */
export type Command =
  | { kind: "show"; text: string }
  | { kind: "version" }
  | { kind: "refuse"; message: string }
  /** `options`: variables that options set; they win over the environment. */
  | { kind: "start" | "check-config" | "doctor"; options: Environment }
  | { kind: "migrate"; check: boolean }
  | { kind: "import-site"; to: string; expids: readonly string[] | null; dryRun: boolean }
  /** `out`: the file to write; null for standard output. */
  | { kind: "openapi"; out: string | null };

/** Options of `start`, which `check-config` and `doctor` take too, and the variables that they set. */
const VARIABLES = {
  host: "HOST",
  port: "PORT",
  "log-level": "LOG_LEVEL",
  "log-file": "AS_API_LOG_FILE",
  "error-logfile": "AS_API_LOG_FILE",
  "root-path": "AS_API_ROOT_PATH",
  workers: "AS_API_WORKERS",
  threads: "AS_API_RENDER_THREADS",
  timeout: "AS_API_RENDER_TIMEOUT_SECONDS",
  "graceful-timeout": "AS_API_SHUTDOWN_TIMEOUT_SECONDS",
} as const;

const COMMANDS = ["start", "migrate", "doctor", "check-config", "import-site", "openapi"] as const;
type CommandName = (typeof COMMANDS)[number];

/**
 * What the arguments ask for.
 * @param args without the program's name
 */
export function parseCommand(args: readonly string[]): Command {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    if (error instanceof TypeError) return refuse(explainUnknown(args) ?? error.message);
    throw error;
  }
  const { values, positionals } = parsed;
  const [name, ...rest] = positionals;
  if (values.version === true) return { kind: "version" };
  if (name === undefined) return { kind: "show", text: HELP };
  if (!isCommand(name) || rest.length > 0) return refuse(`unknown command "${positionals.join(" ")}"`);
  if (values.help === true) return { kind: "show", text: HELP_OF[name] };
  if (name === "import-site") return importCommand(values);
  if (name === "migrate") return migrateCommand(values);
  if (name === "openapi") return openapiCommand(values);
  return serverCommand(name, values);
}

type Values = ReturnType<typeof parse>["values"];

function migrateCommand({ check = false, ...others }: Values): Command {
  const [option] = Object.keys(others);
  return option === undefined ? { kind: "migrate", check } : refuse(`migrate does not take --${option}`);
}

function importCommand({ to, only, "dry-run": dryRun = false, ...others }: Values): Command {
  const [option] = Object.keys(others);
  if (option !== undefined) return refuse(`import-site does not take --${option}`);
  if (to === undefined) return refuse("import-site needs --to FILE, the .autosubmitrc of the site in PostgreSQL");
  const expids = only === undefined ? null : only.split(",").filter((expid) => expid !== "");
  return { kind: "import-site", to, expids, dryRun };
}

function openapiCommand({ out, ...others }: Values): Command {
  const [option] = Object.keys(others);
  return option === undefined ? { kind: "openapi", out: out ?? null } : refuse(`openapi does not take --${option}`);
}

function serverCommand(kind: Exclude<CommandName, "migrate" | "import-site" | "openapi">, values: Values): Command {
  for (const option of ["check", "to", "only", "dry-run", "out"] as const)
    if (values[option] !== undefined) return refuse(`${kind} does not take --${option}`);
  const options: Record<string, string> = {};
  if (values.bind !== undefined) {
    const address = parseBind(values.bind);
    if (address === null) return refuse(`--bind must be ADDRESS:PORT, not "${values.bind}"`);
    Object.assign(options, address);
  }
  for (const [option, variable] of Object.entries(VARIABLES)) {
    const value = values[option as keyof typeof VARIABLES];
    if (value === undefined) continue;
    options[variable] = value;
  }
  return { kind, options };
}

/** `127.0.0.1:8081`, `:8081`, `[::1]:8081` and `host`, as gunicorn takes them; null for anything else, sockets included. */
function parseBind(text: string): Record<string, string> | null {
  const [, address = "", port] = /^(\[[0-9a-fA-F:.]+\]|[^\s:/]*)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (address === "" && port === undefined) return null;
  const host = address === "" ? "0.0.0.0" : address.replace(/^\[|\]$/g, "");
  return { HOST: host, ...(port === undefined ? {} : { PORT: port }) };
}

/** Why an option that operators know from the reference implementation does not exist here; null for others. */
function explainUnknown(args: readonly string[]): string | null {
  for (const arg of args) {
    const option = arg.split("=")[0] ?? "";
    const reason = UNUSED_OPTIONS[option];
    if (reason !== undefined) return `there is no ${option}: ${reason}`;
  }
  return null;
}

const isCommand = (name: string): name is CommandName => (COMMANDS as readonly string[]).includes(name);

const refuse = (message: string): Command => ({ kind: "refuse", message });

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      bind: { type: "string", short: "b" },
      host: { type: "string" },
      port: { type: "string" },
      "log-level": { type: "string" },
      "log-file": { type: "string" },
      "error-logfile": { type: "string" },
      "root-path": { type: "string" },
      workers: { type: "string", short: "w" },
      threads: { type: "string" },
      timeout: { type: "string", short: "t" },
      "graceful-timeout": { type: "string" },
      check: { type: "boolean" },
      to: { type: "string" },
      only: { type: "string" },
      "dry-run": { type: "boolean" },
      out: { type: "string" },
      help: { type: "boolean", short: "h" },
      version: { type: "boolean", short: "v" },
    },
  });
}
