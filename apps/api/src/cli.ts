import { parseArgs } from "node:util";
import type { Environment } from "./config/env.js";
import { IMPLEMENTATION_VERSION, REFERENCE_VERSION } from "./version.js";

const HELP = `Serves Autosubmit experiments over HTTP.

usage: autosubmit-api start [options]
       autosubmit-api migrate [--check]

start serves until it is told to stop; it changes no database.

  --host ADDRESS       address to listen on (HOST, default 127.0.0.1)
  --port NUMBER        port to listen on, 0 for any free one (PORT, default 8081)
  --log-level LEVEL    trace, debug, info, warn, error, fatal or silent (LOG_LEVEL, default info)
  --root-path PATH     prefix under which a proxy serves the API (AS_API_ROOT_PATH)
  --threads NUMBER     threads that build answers (AS_API_RENDER_THREADS, default: cores less one)

migrate adds to the site's databases the tables that this version needs and they lack; the workers do so when they start.

  --check              only say what would be done; exit status 1 when something would

  -h, --help           this text
  -v, --version        the version

AUTOSUBMIT_CONFIGURATION names the .autosubmitrc of the site. All settings are environment variables, also read from a .env
file in the working directory; options win over both.
`;

/** Options and the variables that they set. */
const VARIABLES = {
  host: "HOST",
  port: "PORT",
  "log-level": "LOG_LEVEL",
  "root-path": "AS_API_ROOT_PATH",
  threads: "AS_API_RENDER_THREADS",
} as const;

type Command = { show: string } | { start: Environment } | { migrate: { check: boolean } } | { refuse: string };

/** What the arguments ask for. */
export function parseCommand(args: readonly string[]): Command {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    if (error instanceof TypeError) return { refuse: error.message };
    throw error;
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { show: HELP };
  if (values.version === true)
    return { show: `autosubmit-api ${IMPLEMENTATION_VERSION} (compatible with ${REFERENCE_VERSION})\n` };
  if (positionals.length === 0) return { show: HELP };
  const command = positionals.join(" ");
  const { check = false, ...others } = values;
  if (command === "migrate") {
    const [option] = Object.keys(others);
    return option === undefined ? { migrate: { check } } : { refuse: `migrate does not take --${option}` };
  }
  if (command !== "start") return { refuse: `unknown command "${command}"` };
  if (check) return { refuse: "start does not take --check" };
  const given = Object.entries(VARIABLES).flatMap(([option, variable]) => {
    const value = values[option as keyof typeof VARIABLES];
    return value === undefined ? [] : [[variable, value] as const];
  });
  return { start: Object.fromEntries(given) };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      host: { type: "string" },
      port: { type: "string" },
      "log-level": { type: "string" },
      "root-path": { type: "string" },
      threads: { type: "string" },
      check: { type: "boolean" },
      help: { type: "boolean", short: "h" },
      version: { type: "boolean", short: "v" },
    },
  });
}

/** Runs the command; the exit status is set, not taken. */
export async function main(args: readonly string[]): Promise<void> {
  const command = parseCommand(args);
  if ("start" in command) {
    // Only now: the usage and the version need none of it.
    const { runServer } = await import("./server.js");
    return runServer(command.start);
  }
  if ("migrate" in command) {
    const { runMigration } = await import("./migrate-databases.js");
    return runMigration(command.migrate.check);
  }
  if ("show" in command) {
    process.stdout.write(command.show);
    return;
  }
  process.stderr.write(`autosubmit-api: ${command.refuse}\n\n${HELP}`);
  process.exitCode = 2;
}
