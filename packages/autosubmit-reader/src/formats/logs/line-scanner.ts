import { type LineIndex, markLine } from "./line-index.js";
import { decodeLogText, firstWholeCharacter, lastWholeCharacter, withoutCarriageReturn } from "./log-text.js";

const NEWLINE = 10;
/** What is shown of one line; the rest is skipped. */
export const LONGEST_LINE_BYTES = 64 * 1024;

/** A line that was read. */
export interface ScannedLine {
  /** 0-based. */
  number: number;
  text: string;
  /** Whether the line is longer than what is shown. */
  isCut: boolean;
}

/** Turns pieces of a log into lines, in constant memory. */
export interface LineScanner {
  /** Answers false once enough was seen. */
  push(piece: Buffer): boolean;
  /** The log ends here: what is left is its last line, though no newline ends it. */
  end(): void;
  /** The line that would be read next. */
  readonly nextLine: number;
}

export interface LineScannerOptions {
  /** Where the first piece starts. */
  start: { line: number; offset: number };
  /** Earlier lines are only counted. */
  from: number;
  /** Is given lines from `from` on; answers false when it has enough. */
  take: (line: ScannedLine) => boolean;
  index: LineIndex;
}

export function createLineScanner({ start, from, take, index }: LineScannerOptions): LineScanner {
  let line = start.line;
  let offset = start.offset;
  let parts: Buffer[] = [];
  let kept = 0;
  let isCut = false;
  let goesOn = true;
  let lineStart = start.offset;

  const keep = (part: Buffer) => {
    if (line < from) return;
    const room = LONGEST_LINE_BYTES - kept;
    if (part.length > room) isCut = true;
    const fitting = part.subarray(0, Math.max(0, room));
    // A copy: the piece is reused by whoever reads.
    if (fitting.length > 0) parts.push(Buffer.from(fitting));
    kept += fitting.length;
  };
  const finishLine = () => {
    if (line >= from) goesOn = take({ number: line, text: textOf(parts, isCut), isCut });
    line += 1;
    parts = [];
    kept = 0;
    isCut = false;
  };
  return {
    push(piece) {
      let position = 0;
      while (goesOn && position < piece.length) {
        const newline = piece.indexOf(NEWLINE, position);
        keep(piece.subarray(position, newline < 0 ? piece.length : newline));
        if (newline < 0) break;
        finishLine();
        position = newline + 1;
        lineStart = offset + position;
        markLine(index, line, lineStart);
      }
      offset += piece.length;
      return goesOn;
    },
    end() {
      if (lineStart < offset && goesOn) finishLine();
      if (goesOn) index.total = { lines: line, bytes: offset };
    },
    get nextLine() {
      return line;
    },
  };
}

function textOf(parts: readonly Buffer[], isCut: boolean): string {
  const bytes = withoutCarriageReturn(parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts));
  return decodeLogText(isCut ? bytes.subarray(0, lastWholeCharacter(bytes)) : bytes);
}

/** A stretch of a text as text: no part of a character at either end. */
export function textOfStretch(bytes: Buffer, isStart: boolean): string {
  const from = isStart ? 0 : firstWholeCharacter(bytes);
  const kept = bytes.subarray(from);
  return decodeLogText(kept.subarray(0, lastWholeCharacter(kept)));
}
