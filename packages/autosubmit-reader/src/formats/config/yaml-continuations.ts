/** A text whose continuation lines were indented, and by how many columns each line was moved. */
export interface IndentedText {
  text: string;
  /** By 0-based line; lines that were not moved are missing. */
  shifts: ReadonlyMap<number, number>;
}

/** Deeper flow collections are indented by this much at most, so that the text cannot grow without bound. */
const MAX_INDENT = 1000;

interface Scan {
  line: string;
  position: number;
  /** Closing brackets that are still to come, innermost last. */
  closers: string[];
  /** Quote that is open. */
  quote: '"' | "'" | null;
  /** Between brackets: whether a value may begin here, so that a quote opens a quoted text. */
  atToken: boolean;
  /** Column where the outermost open bracket or quote began. */
  openColumn: number;
  /** Column of the innermost key or dash of the line. */
  entryColumn: number;
  /** Lines indented deeper than this belong to a block text; null outside of one. */
  blockIndent: number | null;
  /** Places where a comment follows a value without the blank that YAML asks for. */
  missingBlanks: number[];
}

/**
 * Indents the second and further lines of brackets and quoted texts as YAML 1.2 asks for, and puts the blank before a
 * comment that follows a quote or bracket directly. Neither changes what the text means.
 *
 * Python's YAML readers do not care about the indentation there, and people write
 * ```yaml
 * LIST: [
 *   a
 * ]
 * ```
 * which js-yaml refuses. Meant for texts that were refused: the scan is a rough one.
 */
export function indentContinuations(text: string): IndentedText {
  const scan: Scan = {
    line: "",
    position: 0,
    closers: [],
    quote: null,
    atToken: true,
    openColumn: 0,
    entryColumn: 0,
    blockIndent: null,
    missingBlanks: [],
  };
  const shifts = new Map<number, number>();
  const lines = text.split("\n").map((line, index) => {
    const shift = isOpen(scan) ? Math.min(scan.openColumn + 1, MAX_INDENT) : 0;
    scanLine(scan, line);
    if (shift > 0) shifts.set(index, shift);
    return " ".repeat(shift) + withBlanks(line, scan.missingBlanks);
  });
  return { text: lines.join("\n"), shifts };
}

function isOpen(scan: Scan): boolean {
  return scan.closers.length > 0 || scan.quote !== null;
}

function withBlanks(line: string, positions: readonly number[]): string {
  let result = line;
  for (const position of positions.toReversed()) result = `${result.slice(0, position)} ${result.slice(position)}`;
  return result;
}

function scanLine(scan: Scan, line: string): void {
  scan.line = line;
  scan.position = 0;
  scan.missingBlanks = [];
  if (!isOpen(scan)) {
    const indent = line.search(/\S/);
    if (scan.blockIndent !== null && (indent < 0 || indent > scan.blockIndent)) return;
    scan.blockIndent = null;
    scan.entryColumn = indent;
  }
  while (scan.position < line.length) {
    if (scan.quote !== null) skipQuoted(scan);
    else if (scan.closers.length > 0) skipFlow(scan);
    else if (!skipBlockToken(scan)) return;
  }
}

/** Goes on to the end of the quoted text or of the line. */
function skipQuoted(scan: Scan): void {
  const { line, quote } = scan;
  while (scan.position < line.length) {
    const character = line[scan.position];
    scan.position += 1;
    if (quote === '"' && character === "\\") scan.position += 1;
    else if (character === quote) {
      if (quote === "'" && line[scan.position] === "'") scan.position += 1;
      else {
        scan.quote = null;
        noteComment(scan);
        return;
      }
    }
  }
}

/** A `#` right after a quote or bracket starts a comment for ruamel.yaml. */
function noteComment(scan: Scan): void {
  if (scan.line[scan.position] !== "#") return;
  scan.missingBlanks.push(scan.position);
  scan.position = scan.line.length;
}

/** One character between brackets, or one anchor or tag. */
function skipFlow(scan: Scan): void {
  const { line, position } = scan;
  const character = line[position] ?? "";
  const isBlank = /\s/.test(character);
  scan.position += 1;
  if (character === "#" && (position === 0 || /\s/.test(line[position - 1] ?? ""))) scan.position = line.length;
  else if (character === "[" || character === "{") scan.closers.push(character);
  else if (character === "]" || character === "}") {
    scan.closers.pop();
    noteComment(scan);
  } else if (scan.atToken && isQuote(character)) scan.quote = character;
  else if (scan.atToken && (character === "&" || character === "!")) {
    while (scan.position < line.length && !/[\s,[\]{}]/.test(line[scan.position] ?? "")) scan.position += 1;
    return;
  }
  const beginsToken =
    "[{,".includes(character) || (":?".includes(character) && /^\s?$/.test(line[scan.position] ?? ""));
  scan.atToken = beginsToken || (isBlank && scan.atToken);
}

function isQuote(character: string): character is '"' | "'" {
  return character === '"' || character === "'";
}

/** One token of a line outside brackets and quotes; false when nothing more of the line matters. */
function skipBlockToken(scan: Scan): boolean {
  const { line } = scan;
  const start = scan.position;
  const character = line[start] ?? "";
  const endsWord = /^\s?$/.test(line[start + 1] ?? "");
  scan.position += 1;
  if (/\s/.test(character)) return true;
  if (character === "#") return false;
  if (endsWord && "-?:".includes(character)) {
    if (character !== ":") scan.entryColumn = start;
  } else if (character === "|" || character === ">") {
    scan.blockIndent = scan.entryColumn;
    return false;
  } else if ("&!*".includes(character)) {
    while (scan.position < line.length && !/\s/.test(line[scan.position] ?? "")) scan.position += 1;
  } else if ("[{".includes(character) || isQuote(character)) {
    scan.openColumn = start;
    scan.atToken = true;
    if (isQuote(character)) scan.quote = character;
    else scan.closers.push(character);
  } else skipPlain(scan, start);
  return true;
}

/** Goes on to the `:` that makes a plain text a key, to its comment or to the end of the line. */
function skipPlain(scan: Scan, start: number): void {
  const { line } = scan;
  for (; scan.position < line.length; scan.position += 1) {
    const character = line[scan.position];
    if (character === "#" && /\s/.test(line[scan.position - 1] ?? "")) return;
    if (character === ":" && /^\s?$/.test(line[scan.position + 1] ?? "")) {
      scan.entryColumn = start;
      return;
    }
  }
}
