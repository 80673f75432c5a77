import { SourceCorruptError } from "../../errors.js";

/** An INI file as Python's ConfigParser reads it. Names keep their case; values are raw text, before interpolation. */
export interface IniDocument {
  /** Options of `[DEFAULT]`: they stand behind the options of every section. */
  defaults: Map<string, string>;
  /** The other sections, in file order. */
  sections: Map<string, Map<string, string>>;
}

const SECTION = /^\[([^\]]+)\]/;
const OPTION = /^(.*?)\s*[=:]\s*(.*)$/s;
const LEADING_BLANKS = /^\s*/;
const LINE_BREAK = /\r\n|[\n\r]/;

/**
 * Parses INI text by the rules of Python's `ConfigParser` with case-sensitive options (formats reference §3.1, §4.1):
 * `=` or `:` delimits, whichever comes first; full-line comments `#` and `;`; deeper indented lines continue a value;
 * inline comments are part of the value.
 * @param path where the text came from, for messages
 * @throws SourceCorruptError with the line: option before any section, option without a delimiter, duplicates
 */
export function parseIni(text: string, path: string): IniDocument {
  const document: IniDocument = { defaults: new Map(), sections: new Map() };
  const state: ReaderState = { section: null, sectionName: "", option: null, values: new Map(), indent: 0 };
  const lines = text.replace(/^\uFEFF/, "").split(LINE_BREAK);
  for (const [index, line] of lines.entries()) {
    const fail = (message: string) =>
      new SourceCorruptError(`${path}: line ${index + 1}: ${message}`, { path, line: index + 1 });
    readLine(line, document, state, fail);
  }
  for (const [options, values] of state.values) {
    for (const [name, parts] of values) options.set(name, joinValue(parts));
  }
  return document;
}

interface ReaderState {
  section: Map<string, string> | null;
  sectionName: string;
  option: string | null;
  /** Lines of each value, collected until the end so that trailing blank lines can be dropped. */
  values: Map<Map<string, string>, Map<string, string[]>>;
  indent: number;
}

function readLine(line: string, document: IniDocument, state: ReaderState, fail: (message: string) => Error): void {
  const text = line.trim();
  if (text.startsWith("#") || text.startsWith(";")) return;
  const lines = currentLines(state);
  if (text === "") {
    // A blank line stays part of a value that goes on below it.
    if (lines) lines.push("");
    return;
  }
  const indent = LEADING_BLANKS.exec(line)?.[0].length ?? 0;
  if (lines && indent > state.indent) {
    lines.push(text);
    return;
  }
  state.indent = indent;
  const header = SECTION.exec(text);
  if (header?.[1] !== undefined) openSection(header[1], document, state, fail);
  else readOption(text, state, fail);
}

function openSection(name: string, document: IniDocument, state: ReaderState, fail: (message: string) => Error): void {
  state.option = null;
  state.sectionName = name;
  if (name === "DEFAULT") {
    state.section = document.defaults;
    return;
  }
  if (document.sections.has(name)) throw fail(`section [${name}] stands twice`);
  state.section = new Map();
  document.sections.set(name, state.section);
}

function readOption(text: string, state: ReaderState, fail: (message: string) => Error): void {
  if (!state.section) throw fail("an option stands before the first [section]");
  const match = OPTION.exec(text);
  const name = match?.[1]?.trim();
  if (!match || !name) throw fail("neither a [section], an option with '=' or ':', nor a comment");
  if (state.section.has(name)) throw fail(`option ${name} stands twice in [${state.sectionName}]`);
  const value = match[2] ?? "";
  state.section.set(name, value);
  state.option = name;
  const values = state.values.get(state.section) ?? new Map<string, string[]>();
  state.values.set(state.section, values.set(name, [value]));
}

function currentLines(state: ReaderState): string[] | undefined {
  if (!state.section || state.option === null) return undefined;
  return state.values.get(state.section)?.get(state.option);
}

function joinValue(lines: readonly string[]): string {
  let end = lines.length;
  while (end > 0 && lines[end - 1] === "") end -= 1;
  return lines.slice(0, end).join("\n");
}

/** The options of a section with those of `[DEFAULT]` behind them, as Python lists them. */
export function sectionOptions(document: IniDocument, section: string): Map<string, string> {
  const options = new Map(document.sections.get(section) ?? []);
  for (const [name, value] of document.defaults) if (!options.has(name)) options.set(name, value);
  return options;
}
