import { SourceCorruptError } from "../../errors.js";
import type { IniDocument } from "./ini.js";

/** `strict` throws where Python does; `lenient` leaves such a value as it stands in the file. */
export type InterpolationMode = "strict" | "lenient";

/** An option and the file it stands in. */
export interface IniOption {
  section: string;
  option: string;
  /** Where the document came from, for messages. */
  path: string;
}

const MAX_DEPTH = 10;
/** Values that refer to each other many times over could grow without end; no real one is anywhere near these. */
const MAX_LENGTH = 1_000_000;
const MAX_REFERENCES = 10_000;
const REFERENCE = /%(?:%|\(([^)]+)\)s)/y;

/**
 * A value with `%(name)s` replaced by the options of its section (with `[DEFAULT]` behind them) and `%%` by `%`, as
 * Python's `BasicInterpolation` does; null when neither the section nor `[DEFAULT]` has the option, or there is no such
 * section.
 * @throws SourceCorruptError in strict mode, naming option and line: a bare `%`, an unknown name, references more than
 * ten deep
 */
export function interpolate(document: IniDocument, place: IniOption, mode: InterpolationMode): string | null {
  const options = place.section === "DEFAULT" ? document.defaults : document.sections.get(place.section);
  const raw = options?.get(place.option) ?? (options && document.defaults.get(place.option));
  if (options === undefined || raw === undefined) return null;
  const expansion: Expansion = {
    lookUp: (name) => options.get(name) ?? document.defaults.get(name),
    fail: (message) => interpolationError(document, place, message),
    references: 0,
  };
  try {
    return expand(raw, expansion, 1);
  } catch (error) {
    if (mode === "lenient" && error instanceof SourceCorruptError) return raw;
    throw error;
  }
}

interface Expansion {
  lookUp(name: string): string | undefined;
  fail(message: string): SourceCorruptError;
  /** Replaced so far, over all depths. */
  references: number;
}

function expand(text: string, expansion: Expansion, depth: number): string {
  if (depth > MAX_DEPTH) throw expansion.fail(`references more than ${MAX_DEPTH} deep`);
  let result = "";
  let position = 0;
  for (;;) {
    const percent = text.indexOf("%", position);
    if (percent < 0) return result + text.slice(position);
    REFERENCE.lastIndex = percent;
    const matched = REFERENCE.exec(text);
    if (!matched) throw expansion.fail("'%' must be followed by '%' or '(name)s'; a percent sign is written '%%'");
    result +=
      text.slice(position, percent) + (matched[1] === undefined ? "%" : expandName(matched[1], expansion, depth));
    if (result.length > MAX_LENGTH) throw expansion.fail(`longer than ${MAX_LENGTH} characters when replaced`);
    position = percent + matched[0].length;
  }
}

function expandName(name: string, expansion: Expansion, depth: number): string {
  expansion.references += 1;
  if (expansion.references > MAX_REFERENCES) throw expansion.fail(`more than ${MAX_REFERENCES} references`);
  const value = expansion.lookUp(name);
  if (value === undefined) throw expansion.fail(`refers to ${name}, which is not set`);
  return value.includes("%") ? expand(value, expansion, depth + 1) : value;
}

function interpolationError(document: IniDocument, place: IniOption, message: string): SourceCorruptError {
  const { section, option, path } = place;
  const line = document.lines.get(section)?.get(option) ?? document.lines.get("DEFAULT")?.get(option);
  const where = line === undefined ? path : `${path}: line ${line}`;
  const details = line === undefined ? { path } : { path, line };
  return new SourceCorruptError(`${where}: option ${option} of [${section}]: ${message}`, details);
}
