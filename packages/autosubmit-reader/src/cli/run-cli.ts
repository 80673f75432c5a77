import { parseArgs } from "node:util";
import { AutosubmitReadError } from "../errors.js";
import { type OpenSiteOptions, openSite } from "../site/open-site.js";
import { examineExperiment, examineSite, type Finding, findingLine } from "./doctor.js";
import { printJobs } from "./jobs.js";
import { printable } from "./printable.js";

/** What a command may touch besides files. */
export interface CliContext {
  environment: Readonly<Record<string, string | undefined>>;
  /** The process's own by default. */
  workingDirectory?: string;
  write(text: string): void;
  writeError(text: string): void;
}

const HELP = `Reads what the Autosubmit workflow manager leaves on disk. Never writes, never runs anything from it.

Usage:
  autosubmit-reader jobs EXPID [--json]     the job list
  autosubmit-reader doctor [EXPID]          what is there, what is missing, what is broken

Options:
  --config FILE   the .autosubmitrc to use, instead of AUTOSUBMIT_CONFIGURATION and the usual places
  --json          one JSON document instead of a table
  --help          this text

Exit status: 0 all well, 1 something is broken or cannot be read, 2 the command was not understood.
`;

/** Exit statuses. */
const OK = 0;
const FAILED = 1;
const MISUSED = 2;

/** Runs a command line (without the program's name) and gives the exit status. */
export async function runCli(args: readonly string[], context: CliContext): Promise<number> {
  const parsed = parseCommand(args);
  if (parsed instanceof Error) {
    context.writeError(`autosubmit-reader: ${parsed.message}\nTry 'autosubmit-reader --help'.\n`);
    return MISUSED;
  }
  if (parsed.command === "help") {
    context.write(HELP);
    return OK;
  }
  try {
    return await runCommand(parsed, context);
  } catch (error) {
    if (!(error instanceof AutosubmitReadError)) throw error;
    context.writeError(`autosubmit-reader: ${printable(error.message)}\n`);
    return FAILED;
  }
}

interface Command {
  command: "help" | "jobs" | "doctor";
  expid: string | null;
  json: boolean;
  configurationFile: string | null;
}

function parseCommand(args: readonly string[]): Command | Error {
  const options = {
    config: { type: "string" },
    json: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // parseArgs names the argument that it did not understand.
    if (error instanceof TypeError) return error;
    throw error;
  }
  const { values, positionals } = parsed;
  const [name, expid = null, ...rest] = positionals;
  const found = { expid, json: values.json ?? false, configurationFile: values.config ?? null };
  if (values.help || name === undefined) return { ...found, command: "help" };
  if (name !== "jobs" && name !== "doctor") return new Error(`There is no command '${name}'`);
  if (rest.length > 0) return new Error(`One experiment at a time: '${rest[0]}' is one too many`);
  if (name === "jobs" && expid === null) return new Error("'jobs' needs the name of an experiment");
  if (name === "doctor" && found.json) return new Error("'doctor' has no --json");
  return { ...found, command: name };
}

async function runCommand({ command, expid, json, configurationFile }: Command, context: CliContext): Promise<number> {
  const options: OpenSiteOptions = {
    environment: context.environment,
    ...(context.workingDirectory === undefined ? {} : { workingDirectory: context.workingDirectory }),
    ...(configurationFile === null ? {} : { configurationFile }),
  };
  const site = await openSite(options);
  for (const warning of site.settings.warnings) context.writeError(`warning: ${printable(warning)}\n`);
  if (command === "jobs" && expid !== null) {
    await printJobs(site.experiment(expid), { ...context, json });
    return OK;
  }
  const findings: Finding[] = [];
  const experiment = expid === null ? null : site.experiment(expid);
  for await (const finding of examineSite(site)) findings.push(tell(finding, context));
  if (experiment) for await (const finding of examineExperiment(experiment)) findings.push(tell(finding, context));
  const broken = findings.filter(({ state }) => state === "broken").length;
  context.write(broken === 0 ? "Nothing is broken.\n" : `${broken} broken.\n`);
  return broken === 0 ? OK : FAILED;
}

function tell(finding: Finding, context: CliContext): Finding {
  context.write(`${findingLine(finding)}\n`);
  return finding;
}
