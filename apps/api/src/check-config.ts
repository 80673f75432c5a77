import {
  ConfigurationError,
  type Environment,
  readEnvironmentLayers,
  SECRET_VARIABLES,
} from "@autosubmit-api/settings";
import { AutosubmitReadError } from "autosubmit-reader";
import type { Config } from "./config/config.js";
import { SETTINGS } from "./config/settings.js";
import { describeUnknownVariables } from "./config/unknown-variables.js";
import { readStartSettings } from "./start-settings.js";

/** What the process was given, layer by layer; later ones win. */
export interface Layers {
  file: Environment;
  given: Environment;
  options: Environment;
}

/**
 * The command `check-config`: what `start` would use, on standard output. The exit status is 1 when it would refuse that;
 * the reason is one line on standard error.
 */
export async function runCheckConfig(options: Environment): Promise<void> {
  const layers = { ...readEnvironmentLayers(process.env, process.cwd()), options };
  const environment = { ...layers.file, ...layers.given, ...layers.options };
  try {
    const { config, settingsFile, site, warnings } = await readStartSettings(environment);
    print(describeSettings(config, layers));
    print(describeSecrets(layers));
    const files = site.settings.configurationFiles.join(", ") || "none found: Autosubmit's defaults hold";
    const sections = Object.keys(settingsFile.sections).join(", ") || "nothing";
    print([
      ["site configuration", files, ""],
      ["settings file", `${settingsFile.path} says ${sections}`, ""],
    ]);
    for (const warning of [...warnings, ...describeUnknownVariables(environment)]) say(`warning: ${warning}`);
    say("These settings can be started with.");
  } catch (error) {
    if (!(error instanceof ConfigurationError || error instanceof AutosubmitReadError)) throw error;
    process.stderr.write(`autosubmit-api: ${error.message}\n`);
    process.exitCode = 1;
  }
}

type Row = readonly [name: string, value: string, origin: string];

/** Every setting that is no secret: its variable, what holds, and where that comes from. */
export function describeSettings(config: Config, layers: Layers): Row[] {
  return Object.entries(SETTINGS).map(([name, { variable }]) => {
    const origin = originOf(variable, layers);
    const value = config[name as keyof typeof SETTINGS];
    return [variable, origin === "default" ? shownInUnit(name, value) : shownAsGiven(variable, layers), origin];
  });
}

/** Secrets are said to be there, and nothing else. */
function describeSecrets(layers: Layers): Row[] {
  return SECRET_VARIABLES.map((variable) => {
    const origin = originOf(variable, layers);
    return origin === "default" ? [variable, "not set", ""] : [variable, "set", origin];
  });
}

function originOf(variable: string, { file, given, options }: Layers): string {
  if (options[variable] !== undefined) return "option";
  if (given[variable] !== undefined) return "environment";
  return file[variable] === undefined ? "default" : ".env file";
}

/** As the operator wrote it, in the unit in which it was written. */
function shownAsGiven(variable: string, { file, given, options }: Layers): string {
  return options[variable] ?? given[variable] ?? file[variable] ?? "";
}

/** A default in the unit of its variable: seconds and mebibytes, where the settings have milliseconds and bytes. */
function shownInUnit(name: string, value: unknown): string {
  if (typeof value !== "number") return shown(value);
  if (name.endsWith("Ms")) return String(value / 1_000);
  return String(name.endsWith("Bytes") ? value / (1024 * 1024) : value);
}

function shown(value: unknown): string {
  if (value === null || value === "") return "not set";
  return Array.isArray(value) ? value.join(",") : String(value);
}

function print(rows: readonly Row[]): void {
  for (const [name, value, origin] of rows) say(`${name.padEnd(36)}${value.padEnd(32)} ${origin}`.trimEnd());
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
