import { SourceCorruptError } from "../../errors.js";

/** An INI file as Python's ConfigParser reads it. Names keep their case; values are raw text, before interpolation. */
export interface IniDocument {
  /** Options of `[DEFAULT]`: they stand behind the options of every section. */
  defaults: Map<string, string>;
  /** The other sections, in file order. */
  sections: Map<string, Map<string, string>>;
  /** Where each option stands: section (`DEFAULT` for the defaults) to option to 1-based line. */
  lines: Map<string, Map<string, number>>;
}

/** What Python takes for white space; JavaScript's `\s` differs in six characters. */
const BLANKS = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const FIRST_NONBLANK = new RegExp(`(?!${BLANKS})[^]`, "u");
const BLANK = new RegExp(`^${BLANKS}$`, "u");
const DELIMITER = /[=:]/;
const LINE_BREAK = /\r\n|[\n\r]/;

/**
 * Parses INI text by the rules of Python's `ConfigParser` with case-sensitive options (formats reference §3.1, §4.1):
 * `=` or `:` delimits, whichever comes first; full-line comments `#` and `;`; deeper indented lines continue a value;
 * inline comments are part of the value.
 *
 * differs: a byte order mark at the start is ignored; the first bad line ends the parsing (Python lists all of them).
 * @param path where the text came from, for messages
 * @throws SourceCorruptError with the line: option before any section, option without a delimiter, duplicates
 */
export function parseIni(text: string, path: string): IniDocument {
  const document: IniDocument = { defaults: new Map(), sections: new Map(), lines: new Map() };
  const state: ReaderState = { section: null, sectionName: "", value: null, values: [], indent: 0, line: 0, path };
  for (const line of text.replace(/^\uFEFF/, "").split(LINE_BREAK)) {
    state.line += 1;
    readLine(line, document, state);
  }
  for (const { options, name, parts } of state.values) options.set(name, joinValue(parts));
  return document;
}

/** The lines of a value, collected until the end so that trailing blank lines can be dropped. */
interface OpenValue {
  options: Map<string, string>;
  name: string;
  parts: string[];
}

interface ReaderState {
  section: Map<string, string> | null;
  sectionName: string;
  /** The value that an indented line would continue. */
  value: OpenValue | null;
  values: OpenValue[];
  /** Indentation of the line that the current value began on. */
  indent: number;
  line: number;
  path: string;
}

function readLine(line: string, document: IniDocument, state: ReaderState): void {
  const text = strip(line);
  if (text.startsWith("#") || text.startsWith(";")) return;
  if (text === "") {
    // A blank line stays part of a value that goes on below it.
    state.value?.parts.push("");
    return;
  }
  const indent = line.search(FIRST_NONBLANK);
  if (state.value && indent > state.indent) {
    state.value.parts.push(text);
    return;
  }
  state.indent = indent;
  const header = sectionHeader(text);
  if (header !== null) openSection(header, document, state);
  else readOption(text, document, state);
}

/** `[name]`, up to the last bracket of the line; what follows it is ignored. */
function sectionHeader(text: string): string | null {
  const end = text.lastIndexOf("]");
  return text.startsWith("[") && end > 1 ? text.slice(1, end) : null;
}

function openSection(name: string, document: IniDocument, state: ReaderState): void {
  state.value = null;
  state.sectionName = name;
  if (name === "DEFAULT") {
    state.section = document.defaults;
    return;
  }
  if (document.sections.has(name)) throw syntaxError(state, `section [${name}] stands twice`);
  state.section = new Map();
  document.sections.set(name, state.section);
}

function readOption(text: string, document: IniDocument, state: ReaderState): void {
  const { section, sectionName } = state;
  if (!section) throw syntaxError(state, "an option stands before the first [section]");
  const delimiter = text.search(DELIMITER);
  const name = strip(text.slice(0, Math.max(delimiter, 0)));
  if (name === "") throw syntaxError(state, "neither a [section], an option with '=' or ':', nor a comment");
  if (section.has(name)) throw syntaxError(state, `option ${name} stands twice in [${sectionName}]`);
  section.set(name, "");
  state.value = { options: section, name, parts: [strip(text.slice(delimiter + 1))] };
  state.values.push(state.value);
  const lines = document.lines.get(sectionName) ?? new Map<string, number>();
  document.lines.set(sectionName, lines.set(name, state.line));
}

function syntaxError(state: ReaderState, message: string): SourceCorruptError {
  const { path, line } = state;
  return new SourceCorruptError(`${path}: line ${line}: ${message}`, { path, line });
}

function joinValue(lines: readonly string[]): string {
  let end = lines.length;
  while (end > 0 && lines[end - 1] === "") end -= 1;
  return lines.slice(0, end).join("\n");
}

function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && BLANK.test(text.charAt(start))) start += 1;
  while (end > start && BLANK.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** The options of a section with those of `[DEFAULT]` behind them, as Python lists them. */
export function sectionOptions(document: IniDocument, section: string): Map<string, string> {
  const options = new Map(document.sections.get(section) ?? []);
  for (const [name, value] of document.defaults) if (!options.has(name)) options.set(name, value);
  return options;
}
