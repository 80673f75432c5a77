import { ConfigurationError, type Environment, readSettingsFile, settingsFilePath } from "@autosubmit-api/settings";
import { readSettings, type Settings } from "./task-settings.js";

/** Everything that the workers can be told, validated; where the site is comes from `.autosubmitrc`. */
export interface Config extends Settings {
  logLevel: string;
  /** IANA name. Times on disk without an offset are taken to be in this zone, and cron expressions mean its clock. */
  timeZone: string;
  /** `DISABLE_BACKGROUND_TASKS`: nothing is scheduled; `--once` still works. */
  disabled: boolean;
  /** `RUN_BACKGROUND_TASKS_ON_START`: every enabled task runs at the start, due or not. */
  runOnStart: boolean;
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];
const TRUE = ["True", "T", "true", "1", "yes"];
const FALSE = ["False", "F", "false", "0", "no"];

/** @throws ConfigurationError that names the variable, or the file and the key in it */
export function readConfig(environment: Environment): Config {
  const file = readSettingsFile(settingsFilePath(environment), environment.AS_API_CONFIG_FILE !== undefined);
  return {
    ...readSettings(file, environment),
    logLevel: oneOf(environment, "LOG_LEVEL", LOG_LEVELS, "info"),
    timeZone: timeZone(environment),
    disabled: flag(environment, "DISABLE_BACKGROUND_TASKS"),
    runOnStart: flag(environment, "RUN_BACKGROUND_TASKS_ON_START"),
  };
}

function oneOf(environment: Environment, variable: string, allowed: readonly string[], fallback: string): string {
  const value = (environment[variable] ?? fallback).toLowerCase();
  if (allowed.includes(value)) return value;
  throw new ConfigurationError(`${variable} must be one of ${allowed.join(", ")}, not ${JSON.stringify(value)}`);
}

function flag(environment: Environment, variable: string): boolean {
  const value = environment[variable] ?? "False";
  if (TRUE.includes(value) || FALSE.includes(value)) return TRUE.includes(value);
  throw new ConfigurationError(`${variable} must be True or False, not ${JSON.stringify(value)}`);
}

function timeZone(environment: Environment): string {
  const name = environment.TZ?.replace(/^:/, "") ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw new ConfigurationError(
      `TZ must be the name of a time zone, such as Europe/Madrid, not ${JSON.stringify(name)}`,
    );
  }
}
