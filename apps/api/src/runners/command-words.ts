import { isExpid } from "autosubmit-reader";
import { CommandRefusal } from "./command-refusal.js";

/**
 * What may become a word of a command. Words are never seen by a shell without quotes, and options are always written as
 * `--option=value`; what is refused here is what the program itself, or its user, would take for something else.
 */

const LONGEST_NAME = 256;
const LONGEST_PATH = 1_024;
export const LONGEST_DESCRIPTION = 4_096;
const LONGEST_SHOWN = 40;

/** Control characters, and what changes the direction or the lines of a text without being seen. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
/** The same, but for the line breaks and tabs that a form's text field gives. */
const UNPRINTABLE_IN_TEXT = /[^\P{Cc}\n\t]|[\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff]/u;

const refuse = (parameter: string, expected: string, text: string): never => {
  throw new CommandRefusal(400, `${parameter} must be ${expected}, not ${shown(text)}`);
};

/** A value as messages quote it: short, and safe to print. */
function shown(text: string): string {
  return JSON.stringify(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);
}

const matching =
  (pattern: RegExp, expected: string, longest = LONGEST_NAME) =>
  (parameter: string, text: string): string =>
    text.length <= longest && pattern.test(text) ? text : refuse(parameter, expected, text);

/** An experiment identifier: letters and digits only, so that no list of them (`a000,a001`) passes for one. */
export function expidWord(parameter: string, text: string): string {
  return isExpid(text) ? text : refuse(parameter, "an experiment identifier (lower-case letters and digits)", text);
}

/** The name of one job, without what separates names in a list. */
export const jobNameWord = matching(/^[\p{L}\p{N}_][\p{L}\p{N}_.+%@:~-]*$/u, "the name of a job");

/** A platform of the site, `MARENOSTRUM5` or `mn5-gpp`. */
export const platformWord = matching(/^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/, "the name of a platform");

/** What git takes as the name of a branch or tag, further narrowed to what is in use. */
export function branchWord(parameter: string, text: string): string {
  const isName = text.length <= LONGEST_NAME && /^[\p{L}\p{N}_][\p{L}\p{N}_.+/#@-]*$/u.test(text);
  const isRefusedByGit = /\.\.|\/\/|@\{|\.lock(\/|$)|\/\.|[./]$/.test(text);
  return isName && !isRefusedByGit ? text : refuse(parameter, "the name of a git branch", text);
}

/**
 * Where git finds a repository: an URL, `user@host:path`, or an absolute path. Nothing that names a program (`ext::…`), and
 * nothing that a shell acts on: Autosubmit writes it, unquoted, into a shell line of its own (`git clone …`).
 */
export function repositoryWord(parameter: string, text: string): string {
  const isUrl = /^(https?|ssh|git|file):\/\/[^\s/][^\s]*$/.test(text) || /^file:\/\/\/[^\s]+$/.test(text);
  const isScp = /^[A-Za-z0-9_][\w.-]*@[A-Za-z0-9][\w.-]*:[^\s:-][^\s:]*$/.test(text);
  const isPath = /^\/[^\s]*$/.test(text);
  // A host or user that starts with a dash would be an option of the ssh that git starts.
  const isOption = /^[a-z]+:\/\/(-|[^/]*@-)/.test(text);
  const isSafe =
    (isUrl || isScp || isPath) && !isOption && !UNPRINTABLE.test(text) && !/[\\`"'<>|^{};&$()*?[\]!]/.test(text);
  if (isSafe && text.length <= LONGEST_PATH) return text;
  return refuse(parameter, "a git URL (https://…, ssh://…, user@host:path) or an absolute path", text);
}

/** A path, absolute or inside a repository, that does not climb. */
export function pathWord(parameter: string, text: string): string {
  const climbs = text.split("/").includes("..");
  const isPath = text !== "" && text.length <= LONGEST_PATH && !/^[-~]/.test(text) && !UNPRINTABLE.test(text);
  return isPath && !climbs ? text : refuse(parameter, "a path without ..", text);
}

/** Any text for people, in any language, with line breaks and tabs. */
export function descriptionWord(parameter: string, text: string): string {
  if (text.trim() === "") throw new CommandRefusal(400, `${parameter} must not be empty`);
  if (text.length > LONGEST_DESCRIPTION)
    throw new CommandRefusal(400, `${parameter} is longer than ${LONGEST_DESCRIPTION} characters`);
  if (UNPRINTABLE_IN_TEXT.test(text))
    throw new CommandRefusal(400, `${parameter} has characters that cannot be printed`);
  return text;
}

/** Autosubmit's language of dates, members, chunks, splits and sections: `[ 19601101 [ fc0 [1 2] ] ],SIM`. */
export const filterWord = matching(
  /^[\p{L}\p{N}_[ ][\p{L}\p{N}_.,[\]\s:+*-]*$/u,
  "a filter such as [ 19601101 [ fc0 [1 2 3] ] ]",
  LONGEST_PATH * 4,
);

/** Sections, with their splits: `SIM POST [1-3]`. */
export const sectionsWord = matching(
  /^[\p{L}\p{N}_][\p{L}\p{N}_.,[\] :+*-]*$/u,
  "names of sections, separated by spaces or commas",
  LONGEST_PATH,
);

/** A host name or an address (IPv6 without brackets), never an option. */
export function hostWord(parameter: string, text: string): string {
  const isName = /^(?=.{1,253}$)[A-Za-z0-9]([\w-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([\w-]{0,61}[A-Za-z0-9])?)*\.?$/.test(
    text,
  );
  const isIpv6 = /^[0-9A-Fa-f:]{2,39}$/.test(text) && text.includes(":");
  return isName || isIpv6 ? text : refuse(parameter, "the name or address of a machine", text);
}

/** The name of an account, as useradd takes it, with the domains of directories. */
export const userWord = matching(/^[A-Za-z_][A-Za-z0-9_.-]{0,127}$/, "the name of an account", 128);

/** A TCP port, as a number or as a form gives it. */
export function portNumber(parameter: string, value: number | string): number {
  const port = typeof value === "string" && /^\d{1,5}$/.test(value.trim()) ? Number(value) : value;
  if (typeof port === "number" && Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  return refuse(parameter, "a port from 1 to 65535", String(value)) as never;
}
